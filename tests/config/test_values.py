"""What a right config.yaml means: defaults, values as read, references to the environment."""

from __future__ import annotations

import datetime as dt
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feedpub.config import as_feeds, as_patterns, as_site, load
from feedpub.exceptions import ConfigError
from feedpub.model import Edits, Feed, Person, Role, Site

SITE = "site: {title: Example News, url: https://news.example.org/}\n"
FEEDS = "feeds: {news: {}}\n"
ANYTHING = {
    "role": (),
    "categories": (),
    "keywords": {"any": (), "all": (), "none": ()},
    "authors": (),
    "languages": (),
    "sources": (),
    "newer_than": None,
    "older_than": None,
}


def test_defaults(read, tmp_path):
    """A title, an address and the name of one feed are enough."""
    config = read()

    assert config.model_dump() == {
        "site": {
            "title": "Example News",
            "url": "https://news.example.org/",
            "language": "en",
            "timezone": ZoneInfo("UTC"),
            "publish_time": dt.time(6),
            "author": None,
        },
        "input": {
            "folder": tmp_path / "input",
            "include": ("**/*.txt", "**/*.md", "**/*.html", "**/*.eml"),
            "removed": "withdraw",
            "max_size": 5 * 1024 * 1024,
            "max_media_size": 50 * 1024 * 1024,
            "hold_below": 0,
            "encoding": ("windows-1252",),
            "settle": dt.timedelta(seconds=0.5),
        },
        "output": {
            "folder": tmp_path / "output",
            "pages": True,
            "templates": None,
            "feed_style": False,
            "ascii": False,
            "compress": True,
        },
        "store": {
            "url": f"sqlite:///{tmp_path}/state/feedpub.db",
            "media": tmp_path / "state" / "media",
        },
        "schedule": {"rescan": dt.timedelta(seconds=60), "probe": None},
        "server": {
            "host": "127.0.0.1",
            "port": 8080,
            "browser_view": True,
            "trusted_proxies": (ip_network("127.0.0.1"), ip_network("::1")),
            "access_log": None,
            "clients": {
                "connections": 1000,
                "requests_per_second": 20,
                "request_time": dt.timedelta(seconds=10),
                "send_time": dt.timedelta(seconds=30),
                "idle_time": dt.timedelta(seconds=15),
            },
        },
        "admin": {"host": "127.0.0.1", "port": None},
        "stats": {"folder": tmp_path / "state" / "stats"},
        "websub": {
            "hubs": (),
            "hub": False,
            "allow_private": (),
            "lease": {
                "default": dt.timedelta(days=10),
                "min": dt.timedelta(minutes=5),
                "max": dt.timedelta(days=30),
            },
            "subscriptions": {"total": 10_000, "per_host": 1_000},
        },
        "feeds": {
            "news": {
                "title": None,
                "description": None,
                "language": None,
                "author": None,
                "formats": ("rss", "atom", "json"),
                "moved_from": (),
                "shape": "stories",
                "limit": {"entries": 50, "bytes": 512 * 1024, "keep_at_least": None},
                "content": "full",
                "edits": "update",
                "at_most": 200,
                "categories": (),
                "rights": None,
                "icon": None,
                "image": None,
                "ttl": None,
                "link_parameters": {},
                "select": ANYTHING,
                "exclude": ANYTHING,
            }
        },
    }


@pytest.mark.parametrize("section", ["input", "output", "store", "schedule", "server", "websub"])
def test_section_with_everything_commented_out(setting, read, section):
    """A section with nothing left in it has its defaults."""
    assert setting(f"{section}:\n  # nothing\n") == read()


def test_feed_with_everything_commented_out(read):
    """A feed needs no more than its name."""
    assert read(SITE + "feeds:\n  news:\n") == read()


def test_feeds_beside_a_template_by_language(read):
    """What is no language cannot be the name of a feed by language."""
    config = read(
        SITE + 'feeds: {news: {}, news-leaders: {}, "news-{language}": {}, "topic-{category}": {}}\n'
    )

    assert [feed.name for feed in as_feeds(config)] == ["news", "news-leaders"]
    assert [feed.title for feed in as_patterns(config)] == [
        "Example News – {language}",
        "Example News – {category}",
    ]


READ = {
    "size in bytes": ("input: {max_size: 1000}", "input.max_size", 1000),
    "size in kibibytes": ("input: {max_size: 512KiB}", "input.max_size", 524_288),
    "size in gibibytes": ("input: {max_size: 1GiB}", "input.max_size", 1_073_741_824),
    "quoted number": ('server: {port: "80"}', "server.port", 80),
    "milliseconds": ("input: {settle: 500ms}", "input.settle", dt.timedelta(milliseconds=500)),
    "a probe": ("schedule: {probe: 5m}", "schedule.probe", dt.timedelta(minutes=5)),
    "no probe": ("schedule: {probe: off}", "schedule.probe", dt.timedelta()),
    "no time at all": ("input: {settle: 0s}", "input.settle", dt.timedelta()),
    "minutes": ("schedule: {rescan: 5m}", "schedule.rescan", dt.timedelta(minutes=5)),
    "hours": ("schedule: {rescan: 24h}", "schedule.rescan", dt.timedelta(hours=24)),
    "fraction of a minute": ("schedule: {rescan: 1.5m}", "schedule.rescan", dt.timedelta(seconds=90)),
    "share": ("input: {hold_below: 0.75}", "input.hold_below", 0.75),
    "false": ("output: {pages: false}", "output.pages", False),
    "keep": ("input: {removed: keep}", "input.removed", "keep"),
    "IPv6 host": ("server: {host: '::1'}", "server.host", "::1"),
    "no fallback encoding": ("input: {encoding: []}", "input.encoding", ()),
    "two fallback encodings": ("input: {encoding: [koi8-r, cp1251]}", "input.encoding", ("koi8-r", "cp1251")),
}


@pytest.mark.parametrize(("section", "key", "value"), READ.values(), ids=READ)
def test_value(setting, section, key, value):
    """Sizes, durations, numbers and words are read as they are meant."""
    name, field = key.split(".")

    assert getattr(getattr(setting(section), name), field) == value


SITE_VALUES = {
    "Norwegian": ("language: no", "language", "no"),
    "letter case of a language": ("language: ZH-hant-tw", "language", "zh-Hant-TW"),
    "language with a variant": ("language: sl-ROZAJ-biske-1994", "language", "sl-rozaj-biske-1994"),
    "language with a private part": ("language: de-at-X-Wien", "language", "de-AT-x-wien"),
    "language with a numeric region": ("language: es-419", "language", "es-419"),
    "number as a title": ("title: 1.10", "title", "1.10"),
    "date as a title": ("title: 2024-10-21", "title", "2024-10-21"),
    "impossible date as a title": ("title: 2024-02-30", "title", "2024-02-30"),
    "YAML 1.1 boolean as a title": ("title: off", "title", "off"),
    "octal number as a title": ("title: 0777", "title", "0777"),
    "folded title": ("title: >\n    Example\n    News\n", "title", "Example News"),
    "time with seconds, not sexagesimal": ("publish_time: 12:30:45", "publish_time", dt.time(12, 30, 45)),
    "time without quotes": ("publish_time: 07:05", "publish_time", dt.time(7, 5)),
    "time zone": ("timezone: Europe/Sofia", "timezone", ZoneInfo("Europe/Sofia")),
    "address without a slash": ("url: https://example.org", "url", "https://example.org/"),
    "address with a path": ("url: https://example.org/news", "url", "https://example.org/news/"),
    "address in capitals": ("url: HTTPS://Example.ORG/News/", "url", "https://example.org/News/"),
    "address with a port": ("url: http://127.0.0.1:8080", "url", "http://127.0.0.1:8080/"),
    "address with the default port": ("url: https://example.org:443/", "url", "https://example.org/"),
    "address of an IPv6 host": ('url: "http://[::1]:8080/"', "url", "http://[::1]:8080/"),
    "international host": ("url: https://Новини.example.org/", "url", "https://xn--b1amarcd.example.org/"),
    "encoded path": ("url: https://example.org/caf%C3%A9/", "url", "https://example.org/caf%C3%A9/"),
}


@pytest.mark.parametrize(("line", "field", "value"), SITE_VALUES.values(), ids=SITE_VALUES)
def test_site_value(read, line, field, value):
    """Nothing I write about the site is turned into something else by YAML."""
    right = {"title": "Example News", "url": "https://news.example.org/"}
    text = "".join(f"  {key}: {right[key]}\n" for key in right.keys() - {field})

    assert getattr(read(f"{FEEDS}site:\n{text}  {line}\n").site, field) == value


def test_paths_start_at_the_config_file(tmp_path, monkeypatch):
    """It does not matter in which folder feedpub is started."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "config.yaml").write_text(
        f"{SITE}{FEEDS}input: {{folder: ../drop}}\noutput: {{folder: /srv/out}}\nstore: {{url: 'sqlite:///a.db'}}"
    )
    monkeypatch.chdir(tmp_path)

    config = load(Path("etc/config.yaml"), {})

    assert config.input.folder == tmp_path / "etc/../drop"
    assert str(config.output.folder) == "/srv/out"
    assert config.store.url == f"sqlite:///{tmp_path}/etc/a.db"
    assert config.store.path == tmp_path / "etc/a.db"


def test_folders_side_by_side(setting):
    """Folders whose names begin alike do not contain one another."""
    config = setting(
        "input: {folder: news}\noutput: {folder: news-out}\nstore: {url: 'sqlite:///feedpub.db'}"
    )

    assert config.output.folder.name == "news-out"


ENVIRONMENT = {
    "set": ("${HOST}", {"HOST": "::1"}, "::1"),
    "inside text": ("${A}.${B}", {"A": "news", "B": "example"}, "news.example"),
    "default for unset": ("${HOST:-::1}", {}, "::1"),
    "default for empty": ("${HOST:-::1}", {"HOST": ""}, "::1"),
    "set beside a default": ("${HOST:-::1}", {"HOST": "localhost"}, "localhost"),
}


@pytest.mark.parametrize(("host", "environ", "value"), ENVIRONMENT.values(), ids=ENVIRONMENT)
def test_reference_to_the_environment(setting, host, environ, value):
    """Any string can take its value, or a part of it, from the environment."""
    assert setting(f"server: {{host: '{host}'}}", **environ).server.host == value


def test_reference_where_a_number_stands(setting):
    """A port, a size or a switch can come from the environment like anything else."""
    config = setting(
        "server:\n  port: ${PORT}\noutput:\n  pages: ${PAGES:-false}\ninput:\n  include: ['${GLOB}']\n",
        PORT="80",
        GLOB="*.txt",
    )

    assert (config.server.port, config.output.pages, config.input.include) == (80, False, ("*.txt",))


def test_value_of_a_variable_is_not_expanded(read):
    """What a variable holds is taken as it is, even when it looks like a reference."""
    assert read(f"{FEEDS}site: {{url: 'http://h/', title: '${{A}}'}}", A="${B}").site.title == "${B}"


def test_variable_that_is_no_text(read):
    """A variable with undecodable bytes is refused by name."""
    with pytest.raises(ConfigError, match="the environment variable A holds bytes that are no text"):
        read(f"{FEEDS}site: {{url: 'http://h/', title: '${{A}}'}}", A="\udcff")


def test_feed_takes_from_its_site(read):
    """What a feed leaves out it has from its site."""
    config = read(
        "site: {title: Example News, url: https://news.example.org, language: bg, timezone: Europe/Sofia,\n"
        "  author: {name: Desk, email: desk@example.org}}\n"
        "feeds: {news: }\n"
    )
    desk = Person(name="Desk", email="desk@example.org")

    assert as_site(config) == Site(
        title="Example News",
        url="https://news.example.org/",
        language="bg",
        author=desk,
        timezone="Europe/Sofia",
    )
    assert as_feeds(config) == (
        Feed(
            name="news",
            title="Example News",
            description="Example News",
            language="bg",
            author=desk,
            formats=("rss", "atom", "json"),
            roles=frozenset(Role),
        ),
    )


def test_feed_with_everything_of_its_own(read):
    """What a feed says itself wins, and feeds keep the order of the file."""
    config = read(
        SITE + "feeds:\n"
        "  short: {title: Short, description: In short, language: de, author: {name: Ada}, formats: [atom],\n"
        "    shape: leads, content: summary, limit: {entries: 5, bytes: 64KiB}, edits: reissue}\n"
        "  also: {shape: teasers, title: Also}\n"
    )

    short, also = as_feeds(config)

    assert short == Feed(
        name="short",
        title="Short",
        description="In short",
        language="de",
        author=Person(name="Ada"),
        formats=("atom",),
        roles=frozenset({Role.LEAD}),
        full_content=False,
        max_entries=5,
        max_bytes=64 * 1024,
        edits=Edits.REISSUE,
    )
    assert (also.name, also.description, also.roles) == ("also", "Also", frozenset({Role.TEASER}))


def test_site_is_its_own_author(read):
    """Without an author the site's title stands where a feed needs a name."""
    assert as_site(read()).author == Person(name="Example News")
