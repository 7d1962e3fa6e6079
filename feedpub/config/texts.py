"""Reads what stays text: titles, language tags, encodings, file patterns, names of feeds.

Every reader takes the text as written and raises ValueError when the text is none of its kind.
"""

from __future__ import annotations

import re

from feedpub.config.findings import WrongError, shown
from feedpub.languages import as_tag

_PARAMETER = re.compile("[A-Za-z0-9._-]{1,64}")
_FEED_NAME = re.compile("[a-z0-9][a-z0-9-]{0,63}")
_TEMPLATE_LENGTH = 64
_FEED_TEMPLATE = re.compile(r"(?=[^-])[a-z0-9-]*\{(category|language)\}[a-z0-9-]*")


def title(text: str) -> str:
    """Read one line of text that is not blank."""
    stripped = text.strip()
    if not stripped:
        raise WrongError("is blank", "write one line of text")
    if len(stripped.splitlines()) > 1:
        raise WrongError("has several lines", "write one line of text")
    return stripped


def phrase(text: str) -> str:
    """Read a keyword: words of which at least one has a letter or a figure."""
    if not any(map(str.isalnum, text)):
        raise ValueError("no letter to look for")
    return title(text)


def language_tag(text: str) -> str:
    """Read a BCP 47 language tag; return it with the letter case that RFC 5646 section 2.1.1 recommends."""
    if tag := as_tag(text):
        return tag
    if meant := as_tag(text.replace("_", "-")):
        raise WrongError(f"{shown(text)} is not a language tag", f"write {meant!r}")
    raise ValueError("not a language tag")


def encoding(text: str) -> str:
    """Read the name of a text encoding that Python knows."""
    try:
        b"x".decode(text, "replace")  # refuses what codecs.lookup finds and is no text encoding, such as zlib
    except (LookupError, UnicodeError) as error:
        raise ValueError("not a text encoding") from error
    return text


def file_pattern(text: str) -> str:
    """Read a pattern such as ``**/*.txt`` for paths under a folder."""
    for part in text.split("/"):
        if part in ("", ".", "..") or ("**" in part and part != "**"):  # pathlib refuses "**.txt"
            raise ValueError("not a pattern for paths under a folder")
    return text


def former_address(text: str) -> str:
    """Read a name that a feed had, or a path of this site that led to it."""
    if text.startswith("/") and text.isprintable() and not set(text) & set("?#\\") and "//" not in text:
        return text
    return feed_name(text)


def parameter_name(text: str) -> str:
    """Read the name of a parameter in the query of an address."""
    if not _PARAMETER.fullmatch(text):
        raise ValueError("not the name of a parameter")
    return text


def feed_or_template(text: str) -> str:
    """Read the name of a feed, or of a template that makes a feed for each category or language."""
    if "{" not in text and "}" not in text:
        return feed_name(text)
    if not _FEED_TEMPLATE.fullmatch(text) or len(text) > _TEMPLATE_LENGTH:
        raise WrongError(
            f"{shown(text)} is not the name of a template",
            "write letters a to z, digits, hyphens, and {category} or {language} once, as topic-{category}",
        )
    return text


def feed_name(text: str) -> str:
    """Read the name of a feed, which becomes part of its files' names and addresses."""
    if not _FEED_NAME.fullmatch(text):
        raise ValueError("not the name of a feed")
    return text
