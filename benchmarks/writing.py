"""Fitted figures into the tables of the parser, in the place of those that stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PARSE = Path(__file__).parent.parent / "feedpub" / "parse"
_WIDTH = 106  # characters of a line in a table that is not formatted


def write(found: dict[str, Any]) -> None:
    """Replace the figures in weights.py, machine.py and judging.py; reasons and order stay."""
    line = [f"    {name!r}: ({why!r}, ({_row(row)})),\n" for name, (why, row) in found["line"].items()]
    _replace("weights.py", r"LINE: [^\n]*= \{\n", line)
    _replace("weights.py", r"STEP: [^\n]*= \{\n", _steps(found["step"]))
    arcs = [f"    {source!r}: {{{_pairs(ways)}}},\n" for source, ways in found["arcs"].items()]
    _replace("machine.py", r"ARCS: [^\n]*= \{\n", arcs)
    for name in ("start", "final"):
        told = {state: price for state, price in found[name].items() if price}
        _replace_flat("machine.py", name.upper(), _pairs(told))
    _write_whole(found["whole"])
    tables = [PARSE / name for name in ("weights.py", "machine.py", "judging.py")]
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", *tables], check=True)


def _replace(file: str, opening: str, body: Iterable[str]) -> None:
    path = PARSE / file
    text = path.read_text("utf-8")
    found = re.search(rf"(?<=\n)({opening}).*?(\n\}}\n)", text, re.DOTALL)
    assert found, f"{file} has no table {opening}"
    path.write_text(
        text[: found.start()] + found[1] + "".join(body).rstrip("\n") + found[2] + text[found.end() :],
        "utf-8",
    )


def _replace_flat(file: str, name: str, body: str) -> None:
    """Replace a table without tables in it, which may stand on one line."""
    path = PARSE / file
    text, count = re.subn(rf"(?<=\n{name} = \{{)[^{{}}]*(?=\}}\n)", f"{body},", path.read_text("utf-8"))
    assert count == 1, f"{file} has no table {name}"
    path.write_text(text, "utf-8")


def _steps(table: dict[str, tuple[str, dict[str, float]]]) -> list[str]:
    rows = []
    for name, (why, row) in table.items():
        told = _pairs({kind: value for kind, value in row.items() if value})
        line, lines = "        {", []
        for pair in told.split(", "):
            if len(line) + len(pair) > _WIDTH:
                lines.append(line.rstrip())
                line = "         "
            line += f"{pair}, "
        body = "\n".join([*lines, line.rstrip(", ")]) + "},\n"
        rows.append(f"    {_quoted(name)}: (\n        {_quoted(why)},\n{body}    ),\n")
    return rows


def _write_whole(whole: dict[str, float]) -> None:
    path = PARSE / "judging.py"
    text = re.sub(r"(?<=\nMACHINE = )[\d.]+", str(whole["machine"]), path.read_text("utf-8"))
    for name, value in whole.items():
        text = re.sub(rf'("{name}": \("[^"]*", )[-\d.]+', rf"\g<1>{value}", text)
    path.write_text(text, "utf-8")


def _row(values: Iterable[float]) -> str:
    return ", ".join(map(_figure, values))


def _pairs(values: dict[str, float]) -> str:
    return ", ".join(f"{_quoted(name)}: {_figure(value)}" for name, value in values.items())


def _quoted(text: str) -> str:
    return f'"{text}"'


def _figure(value: float) -> str:
    """Write a figure without a point where it needs none."""
    return f"{value + 0.0:.1f}".removesuffix(".0") if value else "0"
