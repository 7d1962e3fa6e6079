"""Only what is new (RFC 3229), asked for over real connections."""

import gzip
from concurrent.futures import ThreadPoolExecutor

import feedparser
import pytest
from render.factories import MORNING, a_document, an_entry

from feedpub.model import Tombstone
from feedpub.publish import Folder
from feedpub.render import FORMATS, render
from feedpub.server.deltas import _VERSIONS_PER_FEED

ENTRIES = [an_entry(number, content_html=f"<p>{'Text. ' * 40}{number}</p>") for number in range(20)]


def publish(site, *entries, tombstones=(), formats=tuple(FORMATS)):
    """Publish a feed."""
    document = a_document(*entries, tombstones=tombstones)
    Folder(site.root).publish([render(document, name) for name in formats])


@pytest.fixture(params=FORMATS)
def changed(site, request):
    """Serve a feed that got an entry, and the tag of the version before."""
    publish(site, *ENTRIES[1:])
    path = f"/feeds/news.{request.param}"
    etag = site.get(path).headers["etag"]
    publish(site, *ENTRIES)
    site.path, site.etag, site.format = path, etag, request.param
    return site


def ask(site, **fields):
    """Ask for the delta; a field of None is left out."""
    given = {"A_IM": "feed", "If_None_Match": site.etag, "Accept_Encoding": "identity"} | fields
    return site.get(site.path, **{name: value for name, value in given.items() if value is not None})


def ids_of(site, content):
    """Read which entries a feed has."""
    return [entry.id for entry in FORMATS[site.format].read(content).entries]


def test_only_what_is_new_is_sent(changed):
    """C136: 226, a feed with the new entry, under the tag of the whole feed."""
    whole = changed.get(changed.path, Accept_Encoding="identity")
    delta = ask(changed)

    assert (226, "feed") == (delta.status_code, delta.headers["im"])
    assert [ENTRIES[0].id] == ids_of(changed, delta.content)
    assert whole.headers["etag"] == delta.headers["etag"]
    assert whole.headers["content-type"] == delta.headers["content-type"]
    assert len(delta.content) < len(whole.content) / 4


def test_tag_of_a_delta_stands_for_the_whole_feed(changed):
    """C136: the next request with it is answered with 304."""
    delta = ask(changed)

    assert 304 == ask(changed, If_None_Match=delta.headers["etag"]).status_code


def test_delta_is_for_this_reader_alone(changed):
    """C137: caches that do not know RFC 3229 must not keep it."""
    headers = ask(changed).headers

    assert changed.etag == headers["delta-base"]
    assert "no-store, im" == headers["cache-control"]
    assert {"A-IM", "If-None-Match", "Accept-Encoding"} <= set(headers["vary"].split(", "))
    assert "*" == headers["access-control-allow-origin"]


WHOLE = {
    "does not ask": {"A_IM": None},
    "asks for something else": {"A_IM": "vcdiff, diffe"},
    "does not want it": {"A_IM": "feed;q=0"},
    "has nothing": {"If_None_Match": None},
    "has something unknown": {"If_None_Match": '"0123456789abcdef0123456789abcdef"'},
    "has something like it": {"If_None_Match": "{etag}-x"},
    "has noise": {"If_None_Match": "noise"},
    "has a date": {"If_None_Match": None, "If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
}


@pytest.mark.parametrize("fields", WHOLE.values(), ids=WHOLE)
def test_who_is_no_case_for_a_delta_gets_the_feed(changed, fields):
    """C135, C138: 200 and everything."""
    fields = {
        name: value and value.format(etag=changed.etag[:-1]) + '"' * ("{" in value)
        for name, value in fields.items()
    }
    answer = ask(changed, **fields)

    assert 200 == answer.status_code
    assert [entry.id for entry in ENTRIES] == ids_of(changed, answer.content)
    assert "A-IM" in answer.headers["vary"]


ASKED = {"in capitals": "Feed", "in a list": "vcdiff, feed;q=0.4", "twice": "feed, feed"}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_delta_may_be_one_of_several_wishes(changed, asked):
    """C135: names of manipulations are compared without regard to case."""
    assert 226 == ask(changed, A_IM=asked).status_code


def test_known_version_may_be_one_of_several(changed):
    """C135: a weak tag or a list names it as well."""
    assert 226 == ask(changed, If_None_Match=f'"x", W/{changed.etag}').status_code


def test_head_is_answered_as_without_the_wish(changed):
    """C138: with the headers of the whole feed."""
    head = changed.ask(
        "HEAD", changed.path, A_IM="feed", If_None_Match=changed.etag, Accept_Encoding="identity"
    )

    assert (200, False) == (head.status_code, "im" in head.headers)


def test_precondition_comes_first(changed):
    """If-Match is for the whole feed."""
    assert 412 == ask(changed, If_Match='"x"').status_code


def test_delta_comes_compressed_under_the_tag_of_that_coding(changed):
    """C112, C136: a reader goes on with the coding that it began with."""
    publish(changed, *ENTRIES[10:])
    base = changed.get(changed.path, Accept_Encoding="gzip").headers["etag"]
    publish(changed, *ENTRIES)
    whole = changed.get(changed.path, Accept_Encoding="gzip").headers["etag"]
    with changed.client.stream(
        "GET", changed.path, headers={"A-IM": "feed", "If-None-Match": base, "Accept-Encoding": "gzip"}
    ) as delta:
        body = b"".join(delta.iter_raw())

    assert (226, "gzip", whole) == (
        delta.status_code,
        delta.headers["content-encoding"],
        delta.headers["etag"],
    )
    assert 10 == len(ids_of(changed, gzip.decompress(body)))


def test_withdrawal_is_part_of_the_delta(site):
    """C84: readers of Atom hear what to delete."""
    publish(site, *ENTRIES)
    etag = site.get("/feeds/news.atom").headers["etag"]
    publish(site, *ENTRIES[1:], tombstones=(Tombstone(id=ENTRIES[0].id, deleted=MORNING),))

    delta = site.get("/feeds/news.atom", A_IM="feed", If_None_Match=etag)

    assert 226 == delta.status_code
    read = FORMATS["atom"].read(delta.content)
    assert ((), [ENTRIES[0].id]) == (read.entries, [tomb.id for tomb in read.tombstones])


def test_delta_without_an_entry_is_not_sent(site):
    """An entry that only left the window gives a reader nothing; it gets the feed."""
    publish(site, *ENTRIES)
    etag = site.get("/feeds/news.rss").headers["etag"]
    publish(site, *ENTRIES[:-1])

    assert 200 == site.get("/feeds/news.rss", A_IM="feed", If_None_Match=etag).status_code


def test_delta_of_everything_is_not_sent(site):
    """C139: where nothing is left of what a reader has, it gets the feed."""
    publish(site, *ENTRIES[:5])
    etag = site.get("/feeds/news.rss").headers["etag"]
    publish(site, *ENTRIES[10:])

    assert 200 == site.get("/feeds/news.rss", A_IM="feed", If_None_Match=etag).status_code


def test_memory_of_versions_is_bounded(site):
    """C139: versions long ago are forgotten, and answered with the whole feed."""
    tags = []
    for number in range(_VERSIONS_PER_FEED + 2):
        publish(site, an_entry(number, content_html="<p>new</p>"), *ENTRIES, formats=("rss",))
        tags.append(site.get("/feeds/news.rss").headers["etag"])

    statuses = [site.get("/feeds/news.rss", A_IM="feed", If_None_Match=tag).status_code for tag in tags]
    assert [200, 200, *[226] * (_VERSIONS_PER_FEED - 1), 304] == statuses


def test_damaged_feed_is_served_as_it_is(site):
    """A file of somebody else has no entries to be told apart."""
    (site.root / "feeds/news.rss").write_bytes(b"<rss>")

    assert (200, b"<rss>") == (site.get("/feeds/news.rss").status_code, site.get("/feeds/news.rss").content)


@pytest.mark.parametrize("changed", ["rss", "atom"], indirect=True)
def test_foreign_reader_takes_the_delta_for_a_feed(changed):
    """C136: feedparser, which asks for deltas by itself, finds the new entry."""
    with ThreadPoolExecutor(1) as thread:
        address = f"http://127.0.0.1:{changed.port}{changed.path}"
        parsed = thread.submit(feedparser.parse, address, etag=changed.etag).result(30)

    assert (226, [ENTRIES[0].id]) == (parsed.status, [entry.id for entry in parsed.entries])
    assert not parsed.bozo
