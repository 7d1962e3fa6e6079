"""Which paths can be asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.server.targets import parts_of, path_of

SERVED = {
    b"/": ("",),
    b"/index.html": ("index.html",),
    b"/feeds/news.rss": ("feeds", "news.rss"),
    b"/feeds/": ("feeds", ""),
    b"/%66eeds/news%2Erss": ("feeds", "news.rss"),
    b"/gr%C3%BC%C3%9Fe%20%26%20co/": ("grüße & co", ""),
    b"http://example.org/feeds/": ("feeds", ""),
    b"HTTPS://example.org": ("",),
    b"/a/v1..2/x": ("a", "v1..2", "x"),
}
REFUSED = [
    b"/..", b"/../x", b"/a/../x", b"/%2e%2e/x", b"/.%2e/x", b"/%2E%2E%2fx", b"/a%2fb", b"/a%2Fb",
    b"/a%5c..%5cx", b"/..\\x", b"/.", b"/./x", b"//x", b"//example.org/", b"/a//b", b"/%00", b"/a%00.rss",
    b"/a%0d%0ax", b"/%7f", b"/%c0%ae%c0%ae/x", b"/%ff", b"/.git/config", b"/feeds/.news.rss", b"/x~",
    b"/x.tmp", b"/x.SWP", b"*", b"", b"x", b"file:///etc/passwd", b"http:/x", b"/..;/x", b"/%E2%80%AE",
]  # fmt: skip


@pytest.mark.parametrize(("target", "parts"), SERVED.items())
def test_target_is_decoded_once_and_taken_apart(target, parts):
    """What people and programs ask for is understood."""
    assert parts_of(target) == parts


@pytest.mark.parametrize("target", REFUSED)
def test_target_that_no_public_file_has_is_refused(target):
    """Ways out, hidden files and noise are no paths at all."""
    assert parts_of(target) is None


def test_target_is_not_decoded_twice():
    """A name that looks encoded after decoding is only a name."""
    assert parts_of(b"/%252e%252e%252fx") == ("%2e%2e%2fx",)


ODD = st.sampled_from(
    [
        b"..",
        b".",
        b"/",
        b"%2e",
        b"%2E",
        b"%2f",
        b"%5c",
        b"\\",
        b"%00",
        b"%25",
        b"%c0%ae",
        b"a",
        b"~",
        b";",
        b"\xff",
    ]
)


@given(st.lists(ODD | st.binary(max_size=3), max_size=12).map(b"".join))
def test_no_target_leads_outside(target):
    """Whatever is sent, the names that come out of it stay below the folder."""
    parts = parts_of(b"/" + target)

    for part in parts or []:
        assert not part.startswith(".")
        assert not set(part) & set("/\\\0\r\n")
    assert not any(part == "" for part in (parts or [])[:-1])


@given(st.lists(st.text(min_size=1), min_size=1))
def test_path_leads_back_to_its_parts(parts):
    """A path that is written can be asked for, unless it is none to be served; no host is ever in it."""
    path = path_of(parts)

    assert parts_of(b"/" + path.encode()) in (tuple(parts), None)
    assert "//" not in path
    assert ":" not in path
