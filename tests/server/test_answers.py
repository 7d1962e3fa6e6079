"""What subscribers get, over real connections."""

import os
import time
from email.utils import parsedate_to_datetime

import pytest

from feedpub.model import Resource
from feedpub.publish import Folder

FEED = "/feeds/news.rss"
LONG_AGO = 1_000_000_000

MEDIA_TYPES = {
    "/": "text/html; charset=utf-8",
    "/feeds/": "text/html; charset=utf-8",
    "/feeds/news.rss": "application/rss+xml; charset=utf-8",
    "/feeds/news.atom": "application/atom+xml; charset=utf-8",
    "/feeds/news.json": "application/feed+json",
    "/feeds.opml": "text/x-opml; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/style.css": "text/css; charset=utf-8",
    "/2024/10/21/gr%C3%BC%C3%9Fe%20%26%20co/": "text/html; charset=utf-8",
    "/picture.png": "image/png",
    "/picture.svg": "image/svg+xml",
    "/data.json": "application/json",
    "/unknown.xyz": "application/octet-stream",
    "/no-suffix": "application/octet-stream",
}


@pytest.mark.parametrize(("path", "media_type"), MEDIA_TYPES.items())
def test_file_has_its_media_type(site, path, media_type):
    """C140: Readers and browsers are told what they get, with its charset."""
    if path.startswith(("/picture", "/data", "/unknown", "/no-suffix")):
        (site.root / path[1:]).write_bytes(b"x")

    answer = site.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)


def test_feed_is_sent_whole(site):
    """The body is the file, its length is told, and so is when it changed."""
    os.utime(site.root / FEED[1:], (LONG_AGO, LONG_AGO))

    answer = site.get(FEED)

    assert answer.content == (site.root / FEED[1:]).read_bytes()
    assert answer.headers["content-length"] == str(len(answer.content))
    assert parsedate_to_datetime(answer.headers["last-modified"]).timestamp() == LONG_AGO
    assert answer.headers["etag"].startswith('"')


@pytest.mark.parametrize("path", [*[*MEDIA_TYPES][:8], "/gone", "/feeds", "/healthz", "/feeds/empty.rss"])
def test_head_says_what_get_would_say(site, path):
    """HEAD has the same status and headers, and no body."""
    got, head = site.get(path), site.ask("HEAD", path)

    ignored = {"date"}
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert {k: v for k, v in head.headers.items() if k not in ignored} == {
        k: v for k, v in got.headers.items() if k not in ignored
    }


def test_second_request_is_answered_with_304(site):
    """A reader that shows what it has gets the headers and no body."""
    first = site.get(FEED)

    second = site.get(FEED, If_None_Match=first.headers["etag"])
    by_date = site.get(FEED, If_Modified_Since=first.headers["last-modified"])

    assert (second.status_code, second.content, by_date.status_code) == (304, b"", 304)
    for name in ("etag", "last-modified", "cache-control", "vary", "access-control-allow-origin"):
        assert second.headers[name] == first.headers[name]
    assert "date" in second.headers
    assert not {"content-type", "content-length", "content-encoding"} & set(second.headers)


def test_failed_precondition_is_answered_with_412(site):
    """Whoever insists on a version that is gone is told so."""
    assert site.get(FEED, If_Match='"other"').status_code == 412


def test_replaced_feed_is_seen_at_once(site):
    """The request after a publication gets the new bytes under a new tag."""
    before = site.get(FEED)
    Folder(site.root).publish([Resource(path=FEED[1:], content=b"<new/>" * 116 + b"1234", media_type="")])

    after = site.get(FEED, If_None_Match=before.headers["etag"])

    assert (after.status_code, after.content[:6]) == (200, b"<new/>")
    assert after.headers["etag"] != before.headers["etag"]


def test_file_written_in_place_is_seen_at_once(site):
    """Somebody who edits a page by hand sees the edit, even where the size stays."""
    before = site.get("/style.css")
    (site.root / "style.css").write_bytes(b"b{}")
    os.utime(site.root / "style.css", (LONG_AGO, LONG_AGO))

    assert (before.content, site.get("/style.css").content) == (b"a{}", b"b{}")


def test_tag_depends_on_the_content_alone(site):
    """C111: A feed that is written anew with the same bytes keeps its tag, also over restarts."""
    before = site.get(FEED)
    content = (site.root / FEED[1:]).read_bytes()
    (site.root / FEED[1:]).unlink()
    (site.root / FEED[1:]).write_bytes(content)

    assert site.get(FEED).headers["etag"] == before.headers["etag"]


def test_date_that_is_still_to_come_is_not_told(site):
    """C113: A file time in the future is told from then on; until then its tag alone stands for the feed."""
    moment = int(time.time()) + 2
    os.utime(site.root / FEED[1:], (moment, moment))
    early = site.get(FEED).headers
    time.sleep(max(0.0, moment - time.time()))
    late = site.get(FEED).headers

    assert "last-modified" not in early
    assert moment == int(parsedate_to_datetime(late["last-modified"]).timestamp())
    assert early["etag"] == late["etag"]


def test_fresh_file_is_not_younger_than_the_answer(site):
    """The date of the answer is made for it, so a file of this very second is no contradiction."""
    for number in range(5):
        (site.root / "fresh.html").write_bytes(b"%d" % number)
        headers = site.get("/fresh.html").headers

        assert parsedate_to_datetime(headers["last-modified"]) <= parsedate_to_datetime(headers["date"])


def test_folder_without_its_slash_leads_to_the_configured_site(site):
    """The redirect goes where the operator said, whatever host the client names."""
    answer = site.get("/feeds", Host="evil.example")

    assert (answer.status_code, answer.headers["location"]) == (301, "https://news.example.org/desk/feeds/")


def test_redirect_writes_its_path_safely(site):
    """Odd letters in a path come back encoded."""
    answer = site.get("/2024/10/21/gr%C3%BC%C3%9Fe%20%26%20co")

    assert answer.headers["location"].endswith("/desk/2024/10/21/gr%C3%BC%C3%9Fe%20%26%20co/")


def test_folder_without_a_page_is_not_listed(site):
    """What lies in a folder is nobody's business."""
    assert [site.get(path).status_code for path in ("/2024/", "/2024", "/2024/10/21/")] == [404] * 3


ABSENT = [
    "/gone", "/gone/", "/feeds/gone.rss", "/feeds/news.rss/", "/feeds/news.rss/index.html",
    "/feeds/.hidden.rss", "/feeds/.feedpub-0123456789abcdef.tmp", "/feeds/news.json.bak", "/feeds/news.json~",
    "/" + "a" * 300, "/" + "a/" * 3000, "/nothealthz", "/healthz/",
]  # fmt: skip


@pytest.mark.parametrize("path", ABSENT)
def test_what_is_not_there_is_not_found(site, path):
    """The answer is small, says nothing of the request and is asked for again next time."""
    answer = site.get(path)

    assert (answer.status_code, answer.text) == (404, "404 Not Found\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


def test_link_in_the_folder_is_not_followed(site, tmp_path):
    """Neither a linked file nor a linked folder gives anything away."""
    (site.root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (site.root / "folder").symlink_to(tmp_path / "output-secret")
    os.mkfifo(site.root / "pipe.txt")

    answers = [
        site.get(path) for path in ("/link.txt", "/folder/secret.txt", "/folder/", "/folder", "/pipe.txt")
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_feed_before_the_first_publication_is_not_gone_for_good(tmp_path, site):
    """C123: While there is no feed at all a reader is asked to come again."""
    site.root.rename(tmp_path / "aside")

    answer = site.get(FEED)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert site.get("/").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", [FEED, "/gone", "/healthz"])
def test_other_methods_are_not_allowed(site, method, path):
    """The answer says which are, and the connection ends unread."""
    answer = site.ask(method, path)

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.headers["connection"] == "close"


def test_unknown_method_is_not_implemented(site):
    """C110: the answer names those that are."""
    answer = site.ask("FOO", FEED)

    assert (501, "GET, HEAD, OPTIONS") == (answer.status_code, answer.headers["allow"])


def test_options_says_what_is_allowed(site):
    """OPTIONS is answered, for a path and for the server."""
    assert site.ask("OPTIONS", FEED).headers["allow"] == "GET, HEAD, OPTIONS"
    assert site.raw(b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").startswith(
        b"HTTP/1.1 204 "
    )


EVERY_KIND = ["/", FEED, "/feeds/news.json", "/style.css", "/gone", "/feeds", "/healthz", "/%00"]


@pytest.mark.parametrize("path", EVERY_KIND)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_every_answer_is_harmless(site, path, method):
    """C119, C134: no answer lets a browser guess its type or run a script; each is dated, none names us."""
    headers = site.ask(method, path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "script" not in headers["content-security-policy"]
    assert "date" in headers
    assert "server" not in headers


def test_page_may_use_the_sites_own_style(site):
    """The policy of pages allows what our templates use, and no more."""
    policy = site.get("/").headers["content-security-policy"]

    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_feed_may_be_kept_for_a_minute_and_read_from_anywhere(site):
    """Proxies take the load off, and readers that run in a browser may read."""
    headers = site.get(FEED).headers

    assert "max-age=60" in headers["cache-control"]
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in site.get("/").headers


def test_health_is_shown_as_json(site):
    """A monitor sees 200 while all is well."""
    answer = site.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (
        "application/json",
        "no-store",
    )


def test_trouble_is_shown_as_503(site):
    """A monitor sees the trouble and its cause, and the end of it."""
    site.health = {"status": "trouble", "problems": [{"subject": "output", "cause": "disk full"}]}
    answer = site.get("/healthz")
    site.health = {"status": "ok"}

    assert (answer.status_code, answer.json()["problems"][0]["cause"]) == (503, "disk full")
    assert site.get("/healthz").status_code == 200


def test_disk_that_fails_is_answered_with_503(site, monkeypatch):
    """A read error asks the reader to come again and shows nothing of the host."""
    genuine = os.stat

    def failing(path, **keywords):
        if path == "style.css":
            raise OSError(5, "Input/output error")
        return genuine(path, **keywords)

    monkeypatch.setattr(os, "stat", failing)
    answer = site.get("/style.css")

    assert (answer.status_code, answer.text) == (503, "503 Service Unavailable\n")
    assert "retry-after" in answer.headers


CACHING = {
    "/": "public, max-age=60, stale-if-error=86400",
    "/feeds/news.rss": "public, max-age=60, stale-if-error=86400",
    "/feeds/news/archive/2024-10.rss": "public, max-age=86400, stale-if-error=604800",
    "/media/0123abcd.mp3": "public, max-age=31536000, immutable",
}


@pytest.mark.parametrize(("path", "said"), CACHING.items())
def test_each_kind_of_file_may_be_kept_for_its_time(site, path, said):
    """C126: what is new within a minute, what came before for a day, what never changes for ever."""
    if not (file := site.root / path[1:]).exists():
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x")

    assert said == site.get(path).headers["cache-control"]
