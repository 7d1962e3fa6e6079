"""YAML as feedpub reads it: text stays text, places are known, and every failure is a YamlError."""

from __future__ import annotations

import contextlib
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedpub import plainyaml
from feedpub.plainyaml import YamlError

TRAPS = {
    "norwegian": "no",
    "sexagesimal": "12:30:45",
    "trailing zero": "1.10",
    "date": "2024-10-21",
    "impossible date": "2024-02-30",
    "octal": "0777",
    "exponent": "1e3",
    "very long number": "9" * 5000,
    "boolean": "true",
    "equals sign": "=",
    "version 1.1 boolean": "on",
    "not a number": ".nan",
    "capital null": "NULL",
}


@pytest.mark.parametrize("written", TRAPS.values(), ids=TRAPS)
def test_scalar_keeps_its_text(written):
    """What I write is what arrives, whatever YAML 1.1 would make of it."""
    document = plainyaml.load(f"key: {written}\n")

    assert document.value == {"key": written}


@pytest.mark.parametrize("key", ["on", "1.10", "2024-10-21", "null", "~"])
def test_key_keeps_its_text(key):
    """Keys are text too: `on:` does not become True."""
    assert plainyaml.load(f"{key}: x").value == {key: "x"}


@pytest.mark.parametrize("written", ["", "~", "null", " # a comment"])
def test_nothing_is_null(written):
    """A key with nothing behind it is empty, not the text 'null'."""
    assert plainyaml.load(f"key: {written}\n").value == {"key": None}


@pytest.mark.parametrize("written", ["''", '""', "'null'", '"~"'])
def test_quoted_scalar_is_text(written):
    """Quotes make text of anything."""
    assert plainyaml.load(f"key: {written}\n").value == {"key": written[1:-1]}


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n", "---\n", "\ufeff", "\ufeff# a comment"])
def test_text_without_content_is_null(text):
    """An empty file is nothing, not an error."""
    assert plainyaml.load(text).value is None


def test_document_of_every_shape():
    """Lists, mappings and the three ways to write long text come through."""
    text = "list: [a, {b: c}]\nblock:\n- x\n-\n  y: z\nfolded: >\n  one\n  two\nliteral: |\n  one\n  two\n"

    assert plainyaml.load(text).value == {
        "list": ["a", {"b": "c"}],
        "block": ["x", {"y": "z"}],
        "folded": "one two\n",
        "literal": "one\ntwo\n",
    }


@pytest.mark.parametrize(
    "source",
    ["a: é\r\nb: c\r\n", "\ufeffa: é\nb: c\n", "a: é\nb: c".encode(), "\ufeffa: é\nb: c".encode()],
    ids=["windows line ends", "byte order mark", "bytes", "bytes with a byte order mark"],
)
def test_source_as_editors_save_it(source):
    """Line ends, a byte order mark and bytes make no difference, not even to positions."""
    document = plainyaml.load(source)

    assert document.value == {"a": "é", "b": "c"}
    assert document.position(("a",)) == (1, 4)
    assert document.position(("b",)) == (2, 4)


PLACES = {
    "document": ((), (1, 1), (1, 1)),
    "mapping": (("site",), (2, 3), (1, 1)),
    "value": (("site", "title"), (2, 10), (2, 3)),
    "list": (("site", "formats"), (3, 12), (3, 3)),
    "list item": (("site", "formats", 1), (3, 18), (3, 3)),
    "missing key": (("site", "absent", "deeper"), (2, 3), (1, 1)),
    "missing item": (("site", "formats", 7), (3, 12), (3, 3)),
    "missing section": (("absent",), (1, 1), (1, 1)),
}


@pytest.mark.parametrize(("path", "value_place", "key_place"), PLACES.values(), ids=PLACES)
def test_place_of(path, value_place, key_place):
    """Messages can point at a value or its key; what is missing is sought in what should hold it."""
    document = plainyaml.load("site:\n  title: x\n  formats: [rss, atom]\n")

    assert document.position(path) == value_place
    assert document.key_position(path) == key_place


ANCHORS = "anchors (&) and aliases (*) are not allowed; write the value out, or quote the text"
TAGS = "tags (!) are not allowed; write the value alone, or quote the text"
INDENTATION = "this does not fit what is above; check indentation and quotation marks"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

REFUSED = {
    "duplicate key": ("a: 1\nb: 2\na: 3\n", 3, 1, "the key 'a' is given twice, on lines 1 and 3"),
    "duplicate key in flow": ("{a: 1, a: 2}", 1, 8, "the key 'a' is given twice, on lines 1 and 1"),
    "alias bomb": (BOMB, 1, 4, ANCHORS),
    "alias": ("a: *b", 1, 4, ANCHORS),
    "anchor on a key": ("&x a: 1", 1, 1, ANCHORS),
    "anchor on a mapping": ("a: &x\n  b: 1", 1, 4, ANCHORS),
    "merge key": ("a: 1\n<<: {b: 1}", 2, 1, "merge keys (<<) are not allowed; write the keys out"),
    "tag": ("a: !!python/object:os.system x", 1, 4, TAGS),
    "tag on a list": ("a: !x [b]", 1, 4, TAGS),
    "bare tag": ("a: ! b", 1, 4, TAGS),
    "key that is a list": ("? [a]\n: b", 1, 3, "a key must be text"),
    "second document": ("a: 1\n---\nb: 2", 2, 1, "a second document begins"),
    "tab": ("a:\n\tb: 1", 2, 1, "a tab stands here; indent with spaces"),
    "at sign": ("a: @b", 1, 4, "text cannot begin with '@'; put it in quotes"),
    "glob": ("a: [**/*.txt]", 1, 6, "text cannot begin with '*'; put it in quotes"),
    "ampersand": ("a: &", 1, 5, "text cannot begin with '&'; put it in quotes"),
    "colon in text": ("a: b: c", 1, 5, "':' is not expected here; check the indentation, or quote the text"),
    "no colon": ("a: 1\nb\nc: 2", 2, 1, "this line has no ':'; write 'key: value'"),
    "indentation": ("a:\n  b: 1\n c: 2", 3, 2, INDENTATION),
    "apostrophe": ("a: 'it's'", 1, 8, INDENTATION),
    "open quotation": ('a: "b\nc: d\n', 1, 4, "a quotation mark is opened here and never closed"),
    "brace in a list": ("a: [${B}]", 1, 6, "text with a '{', such as ${NAME}, needs quotes inside [] and {}"),
    "control character": ("a: 1\nb: \x07", 2, 4, "the character U+0007 is not allowed"),
    "escaped control character": ('a: "\\0"', 1, 4, "the character U+0000 is not allowed"),
    "lone surrogate": ("a: \ud800", 1, 4, "the character U+D800 is not allowed"),
    "escaped surrogate": ('"\\ud800": 1', 1, 1, "the character U+D800 is not allowed"),
    "escape beyond Unicode": ('a: "\\U00110000"', 1, 7, "this number is out of range"),
    "escape beyond integers": ('a: "\\UFFFFFFFF"', 1, 7, "this number is out of range"),
    "endless version": (f"%YAML {'1' * 5000}.1\n---\na", 1, 7, "this number is out of range"),
    "latin-1": ("a: 1\nb: é".encode("latin-1"), 2, 4, "the byte 0xE9 is not UTF-8; save the file as UTF-8"),
    "utf-16": ("a: 1".encode("utf-16"), 1, 1, "the byte 0xFF is not UTF-8; save the file as UTF-8"),
    "deep brackets": ("[" * 1000, 1, 33, "this is nested more than 32 levels deep"),
    "deep dashes": ("- " * 1000, 1, 65, "this is nested more than 32 levels deep"),
    "deep braces": ("{a: " * 1000, 1, 129, "this is nested more than 32 levels deep"),
    "two mebibytes": ("a" * 2 * 1024 * 1024, 1, 1, "the text is larger than 1,048,576 bytes"),
    "two mebibytes of bytes": (b"a" * 2 * 1024 * 1024, 1, 1, "the text is larger than 1,048,576 bytes"),
}


@pytest.mark.parametrize(("source", "line", "column", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(source, line, column, message):
    """Whatever is refused says where and why."""
    with pytest.raises(YamlError) as caught:
        plainyaml.load(source)

    assert (caught.value.line, caught.value.column, caught.value.message) == (line, column, message)


def test_error_reads_as_a_sentence():
    """The error's text alone is enough to find the place."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the whole text is compared below
        plainyaml.load("a: 1\na: 2")

    assert str(caught.value) == "line 2, column 1: the key 'a' is given twice, on lines 1 and 2"


def test_size_is_counted_in_bytes():
    """A limit of ten bytes is ten bytes, not ten letters."""
    assert plainyaml.load("a: ééé", max_bytes=9).value == {"a": "ééé"}
    with pytest.raises(YamlError, match="larger than 8 bytes"):
        plainyaml.load("a: ééé", max_bytes=8)


def test_duplicate_keys_can_be_gathered():
    """Whoever reports all mistakes at once hears of every duplicate; the last value counts."""
    duplicates: list[YamlError] = []

    document = plainyaml.load("a: 1\na: 2\nb: {c: 1, c: 2}\n", on_duplicate=duplicates.append)

    assert document.value == {"a": "2", "b": {"c": "2"}}
    assert [(error.line, error.column) for error in duplicates] == [(2, 1), (3, 11)]


def test_deepest_nesting_allowed():
    """Thirty-two levels are fine."""
    assert plainyaml.load("[" * 32 + "]" * 32).value is not None


YAML_LIKE = st.text(
    st.sampled_from("ab01 \t\n\r:-?[]{},#&*!|>'\"%@`\\.~<=\0\ufeff\x85\u2028é🙂xuU"), max_size=40
)


@settings(deadline=None)
@given(source=st.one_of(st.text(), st.binary(), YAML_LIKE))
@example(source="? ")
@example(source="%TAG ! !\n--- !x")
def test_no_source_raises_anything_else(source):
    """Any text and any bytes give a document or a YamlError."""
    with contextlib.suppress(YamlError):
        plainyaml.load(source)


def test_import_brings_no_pydantic():
    """Front matter is read without waiting for libraries that only the configuration needs."""
    program = "import sys, feedpub.plainyaml; sys.exit('pydantic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
