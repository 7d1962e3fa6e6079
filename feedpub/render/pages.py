"""HTML pages: the only door to Jinja2."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup

from feedpub.model import Explanation, Feed, FeedEntry, PageDocument, Site
from feedpub.render.bidi import balanced, direction
from feedpub.render.formats import FORMATS
from feedpub.render.gone import GONE_MARK
from feedpub.render.instants import rfc3339

# Not named by its hash: when it changes, the pages of years need not be written anew.
STYLESHEET = "assets/style.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """One feed in one format, as a page links to it."""

    title: str  # of the format
    type: str
    url: str
    path: str


def write(page: PageDocument) -> bytes:
    """Write a page in UTF-8."""
    zone = ZoneInfo(page.site.timezone)
    text = _template(page.template).render(
        page=page,
        site=page.site,
        feeds=[(feed, _links(page.site, feed)) for feed in page.feeds],
        days=_days(page.entries, zone),
        withdrawn=page.withdrawn and page.withdrawn.astimezone(zone).date(),
        gone_mark=GONE_MARK,
        canonical=_canonical(page),
        root="../" * page.path.count("/") or "./",
        stylesheet=STYLESHEET,
    )
    return text.encode()


def write_explanation(explanation: Explanation, *, title: str) -> str:
    """Write a page on how a bulletin was read, with its style in it."""
    style = resources.files(__package__).joinpath("templates", "explanation.css").read_text(encoding="utf-8")
    return _template("explanation").render(explanation=explanation, title=title, style=Markup(style))  # noqa: S704  a file of ours


def read_stylesheet() -> bytes:
    """Read the stylesheet that is part of the program."""
    return resources.files(__package__).joinpath("templates", "style.css").read_bytes()


def digest_templates() -> str:
    """Digest the templates; the stylesheet is a file of its own, which pages only name."""
    folder = resources.files(__package__).joinpath("templates")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".html"))
    return hashlib.sha256(b"".join(folder.joinpath(name).read_bytes() for name in names)).hexdigest()


@cache
def _template(name: str) -> jinja2.Template:
    """Compile a template, once."""
    return _environment().get_template(f"{name}.html")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "balanced": balanced,
        "direction": direction,
        "file_name": _file_name,
        "host": _host,
        "rfc3339": rfc3339,
    }
    return environment


def _links(site: Site, feed: Feed) -> list[FeedLink]:
    """List the addresses of a feed, in the order in which its formats are configured."""
    links = []
    for name in feed.formats:
        form = FORMATS[name]
        path = form.path(feed.name)
        links.append(FeedLink(title=form.title, type=form.link_type, path=path, url=site.url + path))
    return links


def _days(entries: Iterable[FeedEntry], zone: ZoneInfo) -> list[tuple[dt.date, list[FeedEntry]]]:
    """Group entries by the site's calendar day, in the order they come in."""
    days = groupby(entries, key=lambda entry: entry.published.astimezone(zone).date())
    return [(day, list(group)) for day, group in days]


def _canonical(page: PageDocument) -> str:
    """Name the address search engines should show: an entry's own, which its feeds give too."""
    if page.template == "entry":
        return page.entries[0].url
    return page.site.url + page.path.removesuffix("index.html")


def _file_name(url: str) -> str:
    """Name a file as its address does, which may end in a slash."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2] or _host(url)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
