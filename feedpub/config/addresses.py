"""Reads what says where something is: folders, the store, web addresses, hosts, mailboxes.

Every reader takes the text as written and raises ValueError when the text is none of its kind. Addresses may
hold passwords, so no message repeats one.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from feedpub.config.findings import WrongError

_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*", re.IGNORECASE | re.ASCII)
_URL_PATH = re.compile(r"([A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*")  # RFC 3986 section 3.3
_NOT_IN_URLS = re.compile(r"[\s\\\x00-\x20\x7f]")
_MAILBOX = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_HOST_NAME.pattern}", re.IGNORECASE | re.ASCII)

SQLITE = "sqlite:///"

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


def web_address(text: str) -> str:
    """Read an absolute http or https URL; return it in ASCII and without a default port."""
    parts = _split(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongError("is not an absolute web address", "write it as https://news.example.org/")
    if parts.username is not None or parts.password is not None:
        raise WrongError(
            "holds a user name or password", "every reader of every feed would see it; leave it out"
        )
    if not _URL_PATH.fullmatch(parts.path):
        raise WrongError(
            "holds a character that addresses cannot", "write it percent-encoded, as %C3%A9 for é"
        )
    return parts._replace(netloc=_authority(parts)).geturl()


def picture_address(text: str) -> str:
    """Read the address of a picture in a format that RSS knows."""
    address = web_address(text)
    if not urlsplit(address).path.lower().endswith((".png", ".jpg", ".jpeg", ".gif")):
        raise ValueError("not a picture that readers of RSS show")
    return address


def site_address(text: str) -> str:
    """Read the address that every link starts with; return it in ASCII with a slash at the end."""
    if "?" in text or "#" in text:
        raise WrongError(
            "has a '?' or '#' part", "every link starts with it; write it as https://news.example.org/"
        )
    address = web_address(text)
    return address if address.endswith("/") else f"{address}/"


def host(text: str) -> str:
    """Read a host name or IP address; return it as written."""
    if not _is_host(text):
        raise ValueError("not a host")
    return text


def network(text: str) -> Network:
    """Read the address of a network, or of one machine."""
    return ipaddress.ip_network(text)


def mailbox(text: str) -> str:
    """Read an e-mail address of the shape that browsers accept (HTML, section 4.10.5.1.5)."""
    if not _MAILBOX.fullmatch(text):
        raise ValueError("not an e-mail address")
    return text


def folder(text: str) -> Path:
    """Read the path of a folder; a relative one stays relative."""
    if not text.strip() or "://" in text:
        raise WrongError(
            "is not a folder of this machine", "write its path, relative to this file or absolute"
        )
    if text.startswith("~"):
        raise WrongError("starts with '~', which only shells expand", "write ${HOME} in its place")
    return Path(text)


def sqlite_address(text: str) -> Path:
    """Read the URL of an SQLite file; return the path of the file."""
    path = text.removeprefix(SQLITE)
    if path == text or not path.strip("/") or path.endswith("/") or re.search(r"[?#]|^:memory:$|^~", path):
        raise WrongError("is not the address of an SQLite file", "write it as sqlite:///state/feedpub.db")
    return Path(path)


def _split(text: str) -> SplitResult:
    # urlsplit drops tabs and line ends without a word.
    if _NOT_IN_URLS.search(text):
        raise WrongError(
            "holds a space or another character that addresses cannot", "write it percent-encoded, as %20"
        )
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise WrongError("is not a web address", "write it as https://news.example.org/") from error
    return parts


def _authority(parts: SplitResult) -> str:
    name = _ascii_host(parts.hostname or "")
    if ":" in name:
        name = f"[{name}]"
    default = {"http": 80, "https": 443}[parts.scheme]
    return name if parts.port in (None, default) else f"{name}:{parts.port}"


def _ascii_host(name: str) -> str:
    """Return a host in lower case, an internationalised one as punycode.

    Python knows IDNA 2003 alone, which maps letters such as ß away, to a different host; those are refused.
    """
    try:
        ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
        same = name.isascii() or ascii_name.encode("ascii").decode("idna") == name.lower()
    except UnicodeError:
        same = False
    if not same or not _is_host(ascii_name):
        raise WrongError(
            "has a host that cannot be", "write an international name in its ASCII form, as xn--…"
        )
    return ascii_name.lower()


def _is_host(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return len(text) <= 253 and _HOST_NAME.fullmatch(text) is not None
    return True
