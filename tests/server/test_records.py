"""What is told of every answer: the access log, and whoever counts."""

import json
import stat

import pytest
from server.conftest import SITE_URL
from server.test_views import CHROMIUM

from feedpub.server import AccessLog, Answer, Manners, create_app

ANSWER = Answer(at=1_700_000_000.123, method="GET", path="/feeds/news.rss", status=304, bytes=0, agent="x")


@pytest.fixture
def heard(site, running):
    """Serve the site and note what is told."""
    switchboard, *_ = running
    heard = []
    switchboard.app = create_app(
        site.root,
        Manners(site_url=SITE_URL),
        health=lambda: {"status": "ok"},
        on_answer=[lambda answer, client: heard.append((answer, client))],
    )
    site.heard = heard
    return site


def test_every_answer_is_told(heard):
    """With what was asked for, what came of it, and by which program."""
    body = heard.get("/feeds/news.rss", User_Agent="Reader/1 (3 subscribers)").content

    [(answer, client)] = heard.heard
    assert ("GET", "/feeds/news.rss", 200, len(body)) == (
        answer.method,
        answer.path,
        answer.status,
        answer.bytes,
    )
    assert ("news", "rss", "Reader/1 (3 subscribers)") == (answer.feed, answer.format, answer.agent)
    assert (False, False, False) == (answer.conditional, answer.delta, answer.view)
    assert client is not None


def test_address_is_no_part_of_it(heard):
    """Who keeps what is told keeps nobody's address."""
    heard.get("/feeds/news.rss")

    assert "127.0.0.1" not in repr(heard.heard[0][0])


def test_kinds_of_answer_can_be_told_apart(heard):
    """304s, pages for browsers, what is not there."""
    etag = heard.get("/feeds/news.atom").headers["etag"]
    heard.get("/feeds/news.atom", If_None_Match=etag)
    heard.client.get("/feeds/news.atom", headers=CHROMIUM)
    heard.get("/gone")
    heard.ask("HEAD", "/feeds/news.atom")
    heard.ask("POST", "/feeds/news.atom")

    answers = [answer for answer, _ in heard.heard][1:]
    assert [304, 200, 404, 200, 405] == [answer.status for answer in answers]
    assert [True, False, False, False, False] == [answer.unchanged for answer in answers]
    assert [True, False, False, False, False] == [answer.conditional for answer in answers]
    assert [False, True, False, False, False] == [answer.view for answer in answers]
    assert ["news", "news", None, "news", "news"] == [answer.feed for answer in answers]
    assert [0, 0] == [answers[0].bytes, answers[3].bytes]


def test_line_of_the_log_is_json_in_ascii(tmp_path):
    """Whatever a client calls itself, nothing of it reaches a terminal."""
    log = AccessLog(tmp_path / "logs" / "access.log")
    log(Answer(at=0, method="GET", path="/\x1b[2J", status=404, bytes=14, agent='a"\n\x1b]é'), "203.0.113.7")
    log.close()

    written = (tmp_path / "logs" / "access.log").read_bytes()
    assert 1 == written.count(b"\n")
    assert written.isascii()
    assert b"\x1b" not in written
    assert b"203.0.113.7" not in written
    assert ("/\x1b[2J", "1970-01-01T00:00:00.000+00:00") == (
        json.loads(written)["path"],
        json.loads(written)["at"],
    )


def test_log_is_for_its_owner(tmp_path):
    """What people read is nobody else's business."""
    log = AccessLog(tmp_path / "access.log")
    log(ANSWER, None)
    log.close()

    assert 0 == stat.S_IMODE((tmp_path / "access.log").stat().st_mode) & 0o007


def test_log_that_is_moved_away_goes_on_in_a_new_file(tmp_path):
    """As logrotate does it, without a signal."""
    log = AccessLog(tmp_path / "access.log")
    log(ANSWER, None)
    (tmp_path / "access.log").rename(tmp_path / "access.log.1")
    log(Answer(at=ANSWER.at + 2, method="GET", path="/", status=200, bytes=1, agent=""), None)
    log.close()

    assert 1 == (tmp_path / "access.log.1").read_text().count("\n")
    assert '"/"' in (tmp_path / "access.log").read_text()


def test_log_that_cannot_be_written_does_not_keep_readers_waiting(tmp_path):
    """The answer is sent all the same."""
    AccessLog(tmp_path)(ANSWER, None)
