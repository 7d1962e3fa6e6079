"""Whatever a bulletin says: its feeds keep the rules, and every format says the same to a foreign reader."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
from dataclasses import dataclass

from hypothesis import assume, given
from hypothesis import strategies as st
from reader._parser.jsonfeed import JSONFeedParser
from render.factories import MORNING, a_feed, a_site
from render.reading import foreign, instant

from feedpub import compose
from feedpub.conformance import Level, examine
from feedpub.model import Correction, Enclosure, Entry, FeedDocument, Role
from feedpub.render import FORMATS, check, render

# What the model promises: the characters of XML 1.0 section 2.2; titles on one line, and not blank.
LEGAL = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT = st.text(LEGAL | st.sampled_from("\t\n\x80\x85<&>\"'"), max_size=80)
LINE = st.text(LEGAL | st.sampled_from("<&>\"'\x80"), max_size=40).map(lambda text: " ".join(text.split()))
TITLE = LINE.map("x{}".format)
# What foreign readers do not take for something else: markup in a title of RSS, Windows-1252, blanks that
# they trim.
PLAIN_LINE = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf"], exclude_characters="<&\ufffe\uffff"
    ),
    max_size=40,
).map("x{}".format)
PLAIN_TEXT = st.text(LEGAL | st.sampled_from("\t\n<&>\"'"), max_size=80)
ADDRESS = st.one_of(
    st.sampled_from(
        [
            "https://example.org/a b",
            "http://bücher.example/ü?q=ü#ü",
            "https://[::1]:8080/x",
            "http://a.example/100%",
        ]
    ),
    st.text(LEGAL, max_size=30).map("https://example.org/{}".format),
    st.text(LEGAL, max_size=30).map("https://{}".format),
    st.text(LEGAL, max_size=20),
)
LANGUAGE = st.sampled_from(["ar", "zh-Hant", "en_US", "english", "x", "de-de-de", "zh-cn"]) | st.text(
    max_size=8
)
INSTANT = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2400, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001  the zone is added
ENCLOSURE = st.builds(
    Enclosure,
    url=ADDRESS,
    type=st.sampled_from(["audio/mpeg", "image/svg+xml", "application/vnd.x-y.z"]),
    length=st.integers(0, 10**15 - 1),
)


def entries(title=TITLE, line=LINE, text=TEXT):
    """Make lists of entries, each with an id of its own."""
    correction = st.builds(Correction, on=st.dates(dt.date(1990, 1, 1)), text=text)
    single = st.builds(
        Entry,
        id=st.just(""),
        bulletin=st.just("b.txt"),
        position=st.integers(0, 5),
        role=st.sampled_from(Role),
        title=title,
        paragraphs=st.lists(text, max_size=3).map(tuple),
        permalink=st.just(""),
        published=INSTANT,
        updated=INSTANT,
        language=LANGUAGE | st.none(),
        author=line | st.none(),
        categories=st.lists(line, max_size=3).map(tuple),
        link=ADDRESS | st.none(),
        corrections=st.lists(correction, max_size=1).map(tuple),
        image=ADDRESS | st.none(),
        enclosures=st.lists(ENCLOSURE, max_size=2).map(tuple),
    )
    return st.lists(single, max_size=3).map(_named)


def _named(found):
    """Give entries what is minted for them, and no update before its publication."""
    return [
        _replaced(
            entry,
            id=f"tag:news.example.org,2024:{number}",
            permalink=f"2024/{number}/",
            updated=max(entry.updated, entry.published),
        )
        for number, entry in enumerate(found)
    ]


def _replaced(entry, **changes):
    return Entry(**{name: getattr(entry, name) for name in Entry.__slots__} | changes)


def document_of(found, *, full=True) -> FeedDocument:
    """Compose a feed as the pipeline does."""
    return compose.feed_document(
        a_feed(full_content=full), a_site(), found, feed_id="urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
        changed=MORNING,
    )  # fmt: skip


@given(entries(), st.booleans())
def test_no_bulletin_can_keep_a_feed_from_its_subscribers(found, full):
    """However odd a text, a language or an address: no rule is broken that the gate would stop a feed for."""
    document = document_of(found, full=full)

    for name in FORMATS:
        resource = render(document, name)
        check(resource, document)
        findings, _ = examine(resource.path, resource.content)
        assert [] == [str(finding) for finding in findings if finding.rule.level is Level.ERROR]


@dataclass(frozen=True)
class Said:
    """One entry as a foreign reader has it."""

    id: str
    title: str
    link: str
    published: dt.datetime
    updated: dt.datetime
    tags: tuple[str, ...]
    text: str
    files: tuple[tuple[str, str, int], ...]


@given(entries(PLAIN_LINE, PLAIN_LINE, PLAIN_TEXT))
def test_all_formats_say_the_same_to_foreign_readers(found):
    """C147: feedparser reads RSS and Atom, reader JSON Feed: equal values, and those of the model."""
    document = document_of(found)
    assume(not any(map(_looks_encoded_twice, _texts(document))))

    meant = [_meant(entry) for entry in document.entries]

    assert meant == _from_json(document)
    assert meant == _from_xml(document, "atom")
    assert [_with_one_file(entry) for entry in meant] == _from_xml(document, "rss")


def _meant(entry) -> Said:
    return Said(
        id=entry.id,
        title=entry.title,
        link=entry.url,
        published=entry.published.replace(microsecond=0),
        updated=entry.updated.replace(microsecond=0),
        tags=entry.categories,
        text=_trimmed(entry.content_html),
        files=tuple((file.url, file.type, file.length) for file in entry.enclosures),
    )


def _from_xml(document, name) -> list[Said]:
    parsed = foreign(document, name, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo
    return [
        Said(
            id=entry.id,
            title=entry.title,
            link=entry.link,
            published=instant(entry.published_parsed),
            updated=instant(entry.updated_parsed),
            tags=tuple(tag.term for tag in entry.get("tags", ())),
            text=_trimmed(entry.content[0].value if "content" in entry else entry.get("summary")),
            files=tuple((file.href, file.type, int(file.length)) for file in entry.enclosures),
        )
        for entry in parsed.entries
    ]


def _from_json(document) -> list[Said]:
    content = render(document, "json").content
    _, read = JSONFeedParser()("https://news.example.org/feeds/news.json", io.BytesIO(content))
    tags = [tuple(item.get("tags", ())) for item in json.loads(content)["items"]]  # which reader leaves out
    return [
        Said(
            id=entry.id,
            title=entry.title,
            link=entry.link,
            published=entry.published.astimezone(dt.UTC),
            updated=entry.updated.astimezone(dt.UTC),
            tags=named,
            text=_trimmed(entry.content[0].value if entry.content else ""),
            files=tuple((file.href, file.type, file.length) for file in entry.enclosures),
        )
        for entry, named in zip(read, tags, strict=True)
    ]


def _with_one_file(said: Said) -> Said:
    """Leave the one enclosure that RSS has."""
    return Said(**{name: getattr(said, name) for name in Said.__annotations__} | {"files": said.files[:1]})


def _trimmed(text: str | None) -> str:
    """Leave out the blanks around, which feedparser trims."""
    return html.unescape(text or "").strip()


def _texts(document):
    return [
        text or "" for e in document.entries for text in (e.title, e.content_html, e.summary, *e.categories)
    ]


def _looks_encoded_twice(text: str) -> bool:
    """Tell whether feedparser would decode a text once more."""
    try:
        return text.encode("iso-8859-1").decode() != text
    except UnicodeError:
        return False
