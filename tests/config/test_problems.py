"""What a broken config.yaml is told: file, line, column, key, what is wrong, what would be right."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedpub.config import sample
from feedpub.config.loading import parse
from feedpub.exceptions import ConfigError

# Each stands in a file whose first two lines are right; the message is what follows "config.yaml:3:".
SITE = "site: {title: Example News, url: https://news.example.org/}\n"
FEEDS = "feeds: {news: {}}\n"

KNOWN = "known here are host, port, browser_view, trusted_proxies, access_log, clients"

SECTIONS = {
    "unknown section": ("servr: {}", "1: servr: is not a known key; did you mean 'server'?"),
    "unknown key": ("server: {prt: 1}", "10: server.prt: is not a known key; did you mean 'port'?"),
    "key of another section": ("port: 80", "1: port: is not a known key; did you mean 'server.port'?"),
    "key like no other": (
        "server: {xyzzy: 1}",
        f"10: server.xyzzy: is not a known key; {KNOWN}",
    ),
    "key with a line end": (
        'server: {"a\\nb": 1}',
        f"10: server.'a\\nb': is not a known key; {KNOWN}",
    ),
    "list for a section": (
        "server: [8080]",
        "9: server: is not a mapping; write its keys below it, indented",
    ),
    "text for a section": ("output: out", "9: output: is not a mapping; write its keys below it, indented"),
    "text for a list": ("input: {include: x}", "18: input.include: is not a list; write [first, second]"),
    "nothing for a list": ("input: {include: }", "17: input.include: is empty; write [first, second]"),
    "empty list": ("input: {include: []}", "18: input.include: is empty; at least one is needed"),
    "list for a number": ("server: {port: [1]}", "16: server.port: is a list, not a port; 1 to 65535 are"),
    "mapping for a host": (
        "server: {host: {a: b}}",
        "16: server.host: is a mapping, not a host; write a name or an IP address, as 127.0.0.1 or ::1",
    ),
    "nothing for a number": ("server: {port: }", "15: server.port: is empty; 1 to 65535 are"),
    "port too large": ("server: {port: 65536}", "16: server.port: '65536' is not a port; 1 to 65535 are"),
    "port zero": ("server: {port: 0}", "16: server.port: '0' is not a port; 1 to 65535 are"),
    "port of letters": ("server: {port: http}", "16: server.port: 'http' is not a port; 1 to 65535 are"),
    "host with a space": (
        "server: {host: a b}",
        "16: server.host: 'a b' is not a host; write a name or an IP address, as 127.0.0.1 or ::1",
    ),
    "size in megabytes": (
        "input: {max_size: 5MB}",
        "19: input.max_size: '5MB' is not a size; write bytes, or 512KiB, 5MiB, up to 1GiB",
    ),
    "size of nothing": (
        "input: {max_size: 0}",
        "19: input.max_size: '0' is not a size; write bytes, or 512KiB, 5MiB, up to 1GiB",
    ),
    "duration without unit": (
        "schedule: {rescan: 60}",
        "20: schedule.rescan: '60' is not a duration from 1s to 24h; write it as 500ms, 60s, 5m or 24h",
    ),
    "duration too short": (
        "schedule: {rescan: 10ms}",
        "20: schedule.rescan: '10ms' is not a duration from 1s to 24h; write it as 500ms, 60s, 5m or 24h",
    ),
    "share above one": (
        "input: {hold_below: 1.5}",
        "21: input.hold_below: '1.5' is not a number from 0 to 1; write one such as 0.75",
    ),
    "boolean of YAML 1.1": (
        "output: {pages: yes}",
        "17: output.pages: 'yes' is not true or false; write true or false",
    ),
    "word that is none of two": (
        "input: {removed: delete}",
        "18: input.removed: 'delete' is not a way to treat removed bulletins; withdraw, keep are",
    ),
    "encoding nobody knows": (
        "input: {encoding: [windows-1252, utf-9]}",
        (
            "34: input.encoding[1]: 'utf-9' is not a text encoding; "
            "write a name such as windows-1252, iso-8859-2, koi8-r"
        ),
    ),
    "codec that is no text encoding": (
        "input: {encoding: [zlib]}",
        (
            "20: input.encoding[0]: 'zlib' is not a text encoding; "
            "write a name such as windows-1252, iso-8859-2, koi8-r"
        ),
    ),
    "pattern outside the folder": (
        "input: {include: ['../*.txt']}",
        (
            "19: input.include[0]: '../*.txt' is not a file pattern; "
            'write it as "**/*.txt", relative to the folder'
        ),
    ),
    "pattern without quotes": (
        "input: {include: [**/*.txt]}",
        "20: text cannot begin with '*'; put it in quotes",
    ),
    "folder with a tilde": (
        "input: {folder: ~/news}",
        "17: input.folder: starts with '~', which only shells expand; write ${HOME} in its place",
    ),
    "folder that is an address": (
        "output: {folder: 'ftp://example.org/'}",
        (
            "18: output.folder: is not a folder of this machine; "
            "write its path, relative to this file or absolute"
        ),
    ),
    "store without a file": (
        "store: {url: 'sqlite://'}",
        "14: store.url: is not the address of an SQLite file; write it as sqlite:///state/feedpub.db",
    ),
    "store in memory": (
        "store: {url: 'sqlite:///:memory:'}",
        "14: store.url: is not the address of an SQLite file; write it as sqlite:///state/feedpub.db",
    ),
    "output in input": (
        "output: {folder: input/feeds}",
        (
            "18: output.folder: lies in input.folder; "
            "feedpub would take in what it publishes, so keep them apart"
        ),
    ),
    "output is input": (
        "output: {folder: ./input}",
        (
            "18: output.folder: lies in input.folder; "
            "feedpub would take in what it publishes, so keep them apart"
        ),
    ),
    "input in output": (
        "input: {folder: output/drop}",
        (
            "17: input.folder: lies in output.folder; "
            "bulletins would be published as they are, so keep them apart"
        ),
    ),
    "store in output": (
        "store: {url: 'sqlite:///output/feedpub.db'}",
        "14: store.url: lies in output.folder; anybody could download it, so keep them apart",
    ),
    "store in input": (
        "store: {url: 'sqlite:///input/feedpub.db'}",
        "14: store.url: lies in input.folder; feedpub would watch its own changes, so keep them apart",
    ),
    "variable that is not set": (
        "server: {host: '${HOST}'}",
        (
            "16: server.host: the environment variable HOST is not set; "
            "set it or give a default, as ${HOST:-default}"
        ),
    ),
    "reference that is none": (
        "server: {host: '${HOST'}",
        "16: server.host: '${' begins no reference; write ${NAME} or ${NAME:-default}",
    ),
    "reference without quotes in braces": (
        "server: {host: ${HOST}}",
        "17: text with a '{', such as ${NAME}, needs quotes inside [] and {}",
    ),
}


@pytest.mark.parametrize(("section", "problem"), SECTIONS.values(), ids=SECTIONS)
def test_wrong_section(problems_of, section, problem):
    """One mistake gives one message, at the place of the mistake."""
    assert problems_of(SITE + FEEDS + section) == [f"config.yaml:3:{problem}"]


ADDRESS = "write it as https://news.example.org/"
HOST = "has a host that cannot be; write an international name in its ASCII form, as xn--…"
TAG = "write a BCP 47 tag such as en, de-AT, zh-Hant"

SITES = {
    "no address": ("url", "news", f"is not an absolute web address; {ADDRESS}"),
    "address of a file": ("url", "file:///news/", f"is not an absolute web address; {ADDRESS}"),
    "address without host": ("url", "https:///news/", f"is not an absolute web address; {ADDRESS}"),
    "address with query": (
        "url",
        "https://example.org/?a",
        f"has a '?' or '#' part; every link starts with it; {ADDRESS}",
    ),
    "address with password": (
        "url",
        "https://desk:secret@example.org/",
        "holds a user name or password; every reader of every feed would see it; leave it out",
    ),
    "address with a space": (
        "url",
        "https://example.org/a b/",
        "holds a space or another character that addresses cannot; write it percent-encoded, as %20",
    ),
    "address with accents in its path": (
        "url",
        "https://example.org/café/",
        "holds a character that addresses cannot; write it percent-encoded, as %C3%A9 for é",
    ),
    "address with an impossible port": (
        "url",
        "https://example.org:99999/",
        f"is not a web address; {ADDRESS}",
    ),
    "address with broken brackets": ("url", '"https://[::1/"', f"is not a web address; {ADDRESS}"),
    "host with an empty label": ("url", "https://news..example.org/", HOST),
    "host that IDNA 2003 maps away": ("url", "https://straße.example.org/", HOST),
    "language with underscore": ("language", "en_GB", "'en_GB' is not a language tag; write 'en-GB'"),
    "language by name": ("language", "english", f"'english' is not a language tag; {TAG}"),
    "time zone in the wrong case": (
        "timezone",
        "europe/sofia",
        "'europe/sofia' is not a time zone; did you mean 'Europe/Sofia'?",
    ),
    "time zone that is a continent": (
        "timezone",
        "Arctic",
        "'Arctic' is not a time zone; write its IANA name, such as Europe/Sofia",
    ),
    "time zone outside the database": (
        "timezone",
        "../passwd",
        "'../passwd' is not a time zone; write its IANA name, such as Europe/Sofia",
    ),
    "hour that is none": (
        "publish_time",
        '"24:00"',
        "'24:00' is not a time of day; write hours and minutes, as \"06:00\"",
    ),
    "time in words": (
        "publish_time",
        "noon",
        "'noon' is not a time of day; write hours and minutes, as \"06:00\"",
    ),
    "blank title": ("title", '" "', "is blank; write one line of text"),
    "title of two lines": ("title", '"a\\nb"', "has several lines; write one line of text"),
    "no title": ("title", "~", "is empty; write one line of text"),
}


@pytest.mark.parametrize(("key", "value", "problem"), SITES.values(), ids=SITES)
def test_wrong_site(problems_of, key, value, problem):
    """Each key of the site says what is wrong with its value."""
    right = {"title": "Example News", "url": "https://news.example.org/"} | {key: value}
    text = "".join(f"  {name}: {right[name]}\n" for name in (*(right.keys() - {key}), key))

    problems = problems_of(f"{FEEDS}site:\n{text}")

    assert problems == [f"config.yaml:{2 + len(right)}:{len(key) + 5}: site.{key}: {problem}"]


FORMAT = "rss, atom, json are"
NAME = "write up to 64 letters a to z, digits and hyphens, no hyphen first"

FEED = {
    "unknown format": (
        "{news: {formats: [rss, rss2]}}",
        f"31: feeds.news.formats[1]: 'rss2' is not a format; {FORMAT} (did you mean 'rss'?)",
    ),
    "format in capitals": (
        "{news: {formats: [RSS]}}",
        f"26: feeds.news.formats[0]: 'RSS' is not a format; {FORMAT} (did you mean 'rss'?)",
    ),
    "unheard-of format": (
        "{news: {formats: [gopher]}}",
        f"26: feeds.news.formats[0]: 'gopher' is not a format; {FORMAT}",
    ),
    "format named twice": (
        "{news: {formats: [rss, atom, rss]}}",
        "37: feeds.news.formats[2]: 'rss' is listed twice; name each once",
    ),
    "no format": ("{news: {formats: []}}", "25: feeds.news.formats: is empty; at least one is needed"),
    "name in capitals": ("{News: {}}", f"9: feeds.News: 'News' is not the name of a feed; {NAME}"),
    "name with a leading hyphen": ("{-a: {}}", f"9: feeds.-a: '-a' is not the name of a feed; {NAME}"),
    "name with a slash": ("{a/b: {}}", f"9: feeds.'a/b': 'a/b' is not the name of a feed; {NAME}"),
    "template with two placeholders": (
        "{'{category}-{language}': {}}",
        (
            "9: feeds.'{category}-{language}': '{category}-{language}' is not the name of a template; "
            "write letters a to z, digits, hyphens, and {category} or {language} once, as topic-{category}"
        ),
    ),
    "template with an unknown placeholder": (
        "{'by-{author}': {}}",
        (
            "9: feeds.'by-{author}': 'by-{author}' is not the name of a template; "
            "write letters a to z, digits, hyphens, and {category} or {language} once, as topic-{category}"
        ),
    ),
    "template with another placeholder in its title": (
        "{'topic-{category}': {title: 'In {language}'}}",
        (
            "37: feeds.'topic-{category}'.title: holds {language}, which 'topic-{category}' does not; "
            "{category} is replaced here"
        ),
    ),
    "template that has moved": (
        "{'topic-{category}': {moved_from: [old]}}",
        (
            "42: feeds.'topic-{category}'.moved_from: cannot be said of many feeds at once; "
            "name the one that moved as a feed of its own"
        ),
    ),
    "feed with a name that a template may need": (
        "{'topic-{category}': {}, topic-all: {}}",
        (
            "33: feeds.topic-all: can have the name of a feed of 'topic-{category}'; "
            "choose names that begin or end otherwise"
        ),
    ),
    "templates that may need the same name": (
        "{'{category}': {}, '{language}-news': {}}",
        (
            "27: feeds.'{language}-news': can have the name of a feed of '{category}'; "
            "choose names that begin or end otherwise"
        ),
    ),
    "no feed": ("{}", "8: feeds: is empty; at least one is needed"),
    "nothing": ("", "7: feeds: is empty; write its keys below it, indented"),
    "list of feeds": ("[news]", "8: feeds: is not a mapping; write its keys below it, indented"),
    "feed that is a list": (
        "{news: [rss]}",
        "15: feeds.news: is not a mapping; write its keys below it, indented",
    ),
    "unknown key": (
        "{news: {limits: 5}}",
        "16: feeds.news.limits: is not a known key; did you mean 'limit'?",
    ),
    "unknown limit": (
        "{news: {limit: {entry: 5}}}",
        "24: feeds.news.limit.entry: is not a known key; did you mean 'entries'?",
    ),
    "limit of nothing": (
        "{news: {limit: {entries: 0}}}",
        "33: feeds.news.limit.entries: '0' is not a number of entries; write a whole number from 1 to 10000",
    ),
    "author without a name": (
        "{news: {author: {email: desk@example.org}}}",
        "16: feeds.news.author.name: is missing; name of a person or newsroom",
    ),
    "e-mail without a host": (
        "{news: {author: {name: Desk, email: desk}}}",
        "44: feeds.news.author.email: 'desk' is not an e-mail address; write it as desk@example.org",
    ),
    "unknown policy of edits": (
        "{news: {edits: loud}}",
        "23: feeds.news.edits: 'loud' is not a way to treat edits; update, silent, reissue are",
    ),
    "unknown shape": (
        "{news: {shape: leaders}}",
        (
            "23: feeds.news.shape: 'leaders' is not a shape; "
            "stories, leads, teasers, bulletins are (did you mean 'leads'?)"
        ),
    ),
}


@pytest.mark.parametrize(("feeds", "problem"), FEED.values(), ids=FEED)
def test_wrong_feed(problems_of, feeds, problem):
    """A wrong feed is named, and the place in its lists as well."""
    assert problems_of(f"{SITE}feeds: {feeds}") == [f"config.yaml:2:{problem}"]


NOT_YET = {
    "postgresql": ("store: {url: 'postgresql://db/feedpub'}", "store.url: PostgreSQL", "sqlite:///"),
    "input bucket": ("input: {folder: 's3://bucket'}", "input.folder: an s3:// folder", "a folder of this"),
    "output bucket": (
        "output: {folder: 's3://bucket'}",
        "output.folder: an s3:// folder",
        "a folder of this",
    ),
    "bulletins": (
        "feeds: {a: {shape: bulletins, edits: reissue}}",
        "feeds.a: 'edits: reissue' for 'shape: bulletins'",
        "update, silent are",
    ),
}


@pytest.mark.parametrize(("section", "what", "instead"), NOT_YET.values(), ids=NOT_YET)
def test_value_of_a_later_version(problems_of, section, what, instead):
    """What the interface promises and this version cannot do is said, never ignored."""
    feeds = "" if section.startswith("feeds") else FEEDS

    (problem,) = problems_of(SITE + feeds + section)

    assert f"{what} is not available in this version; {instead}" in problem


@pytest.mark.parametrize(
    "section",
    ["websub:", "feeds: {a: {select: {}, edits: update, shape: leads}}"],
)
def test_value_of_this_version(read, section):
    """Keys of a later version are accepted with the values that work today."""
    feeds = "" if section.startswith("feeds") else FEEDS

    assert read(SITE + feeds + section).websub.hubs == ()


WHOLE = {
    "empty": ("", "config.yaml: is empty; 'feedpub init' writes a file to begin with"),
    "comment alone": ("# nothing", "config.yaml: is empty; 'feedpub init' writes a file to begin with"),
    "list at the top": (
        "\n- site\n",
        "config.yaml:2:1: a list stands here; write keys such as 'site:' at the left margin",
    ),
    "text at the top": (
        "hello",
        "config.yaml:1:1: a text stands here; write keys such as 'site:' at the left margin",
    ),
    "tab": ("site:\n\ttitle: x", "config.yaml:2:1: a tab stands here; indent with spaces"),
    "latin-1": (
        "site: {title: é}".encode("latin-1"),
        "config.yaml:1:15: the byte 0xE9 is not UTF-8; save the file as UTF-8",
    ),
    "alias bomb": (
        "a: &a [x]\nb: [*a, *a]",
        (
            "config.yaml:1:4: anchors (&) and aliases (*) are not allowed; "
            "write the value out, or quote the text"
        ),
    ),
    "two mebibytes": ("#" * 2 * 1024 * 1024, "config.yaml:1:1: the text is larger than 1,048,576 bytes"),
    "a thousand brackets": ("[" * 1000, "config.yaml:1:33: this is nested more than 32 levels deep"),
}


@pytest.mark.parametrize(("text", "problem"), WHOLE.values(), ids=WHOLE)
def test_file_that_is_no_configuration(problems_of, text, problem):
    """A file that cannot be read as YAML keys gets one message."""
    assert problems_of(text) == [problem]


def test_every_problem_at_once(problems_of):
    """One look at the messages is enough to mend the whole file, from top to bottom."""
    text = """\
site:
  title: ${TITLE}
  url: news.example.org
  url: https://news.example.org
  langage: en
input: {folder: drop, max_size: 5MB}
output: {folder: drop/feeds}
store: {url: "postgresql://desk:secret@db/feedpub"}
server: {port: http, host: "${HOST}"}
feeds:
  News:
  news: {formats: [rss, rss2], shape: bulletin}
"""

    assert problems_of(text) == [
        (
            "config.yaml:2:10: site.title: the environment variable TITLE is not set; "
            "set it or give a default, as ${TITLE:-default}"
        ),
        "config.yaml:4:3: the key 'url' is given twice, on lines 3 and 4",
        "config.yaml:5:3: site.langage: is not a known key; did you mean 'language'?",
        "config.yaml:6:33: input.max_size: '5MB' is not a size; write bytes, or 512KiB, 5MiB, up to 1GiB",
        (
            "config.yaml:7:18: output.folder: lies in input.folder; "
            "feedpub would take in what it publishes, so keep them apart"
        ),
        (
            "config.yaml:8:14: store.url: PostgreSQL is not available in this version; "
            "sqlite:///state/feedpub.db is"
        ),
        "config.yaml:9:16: server.port: 'http' is not a port; 1 to 65535 are",
        (
            "config.yaml:9:28: server.host: the environment variable HOST is not set; "
            "set it or give a default, as ${HOST:-default}"
        ),
        (
            "config.yaml:11:3: feeds.News: 'News' is not the name of a feed; "
            "write up to 64 letters a to z, digits and hyphens, no hyphen first"
        ),
        (
            "config.yaml:12:25: feeds.news.formats[1]: 'rss2' is not a format; "
            "rss, atom, json are (did you mean 'rss'?)"
        ),
        (
            "config.yaml:12:39: feeds.news.shape: 'bulletin' is not a shape; "
            "stories, leads, teasers, bulletins are (did you mean 'bulletins'?)"
        ),
    ]


def test_problem_has_parts(read):
    """Programs find file, key, mistake and cure apart."""
    with pytest.raises(ConfigError) as caught:
        read(SITE + FEEDS + "server: {port: 0}")

    (problem,) = caught.value.problems
    assert (problem.key, problem.wrong, problem.allowed) == (
        "server.port",
        "'0' is not a port",
        "1 to 65535 are",
    )
    assert problem.where.endswith("config.yaml:3:16")


def test_missing_keys(problems_of):
    """What must be there and is not is named where it should stand."""
    assert problems_of("\nsite:\n  language: en\n") == [
        "config.yaml:2:1: site.title: is missing; name of the site, at the head of every page",
        (
            "config.yaml:2:1: site.url: is missing; "
            "absolute address of the output folder; every link starts with it"
        ),
        "config.yaml:2:1: feeds: is missing; the feeds by name, at least one",
    ]


def test_symbolic_link_into_the_output(problems_of, tmp_path):
    """A link does not hide that one folder lies in another."""
    (tmp_path / "output").mkdir()
    (tmp_path / "drop").symlink_to("output")

    (problem,) = problems_of(SITE + FEEDS + "input: {folder: drop/in}")

    assert "input.folder: lies in output.folder" in problem


SECRETS = {
    "postgresql": "store: {url: 'postgresql://desk:secret@db/feedpub'}",
    "another database": "store: {url: 'mysql://desk:secret@db/feedpub'}",
    "text for the section": "store: postgresql://desk:secret@db/feedpub",
    "wrong section": "server: {host: 'postgresql://desk:secret@db/feedpub'}",
    "from the environment": "store: {url: 'mysql://desk:${PASSWORD}@db/feedpub'}",
    "hub": "websub: {hubs: ['https://desk:secret@hub.example.org/']}",
    "bucket": "input: {folder: 's3://key:secret@bucket'}",
}


@pytest.mark.parametrize("section", SECRETS.values(), ids=SECRETS)
def test_password_is_never_repeated(problems_of, section):
    """An error message can be posted in a forum."""
    (problem,) = problems_of(SITE + FEEDS + section, PASSWORD="secret")

    assert "secret" not in problem


def test_long_value_is_cut(problems_of):
    """A message stays readable whatever was pasted into the file."""
    (problem,) = problems_of(f"{SITE}{FEEDS}server: {{port: {'9' * 500}}}")

    assert len(problem) < 150


KEYS = ["site", "title", "url", "input", "folder", "store", "server", "port", "feeds", "news", "formats"]
WORDS = st.one_of(
    st.none(),
    st.sampled_from(["", "x", "0", "1.5", "true", "http://h/", "sqlite:///x", "${A}", "${", "rss", "../x"]),
    st.text(max_size=5),
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
)


@settings(deadline=None)
@given(source=st.one_of(st.text(), st.binary(), TREES.map(json.dumps)))
def test_no_text_raises_anything_else(source):
    """Any text gives a configuration or its problems."""
    with contextlib.suppress(ConfigError):
        parse(source, name="config.yaml", base=Path("/srv/news"), environ={})


@settings(deadline=None)
@given(
    value=TREES,
    key=st.sampled_from([line.strip().partition(":")[0] for line in sample().splitlines() if ":" in line]),
)
def test_no_single_value_raises_anything_else(value, key):
    """Any value for any key of a right file gives a configuration or its problems."""
    lines = (
        f"{line.partition(':')[0]}: {json.dumps(value)}" if line.strip().startswith(f"{key}:") else line
        for line in sample().splitlines()
    )

    with contextlib.suppress(ConfigError):
        parse("\n".join(lines), name="config.yaml", base=Path("/srv/news"), environ={})
