"""A newspaper in four languages, with corrections and withdrawals: every document of it is valid.

Four judges that know nothing of each other: the grammar of RFC 4287, a schema of JSON Feed 1.1, feedparser
and the rules of `feedpub check --output`. With the nightly profile it has 200 bulletins.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import feedparser
import jsonschema
import pytest
from conformance.newspaper import CONFIG, TONGUES, sheets
from lxml import etree
from PIL import Image

from feedpub import config
from feedpub.app.building import build
from feedpub.app.inspecting import inspect
from feedpub.render import FORMATS

HERE = Path(__file__).parent
NIGHTLY = os.environ.get("FEEDPUB_TEST_PROFILE") == "nightly"
COUNT = 200 if NIGHTLY else 36
SETTINGS = CONFIG if NIGHTLY else CONFIG.replace("    formats:", "    limit: {entries: 20}\n    formats:", 2)


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> config.Config:
    """Give the configuration of a newspaper that has been printed, corrected and cut."""
    root = tmp_path_factory.mktemp("newspaper")
    (root / "config.yaml").write_text(SETTINGS)
    (root / "input").mkdir()
    written = list(sheets(COUNT))
    for sheet in written:
        (root / "input" / sheet.name).write_text(sheet.text)
    for number, sheet in enumerate(written[::6]):
        picture = (root / "input" / sheet.name).with_suffix(".png")
        Image.new("RGB", (600, 400), (number, 9 * number % 256, 99)).save(picture)
    chosen = config.load(root / "config.yaml", {})
    build(chosen)
    corrected, withdrawn = written[-3], written[-5]
    (root / "input" / corrected.name).write_text(corrected.correction)
    (root / "input" / withdrawn.name).unlink()
    build(chosen)
    return chosen


def feeds(printed, suffix):
    """List the feed and archive documents of a format; there must be archives among them."""
    found = sorted((printed.output.folder / "feeds").rglob(f"*.{suffix}"))
    assert any(path.parent.name != "feeds" for path in found)
    return found


def test_newspaper_has_everything_in_it(printed):
    """The judges below have something to judge: every language, a tombstone, media, a correction."""
    everything = "".join(path.read_text() for path in feeds(printed, "atom"))

    languages = [f'xml:lang="{tongue.tag}"' for tongue in TONGUES if tongue.tag != "en"]
    wanted = [*languages, "deleted-entry", 'rel="enclosure"', 'class="correction"', "<media:thumbnail"]
    assert [] == [text for text in wanted if text not in everything]


def test_rules_find_nothing(printed):
    """No error and no warning in any feed, archive, page, list or sitemap."""
    inspection = inspect(printed)

    assert [] == [str(finding) for finding in (*inspection.errors, *inspection.warnings)]
    assert inspection.documents > 100


def test_grammar_of_atom_holds(printed):
    """C55, C65: every Atom document matches the grammar of RFC 4287."""
    grammar = etree.RelaxNG(etree.parse(HERE / "atom.rng"))

    for path in feeds(printed, "atom"):
        grammar.assertValid(etree.parse(path))


@pytest.mark.parametrize("damage", ["<id>", "<title>", "<updated>"])
def test_grammar_of_atom_refuses_what_lacks_a_part(printed, damage):
    """The grammar is one that can say no."""
    grammar = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    text = feeds(printed, "atom")[0].read_text()
    name = damage[1:-1]
    broken = text.replace(damage, f"<x:{name} xmlns:x='urn:x'>", 1).replace(f"</{name}>", f"</x:{name}>", 1)

    assert not grammar.validate(etree.fromstring(broken.encode()))


def test_schema_of_json_feed_holds(printed):
    """C85 to C93: every JSON document matches the schema of JSON Feed 1.1."""
    schema = json.loads((HERE / "jsonfeed.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    for path in feeds(printed, "json"):
        assert [] == [error.message for error in validator.iter_errors(json.loads(path.read_text()))], path


@pytest.mark.parametrize("name", ["id", "content_html", "url"])
def test_schema_of_json_feed_refuses_what_is_wrong(printed, name):
    """The schema is one that can say no: an item with a number where a text must be."""
    schema = json.loads((HERE / "jsonfeed.schema.json").read_text())
    document = json.loads(feeds(printed, "json")[-1].read_text())
    document["items"][0][name] = 5

    assert not jsonschema.Draft202012Validator(schema).is_valid(document)


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_feedparser_has_no_complaint(printed, suffix):
    """C140: read with the type that the server gives, no document is bozo."""
    headers = {"content-type": FORMATS[suffix].media_type}

    for path in feeds(printed, suffix):
        assert not feedparser.parse(path.read_bytes(), response_headers=headers).bozo, path
