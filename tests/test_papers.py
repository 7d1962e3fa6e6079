"""What the papers say is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feedpub import config
from feedpub.cli import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
PAPERS = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_config_of_the_readme_is_valid(tmp_path):
    """Whoever copies the example has a configuration that works."""
    [example] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "config.yaml"
    path.write_text(example)

    assert set(config.load(path, {}).feeds) == {"news", "leads"}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_commands_in_the_papers_exist(paper):
    """Every `feedpub COMMAND` that is written somewhere can be typed."""
    text = paper.read_text()
    typed = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    written = set(re.findall(r"`feedpub ([a-z]+)", text)) | set(
        re.findall(r"^feedpub ([a-z]+)", typed, re.MULTILINE)
    )

    assert written <= set(COMMANDS)


def test_every_command_is_in_the_readme():
    """No command has to be guessed."""
    assert {name for name in COMMANDS if f"feedpub {name}" not in README} == set()


def test_links_between_the_papers_lead_somewhere():
    """A reader who follows a link finds a file."""
    for paper in PAPERS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", paper.read_text()):
            assert (paper.parent / target).exists(), f"{paper.name}: {target}"


def test_sample_of_the_repository_is_the_one_that_init_writes():
    """`make run` and `feedpub init` show the same bulletin."""
    assert (ROOT / "input" / "welcome.txt").read_bytes() == (
        ROOT / "feedpub" / "cli" / "sample.txt"
    ).read_bytes()
