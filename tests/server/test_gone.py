"""What stood here is gone: 410."""

from __future__ import annotations

import pytest

PAGE = "/2024/10/21/story/"
GONE = b"<!doctype html>\n<!-- feedpub: gone -->\n<title>Withdrawn</title>"


@pytest.fixture
def gone(site):
    """Serve a page that says that its entry is gone."""
    folder = site.root / PAGE.strip("/")
    folder.mkdir(parents=True)
    (folder / "index.html").write_bytes(GONE)
    return site


def test_page_of_a_withdrawn_entry_answers_410(gone):
    """C83: Search engines and readers drop it; a person reads why."""
    answer = gone.get(PAGE)

    assert (410, GONE) == (answer.status_code, answer.content)
    assert "text/html; charset=utf-8" == answer.headers["content-type"]
    assert "no-cache" == answer.headers["cache-control"]


def test_head_says_the_same_without_the_page(gone):
    """HEAD is GET without its body."""
    got, head = gone.get(PAGE), gone.ask("HEAD", PAGE)

    assert (410, b"") == (head.status_code, head.content)
    assert got.headers["content-length"] == head.headers["content-length"]


@pytest.mark.parametrize(
    "condition",
    [{"If_None_Match": "*"}, {"If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, {"If_Match": '"x"'}],
    ids=["if-none-match", "if-modified-since", "if-match"],
)
def test_condition_does_not_hide_that_it_is_gone(gone, condition):
    """A cache that has the old page must not go on showing it."""
    assert 410 == gone.get(PAGE, **condition).status_code


def test_page_that_is_put_back_answers_200_again(gone):
    """The file alone decides, from one request to the next."""
    page = gone.root / PAGE.strip("/") / "index.html"
    assert 410 == gone.get(PAGE).status_code

    page.with_name("new").write_bytes(b"<!doctype html>\n<title>Story</title>")
    page.with_name("new").replace(page)

    assert 200 == gone.get(PAGE).status_code


def test_page_that_mentions_the_mark_is_no_such_page(gone):
    """Only the very beginning of a page counts."""
    page = gone.root / PAGE.strip("/") / "index.html"
    page.write_bytes(b"<!doctype html>\n<title>Story</title>" + GONE)

    assert 200 == gone.get(PAGE).status_code
