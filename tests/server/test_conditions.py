"""Conditional requests, as a table."""

import pytest

from feedpub.server.application import fields_of
from feedpub.server.conditions import evaluate

ETAG = '"abc"'
MODIFIED = 784111777  # Sun, 06 Nov 1994 08:49:37 GMT

SAME = "Sun, 06 Nov 1994 08:49:37 GMT"
BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT"
AFTER = "Sun, 06 Nov 1994 08:49:38 GMT"

CASES = {
    "no condition": ({}, 200),
    "same tag": ({"if-none-match": '"abc"'}, 304),
    "same tag, weak": ({"if-none-match": 'W/"abc"'}, 304),
    "in a list": ({"if-none-match": '"x", W/"y,z" ,"abc"'}, 304),
    "star": ({"if-none-match": "*"}, 304),
    "other tag": ({"if-none-match": '"abcd"'}, 200),
    "tag in another case": ({"if-none-match": '"ABC"'}, 200),
    "unquoted": ({"if-none-match": "abc"}, 200),
    "half quoted": ({"if-none-match": '"abc'}, 200),
    "empty": ({"if-none-match": ""}, 200),
    "5000 tags": ({"if-none-match": ", ".join(f'"{n}"' for n in range(5000))}, 200),
    "other tag wins over date": ({"if-none-match": '"x"', "if-modified-since": AFTER}, 200),
    "same tag wins over date": ({"if-none-match": '"abc"', "if-modified-since": BEFORE}, 304),
    "malformed tag wins over date": ({"if-none-match": "x", "if-modified-since": AFTER}, 200),
    "since then": ({"if-modified-since": SAME}, 304),
    "since before": ({"if-modified-since": BEFORE}, 200),
    "since after": ({"if-modified-since": AFTER}, 304),
    "since the future": ({"if-modified-since": "Fri, 31 Dec 9999 23:59:59 GMT"}, 304),
    "since, RFC 850": ({"if-modified-since": "Sunday, 06-Nov-94 08:49:37 GMT"}, 304),
    "since, asctime": ({"if-modified-since": "Sun Nov  6 08:49:37 1994"}, 304),
    "since before, RFC 850": ({"if-modified-since": "Sunday, 06-Nov-94 08:49:36 GMT"}, 200),
    "since before, asctime": ({"if-modified-since": "Sun Nov  6 08:49:36 1994"}, 200),
    "since 1970": ({"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 200),
    "since garbage": ({"if-modified-since": "garbage"}, 200),
    "since 0": ({"if-modified-since": "0"}, 200),
    "since -1": ({"if-modified-since": "-1"}, 200),
    "since many digits": ({"if-modified-since": "9" * 5000}, 200),
    "since no such day": ({"if-modified-since": "Fri, 32 Nov 9999 08:49:37 GMT"}, 200),
    "since no such month": ({"if-modified-since": "Fri, 01 Foo 9999 08:49:37 GMT"}, 200),
    "since no such hour": ({"if-modified-since": "Fri, 01 Nov 9999 99:99:99 GMT"}, 200),
    "since the year 0": ({"if-modified-since": "Sat, 01 Jan 0000 00:00:00 GMT"}, 200),
    "since another zone": ({"if-modified-since": "Fri, 01 Jan 2038 00:00:00 +0100"}, 200),
    "match": ({"if-match": '"abc"'}, 200),
    "match star": ({"if-match": "*"}, 200),
    "match other": ({"if-match": '"x"'}, 412),
    "match is strong": ({"if-match": 'W/"abc"'}, 412),
    "unmodified since": ({"if-unmodified-since": SAME}, 200),
    "unmodified since before": ({"if-unmodified-since": BEFORE}, 412),
    "unmodified since garbage": ({"if-unmodified-since": "garbage"}, 200),
    "match wins over date": ({"if-match": '"abc"', "if-unmodified-since": BEFORE}, 200),
    "match, then none match": ({"if-match": '"abc"', "if-none-match": '"abc"'}, 304),
}


@pytest.mark.parametrize(("headers", "status"), CASES.values(), ids=CASES)
def test_condition(headers, status):
    """C114, C115, C116, C117: unchanged is 304, a failed precondition 412, everything else comes in full."""
    assert evaluate(headers, etag=ETAG, modified=MODIFIED) == status


def test_condition_in_several_header_lines():
    """A list may come in several lines."""
    fields = fields_of({"headers": [(b"if-none-match", b'"x"'), (b"if-none-match", b'"abc"')]})

    assert evaluate(fields, etag=ETAG, modified=MODIFIED) == 304
