"""Addresses are absolute, in ASCII and encoded once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.compose.addresses import uri, with_parameters

WRITTEN = {
    "plain": ("https://example.org/a/b?c=d#e", "https://example.org/a/b?c=d#e"),
    "umlaut in the path": ("https://example.org/öl", "https://example.org/%C3%B6l"),
    "already encoded": ("https://example.org/%C3%B6l", "https://example.org/%C3%B6l"),
    "encoded letter stays": ("https://example.org/%41", "https://example.org/%41"),
    "stray percent": ("https://example.org/100%/x", "https://example.org/100%25/x"),
    "space": ("https://example.org/a b", "https://example.org/a%20b"),
    "quote and angle": ('https://example.org/"<x>', "https://example.org/%22%3Cx%3E"),
    "ampersand in the query": ("https://example.org/?a=1&b=ü", "https://example.org/?a=1&b=%C3%BC"),
    "umlaut in the host": ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    "host and port": ("http://bücher.example:8080/", "http://xn--bcher-kva.example:8080/"),
    "host in capitals": ("HTTPS://Example.ORG/A", "https://example.org/A"),
    "IPv6": ("http://[::1]:8080/", "http://[::1]:8080/"),
    "user with a space": ("http://j doe@example.org/", "http://j%20doe@example.org/"),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_uri_of_a_usable_address(case):
    """An address that a browser would open is written in the form that every feed reader opens."""
    given_address, expected = WRITTEN[case]

    assert expected == uri(given_address)


@pytest.mark.parametrize(
    "address",
    ["/relative", "mailto:a@example.org", "javascript:alert(1)", "http://", "http://[bad", "http://a..ü/",
     "http://exa<mple/", "http://example.org:99999/", "http://example.org/\ud800", "http://a℀b/"],
)  # fmt: skip
def test_uri_of_an_unusable_address(address):
    """What no reader could open, or what would run as a script, is refused."""
    with pytest.raises(ValueError, match=r"host|http|surrogates|port|Port|IPv6|netloc|label"):
        uri(address)


@given(st.text(), st.text(), st.text())
def test_uri_twice_is_uri_once(path, query, fragment):
    """C29: Encoding what is encoded changes nothing, so one address has one spelling everywhere."""
    try:
        once = uri(f"https://example.org/{path}?{query}#{fragment}")
    except UnicodeEncodeError:  # lone surrogates
        return

    assert once.isascii()
    assert once == uri(once)


ADDED = {
    "no query": ("https://a.example/x", "https://a.example/x?utm_source=rss&utm_medium=a+b"),
    "a query": ("https://a.example/x?y=1", "https://a.example/x?y=1&utm_source=rss&utm_medium=a+b"),
    "a fragment": ("https://a.example/x#top", "https://a.example/x?utm_source=rss&utm_medium=a+b#top"),
    "one of them": ("https://a.example/x?utm_source=z", "https://a.example/x?utm_source=z&utm_medium=a+b"),
}


@pytest.mark.parametrize(("address", "expected"), ADDED.values(), ids=ADDED)
def test_with_parameters(address, expected):
    """Parameters go to the end of the query; one that the address has already stays as it is."""
    assert with_parameters(address, (("utm_source", "rss"), ("utm_medium", "a b"))) == expected


def test_without_parameters():
    """Without parameters an address stays as it is."""
    assert with_parameters("https://a.example/x?&b", ()) == "https://a.example/x?&b"
