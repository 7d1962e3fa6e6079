"""config.yaml as a tree of pydantic models; each field's description is its documentation.

Defaults are written as in the file and read like it, so that the schema shows them as people write them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import GenerateJsonSchema

from feedpub.config import addresses, choices, fields


def _required(description: str, *, min_length: int | None = None) -> Any:  # noqa: ANN401  as pydantic.Field
    """Declare a field that has no default."""
    return Field(description=description, min_length=min_length)


def _optional(default: object, description: str, *, min_length: int | None = None) -> Any:  # noqa: ANN401  ditto
    """Declare a field whose default is what the file would say; only numbers and booleans are themselves."""
    if isinstance(default, int):
        return Field(default=default, description=description)
    return Field(default=default, description=description, min_length=min_length, validate_default=True)


class Section(BaseModel):
    """A mapping with known keys; one with nothing in it stands for its defaults."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_default(cls, value: object) -> object:
        return {} if value is None else value


class AuthorConfig(Section):
    """Who writes."""

    name: fields.Title = _required("name of a person or newsroom")
    email: fields.Email | None = _optional(None, "public e-mail address")


class SiteConfig(Section):
    """The publisher."""

    title: fields.Title = _required("name of the site, at the head of every page")
    url: fields.SiteUrl = _required("absolute address of the output folder; every link starts with it")
    language: fields.Language = _optional("en", "language of the bulletins (BCP 47)")
    timezone: fields.TimeZone = _optional("UTC", "time zone of the bulletins' dates (IANA)")
    publish_time: fields.TimeOfDay = _optional("06:00", "time of day for bulletins with a date and no time")
    author: AuthorConfig | None = _optional(None, "who writes; by default the site's title")


class InputConfig(Section):
    """Where bulletins come from."""

    folder: fields.Folder = _optional("input", "folder that bulletins are dropped in")
    include: tuple[fields.FilePattern, ...] = _optional(
        ("**/*.txt", "**/*.md", "**/*.html", "**/*.eml"),
        "which of its files are bulletins",
        min_length=1,
    )
    removed: choices.Removal = _optional(
        "withdraw", "what happens to the entries of a bulletin that is deleted"
    )
    max_size: fields.ByteSize = _optional("5MiB", "larger files are rejected")
    max_media_size: fields.ByteSize = _optional("50MiB", "larger pictures and enclosures are refused")
    hold_below: fields.Share = _optional(0, "bulletins parsed with less certainty (0 to 1) wait for approval")
    encoding: tuple[fields.Encoding, ...] = _optional(
        ("windows-1252",), "encodings tried, in order, for files that are not UTF-8"
    )
    settle: fields.QuietTime = _optional(
        "0.5s", "a file written in place is taken in after so long without a change"
    )


class OutputConfig(Section):
    """Where feeds go."""

    folder: fields.Folder = _optional("output", "folder that any web server can serve")
    pages: fields.Boolean = _optional(True, "false: feeds alone, no HTML pages")
    templates: fields.Folder | None = _optional(
        None, "folder with templates of your own, each instead of feedpub's of the same name"
    )
    feed_style: fields.Boolean = _optional(
        False, "RSS and Atom name a stylesheet, for browsers that a static host sends the feed itself"
    )
    ascii: fields.Boolean = _optional(
        False, "feeds and their list in ASCII alone, for hosts that name another charset than UTF-8, or none"
    )
    compress: fields.Boolean = _optional(
        True, "what is asked for often lies there as .gz, .br and .zst too, for web servers that send those"
    )


class StoreConfig(Section):
    """What is remembered."""

    url: fields.SqliteUrl = _optional(
        "sqlite:///state/feedpub.db", "database that remembers what was published"
    )
    media: fields.Folder = _optional("state/media", "folder of the files that came with bulletins")

    @property
    def path(self) -> Path:
        """The absolute path of the SQLite file."""
        return Path(self.url.removeprefix(addresses.SQLITE))


class ScheduleConfig(Section):
    """What happens by the clock."""

    rescan: fields.Interval = _optional(
        "60s", "how often the input folder is read as a whole, beside the file events"
    )
    probe: fields.Rhythm | None = _optional(
        None,
        "how often the feeds are asked for at their public addresses, as readers do; by default every 15m, "
        "and not at all while site.url is a placeholder or leads to this machine alone",
    )


class ClientsConfig(Section):
    """What clients of the built-in web server may take."""

    connections: fields.Connections = _optional(1000, "most connections at once")
    requests_per_second: fields.Rate = _optional(
        20, "requests of one address that are answered, on average; 0 for any number"
    )
    request_time: fields.Patience = _optional("10s", "time in which a request must be whole")
    send_time: fields.Patience = _optional("30s", "time in which an answer must go on")
    idle_time: fields.Patience = _optional("15s", "time for which a connection without a request is kept")


class ServerConfig(Section):
    """The built-in web server."""

    host: fields.Host = _optional("127.0.0.1", "address to listen on; 0.0.0.0 for all")
    port: fields.Port = _optional(8080, "TCP port to listen on")
    browser_view: fields.Boolean = _optional(True, "browsers are shown a page at the address of a feed")
    trusted_proxies: tuple[fields.Network, ...] = _optional(
        ("127.0.0.1", "::1"), "proxies whose word on the client's address counts (X-Forwarded-For, Forwarded)"
    )
    access_log: fields.LogFile | None = _optional(
        None, "file that gets a line of JSON for each answer, without addresses; by default none"
    )
    clients: ClientsConfig = _optional({}, "what clients may take")


class AdminConfig(Section):
    """The address for those who run feedpub, beside the one for readers."""

    host: fields.Host = _optional("127.0.0.1", "address to listen on; keep it away from the public")
    port: fields.Port | None = _optional(None, "TCP port to listen on, for /metrics; none without one")


class StatsConfig(Section):
    """What is counted of readers."""

    folder: fields.Folder = _optional("state/stats", "folder for the counts, a small file for each day")


class LeaseConfig(Section):
    """How long a subscription to the own hub lasts."""

    default: fields.Lease = _optional("240h", "for subscribers that ask for no duration")
    min: fields.Lease = _optional("5m", "for those that ask for less")
    max: fields.Lease = _optional("720h", "for those that ask for more")


class SubscriptionsConfig(Section):
    """How many subscriptions the own hub takes."""

    total: fields.Quantity = _optional(10_000, "most of them")
    per_host: fields.Quantity = _optional(1_000, "most of them with callbacks at one host")


class WebsubConfig(Section):
    """Push to subscribers (W3C WebSub)."""

    hubs: tuple[fields.HubUrl, ...] = _optional((), "hubs of others to tell about changes")
    hub: fields.Boolean = _optional(
        False, "true: an own hub at the path hub below site.url, which brings changes to subscribers itself"
    )
    allow_private: tuple[fields.Network, ...] = _optional(
        (), "private networks in which the own hub may call subscribers, such as 10.0.0.0/8"
    )
    lease: LeaseConfig = _optional({}, "how long a subscription to the own hub lasts")
    subscriptions: SubscriptionsConfig = _optional({}, "how many subscriptions the own hub takes")


class LimitConfig(Section):
    """How long a feed may get."""

    entries: fields.Count = _optional(50, "most entries in one document")
    bytes: fields.ByteSize = _optional("512KiB", "largest size of one document")
    keep_at_least: fields.Stay | None = _optional(
        None, "entries published so recently stay beyond `entries`, as long as there is room in `bytes`"
    )


class KeywordsConfig(Section):
    """Words and phrases in title and text; case and accents do not matter, ``*`` stands for any letters."""

    any: fields.Phrases = _optional((), "at least one of these")
    all: fields.Phrases = _optional((), "each of these")
    none: fields.Phrases = _optional((), "none of these")

    @model_validator(mode="before")
    @classmethod
    def _list_means_any(cls, value: object) -> object:
        return {"any": value} if isinstance(value, (str, list)) else value


class CriteriaConfig(Section):
    """Which entries; what is left out does not matter. A single value may stand for a list of one."""

    role: fields.Roles = _optional((), "lead or teaser")
    categories: fields.Names = _optional((), "in one of these categories")
    keywords: KeywordsConfig = _optional({}, "words and phrases; a list means any of them")
    authors: fields.Names = _optional((), "by one of these authors")
    languages: fields.Languages = _optional((), "in one of these languages; de also means de-AT")
    sources: fields.Sources = _optional((), "from files whose path under the input folder is of this form")
    newer_than: fields.Age | None = _optional(None, "published no longer ago than this, such as 30d")
    older_than: fields.Age | None = _optional(None, "published longer ago than this")


class FeedConfig(Section):
    """One feed."""

    title: fields.Title | None = _optional(None, "name of the feed; by default the site's title")
    description: fields.Title | None = _optional(None, "one line about it; by default its title")
    language: fields.Language | None = _optional(None, "its language; by default the site's")
    author: AuthorConfig | None = _optional(None, "who writes it; by default the site's author")
    formats: choices.Formats = _optional(("rss", "atom", "json"), "formats it is published in")
    moved_from: tuple[fields.FormerAddress, ...] = _optional(
        (), "names it had, or paths such as /rss.xml; the server redirects from there"
    )
    shape: choices.Shape = _optional(
        "stories", "what its entries are: stories (all), leads, teasers, bulletins"
    )
    limit: LimitConfig = _optional({}, "how long it may get")
    content: choices.Content = _optional("full", "full text, or a summary of each entry")
    edits: choices.Edits = _optional(
        "update",
        "how edited entries reach readers: update (moves their date), silent (keeps it), "
        "reissue (as new ones)",
    )
    at_most: fields.Count = _optional(200, "how many feeds an entry such as topic-{category} makes at most")
    categories: fields.Names = _optional((), "categories of the feed as a whole")
    rights: fields.Title | None = _optional(None, "who holds which rights, one line")
    icon: fields.WebAddress | None = _optional(None, "address of a small square picture")
    image: fields.Picture | None = _optional(None, "address of a picture, PNG, JPEG or GIF")
    ttl: fields.TimeToLive | None = _optional(None, "how long readers may wait before they ask again (RSS)")
    link_parameters: dict[fields.ParameterName, fields.Title] = _optional(
        {}, "added to the query of every entry's link, such as {utm_source: rss}"
    )
    select: CriteriaConfig = _optional({}, "which entries it takes: those that meet all of it")
    exclude: CriteriaConfig = _optional({}, "which of these it leaves out: those that meet any of it")


class Config(Section):
    """The whole of config.yaml."""

    site: SiteConfig = _required("the publisher")
    input: InputConfig = _optional({}, "where bulletins come from")
    output: OutputConfig = _optional({}, "where feeds go")
    store: StoreConfig = _optional({}, "what is remembered")
    schedule: ScheduleConfig = _optional({}, "what happens by the clock")
    server: ServerConfig = _optional({}, "the built-in web server")
    admin: AdminConfig = _optional({}, "the address for those who run feedpub")
    stats: StatsConfig = _optional({}, "what is counted of readers")
    websub: WebsubConfig = _optional({}, "push to subscribers")
    feeds: fields.ByName[FeedConfig] = _required("the feeds by name, at least one", min_length=1)


class _PlainTitles(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes from field names; the names say the same."""

    def field_title_should_be_set(self, _schema: object) -> bool:
        return False


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of config.yaml."""
    generated = Config.model_json_schema(schema_generator=_PlainTitles)
    return {"$schema": _PlainTitles.schema_dialect, **generated, "title": "feedpub config.yaml"}
