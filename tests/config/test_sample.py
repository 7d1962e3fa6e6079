"""The config.yaml that init writes, and the JSON Schema: both say what load accepts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from feedpub.config import sample, schema

ROOT = Path(__file__).parents[2]


def members(node: dict, path: tuple[str, ...] = ()) -> Iterator[tuple[str, dict]]:
    """Yield the dotted path and the schema of every key."""
    definitions = schema()["$defs"]
    for name, member in node.get("properties", {}).items():
        yield ".".join((*path, name)), member
        for choice in (member, *member.get("anyOf", ()), *member.get("patternProperties", {}).values()):
            if "$ref" in choice:
                yield from members(definitions[choice["$ref"].rpartition("/")[2]], (*path, name))


def test_config_of_the_repository():
    """The config.yaml at the root is the sample as it stands."""
    assert (ROOT / "config.yaml").read_text(encoding="utf-8") == sample()


def test_sample_has_the_defaults(read):
    """Every line of the sample could be left out, but for title, address and feed."""
    assert read(sample()) == read(
        "site: {title: Example News, url: 'http://127.0.0.1:8080/'}\nfeeds: {news: {title: Example News}}\n"
    )


def test_sample_mentions_every_key():
    """Every key that does something in this version can be found in the sample."""
    keys = {path.rpartition(".")[2] for path, _ in members(schema())}

    assert [key for key in sorted(keys) if f"{key}:" not in sample()] == []


TITLES = ['It\'s "news"', "a: b", "#1", "x # y", "no", "~", "*stars*", "{a}", "- a", "Новини", "1.10", "'"]


@pytest.mark.parametrize("title", TITLES)
def test_sample_with_any_title(read, title):
    """A title with quotation marks, colons or number signs is written so that it is read back."""
    config = read(sample(title=title, url="https://example.org/", language="bg", timezone="Europe/Sofia"))

    assert (config.site.title, config.feeds["news"].title) == (title, title)
    assert (config.site.url, config.site.language) == ("https://example.org/", "bg")
    assert config.site.timezone.key == "Europe/Sofia"


def test_schema_is_a_schema():
    """Editors can use it."""
    jsonschema.Draft202012Validator.check_schema(schema())


def test_schema_describes_every_key():
    """Documentation is made from it, so no key goes without a description."""
    assert [path for path, member in members(schema()) if not member.get("description")] == []


def test_schema_accepts_the_sample():
    """An editor shows no error in a fresh config.yaml."""
    jsonschema.validate(yaml.safe_load(sample()), schema())


ACCEPTED = {
    "reference for a number": "server: {port: '${PORT}'}",
    "size as a number": "input: {max_size: 1000}",
    "nothing optional": "{}",
}
REFUSED = {
    "unknown key": "server: {prt: 80}",
    "port out of range": "server: {port: 70000}",
    "word that is none of two": "input: {removed: delete}",
    "name of a feed": "feeds: {News: {}}",
    "format": "feeds: {news: {formats: [rss2]}}",
    "no feed": "feeds: {}",
}
PLAINEST = {"site": {"title": "x", "url": "http://h/"}, "feeds": {"news": {}}}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_schema_accepts(text):
    """The schema lets through what load lets through."""
    jsonschema.validate(PLAINEST | yaml.safe_load(text), schema())


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_schema_refuses(text):
    """The schema catches mistakes while they are typed."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(PLAINEST | yaml.safe_load(text), schema())


def test_schema_shows_defaults_as_written():
    """A default in the schema is what I would write into the file."""
    defaults = {path: member.get("default") for path, member in members(schema())}

    assert defaults["input.max_size"] == "5MiB"
    assert defaults["server.port"] == 8080
    assert defaults["output.pages"] is True
    assert defaults["schedule.rescan"] == "60s"
