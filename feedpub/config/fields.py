"""The types of the fields of config.yaml: a Python type, and the kind of value it is read from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from feedpub.config import addresses, measures, texts
from feedpub.config.kinds import Kind, one_of

T = TypeVar("T")


def _beside_config(path: Path, info: ValidationInfo[Path]) -> Path:
    """Make a path absolute; the validation's context is the folder of the config file."""
    assert info.context is not None
    return (info.context / path).absolute()


def _sqlite_beside_config(path: Path, info: ValidationInfo[Path]) -> str:
    return addresses.SQLITE + str(_beside_config(path, info))


_TEXT = {"type": "string"}

Title = Annotated[str, Kind("a title", "write one line of text", texts.title, _TEXT)]
Language = Annotated[
    str, Kind("a language tag", "write a BCP 47 tag such as en, de-AT, zh-Hant", texts.language_tag, _TEXT)
]
TimeZone = Annotated[
    ZoneInfo, Kind("a time zone", "write its IANA name, such as Europe/Sofia", measures.timezone, _TEXT)
]
TimeOfDay = Annotated[
    dt.time,
    Kind(
        "a time of day",
        'write hours and minutes, as "06:00"',
        measures.time_of_day,
        {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"},
    ),
]
Boolean = Annotated[bool, Kind("true or false", "write true or false", measures.boolean, {"type": "boolean"})]
Share = Annotated[
    float,
    Kind(
        "a number from 0 to 1",
        "write one such as 0.75",
        measures.within(measures.decimal_number, 0.0, 1.0),
        {"type": "number", "minimum": 0, "maximum": 1},
    ),
]
Port = Annotated[
    int,
    Kind(
        "a port",
        "1 to 65535 are",
        measures.within(measures.whole_number, 1, 65535),
        {"type": "integer", "minimum": 1, "maximum": 65535},
    ),
]
Count = Annotated[
    int,
    Kind(
        "a number of entries",
        "write a whole number from 1 to 10000",
        measures.within(measures.whole_number, 1, 10_000),
        {"type": "integer", "minimum": 1, "maximum": 10_000},
    ),
]
Quantity = Annotated[
    int,
    Kind(
        "a number",
        "write a whole number from 1 to 1000000",
        measures.within(measures.whole_number, 1, 1_000_000),
        {"type": "integer", "minimum": 1, "maximum": 1_000_000},
    ),
]
Connections = Annotated[
    int,
    Kind(
        "a number of connections",
        "write a whole number from 10 to 100000",
        measures.within(measures.whole_number, 10, 100_000),
        {"type": "integer", "minimum": 10, "maximum": 100_000},
    ),
]
Rate = Annotated[
    float,
    Kind(
        "a number of requests",
        "write a number up to 100000, or 0 for any number",
        measures.within(measures.decimal_number, 0.0, 100_000.0),
        {"type": "number", "minimum": 0, "maximum": 100_000},
    ),
]
ByteSize = Annotated[
    int,
    Kind(
        "a size",
        "write bytes, or 512KiB, 5MiB, up to 1GiB",
        measures.within(measures.size, 1, 1024**3),
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 1024**3},
                {"type": "string", "pattern": "^[0-9]+(KiB|MiB|GiB)?$"},
            ]
        },
    ),
]


def _duration(low: str, high: str, allowed: str = "write it as 500ms, 60s, 5m or 24h") -> Kind[dt.timedelta]:
    read = measures.within(measures.duration, measures.duration(low), measures.duration(high))
    pattern = r"^[0-9]+(\.[0-9]+)?(ms|s|m|h|d)$"
    return Kind(f"a duration from {low} to {high}", allowed, read, {"type": "string", "pattern": pattern})


TimeToLive = Annotated[dt.timedelta, _duration("1m", "168h")]
Age = Annotated[dt.timedelta, _duration("1m", "36500d", "write it as 90m, 24h or 30d")]
Stay = Annotated[dt.timedelta, _duration("1m", "8760h")]
Interval = Annotated[dt.timedelta, _duration("1s", "24h")]
Rhythm = Annotated[
    dt.timedelta,
    Kind(
        "a duration from 1s to 24h, or off",
        "write it as 60s, 15m or 24h, or off",
        measures.or_off(
            measures.within(measures.duration, measures.duration("1s"), measures.duration("24h"))
        ),
        {"type": "string", "pattern": r"^([0-9]+(\.[0-9]+)?(ms|s|m|h|d)|off)$"},
    ),
]
Lease = Annotated[dt.timedelta, _duration("1s", "8760h")]
Patience = Annotated[dt.timedelta, _duration("1s", "10m")]
QuietTime = Annotated[dt.timedelta, _duration("0s", "1h")]

Folder = Annotated[
    Path,
    Kind("a folder", "write its path, relative to this file or absolute", addresses.folder, _TEXT),
    AfterValidator(_beside_config),
]
LogFile = Annotated[
    Path,
    Kind("a file", "write its path, relative to this file or absolute", addresses.folder, _TEXT),
    AfterValidator(_beside_config),
]
SqliteUrl = Annotated[
    str,
    Kind(
        "the address of a store",
        "write it as sqlite:///state/feedpub.db",
        addresses.sqlite_address,
        {"type": "string", "pattern": "^sqlite:///"},
    ),
    AfterValidator(_sqlite_beside_config),
]
SiteUrl = Annotated[
    str,
    Kind(
        "a web address",
        "write it as https://news.example.org/",
        addresses.site_address,
        {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^?#]+$"},
    ),
]
WebAddress = Annotated[
    str,
    Kind("a web address", "write it as https://news.example.org/icon.png", addresses.web_address, _TEXT),
]
Picture = Annotated[
    str,
    Kind(
        "the address of a picture",
        "write it as https://news.example.org/logo.png; .png, .jpg, .jpeg and .gif are",
        addresses.picture_address,
        _TEXT,
    ),
]
ParameterName = Annotated[
    str,
    Kind(
        "the name of a parameter",
        "write letters a to z, digits, hyphens, dots and underscores, as utm_source",
        texts.parameter_name,
        {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
        may_refer=False,
    ),
]
HubUrl = Annotated[
    str,
    Kind("a web address", "write it as https://hub.example.org/", addresses.web_address, _TEXT),
]
Network = Annotated[
    addresses.Network,
    Kind(
        "a network",
        "write it as 10.0.0.0/8 or fd00::/8, or one address as 10.1.2.3",
        addresses.network,
        _TEXT,
    ),
]
Host = Annotated[
    str, Kind("a host", "write a name or an IP address, as 127.0.0.1 or ::1", addresses.host, _TEXT)
]
Email = Annotated[
    str,
    Kind(
        "an e-mail address",
        "write it as desk@example.org",
        addresses.mailbox,
        {"type": "string", "pattern": "@"},
    ),
]

FilePattern = Annotated[
    str, Kind("a file pattern", 'write it as "**/*.txt", relative to the folder', texts.file_pattern, _TEXT)
]
Encoding = Annotated[
    str,
    Kind("a text encoding", "write a name such as windows-1252, iso-8859-2, koi8-r", texts.encoding, _TEXT),
]
FeedName = Annotated[
    str,
    Kind(
        "the name of a feed",
        "write up to 64 letters a to z, digits and hyphens, no hyphen first",
        texts.feed_or_template,
        {
            "type": "string",
            "pattern": "^([a-z0-9][a-z0-9-]{0,63}|[a-z0-9-]*\\{(category|language)\\}[a-z0-9-]*)$",
        },
        may_refer=False,
    ),
]

FormerAddress = Annotated[
    str,
    Kind(
        "a former name or path",
        "write the name the feed had, or a path that begins with a slash, as /rss.xml",
        texts.former_address,
        {"type": "string", "pattern": "^([a-z0-9][a-z0-9-]{0,63}|/.+)$"},
    ),
]

ByName = Annotated[dict[FeedName, T], Field(json_schema_extra={"additionalProperties": False})]


def _listed(value: object) -> object:
    """Let one value stand for a list of one."""
    return [value] if isinstance(value, str) else value


Roles = Annotated[
    tuple[Annotated[Literal["lead", "teaser"], one_of("a role", "lead", "teaser")], ...],
    BeforeValidator(_listed),
]
Names = Annotated[
    tuple[Annotated[str, Kind("a name", "write one line of text", texts.title, _TEXT)], ...],
    BeforeValidator(_listed),
]
Phrases = Annotated[
    tuple[
        Annotated[
            str, Kind("a keyword", "write a word or a phrase, as harbour or elect*", texts.phrase, _TEXT)
        ],
        ...,
    ],
    BeforeValidator(_listed),
]
Languages = Annotated[tuple[Language, ...], BeforeValidator(_listed)]
Sources = Annotated[tuple[FilePattern, ...], BeforeValidator(_listed)]
