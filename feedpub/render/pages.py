"""HTML pages: the only door to Jinja2."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup

from feedpub.model import Explanation, Feed, PageDocument, Site, Story
from feedpub.render import bidi
from feedpub.render.dates import Calendar
from feedpub.render.formats import FORMATS
from feedpub.render.gone import GONE_MARK
from feedpub.render.instants import rfc3339
from feedpub.render.linked_data import news_article
from feedpub.render.readers import app_address, readers
from feedpub.render.words import languages, source, words

# Not named by its hash: when it changes, the pages of years need not be written anew.
STYLESHEET = "assets/style.css"

Templates = tuple[tuple[str, str], ...]
"""Somebody's own templates: the names of files, in alphabetical order, each with its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """One feed in one format, as a page links to it."""

    title: str  # of the format
    type: str
    url: str
    path: str


def write(page: PageDocument, templates: Templates = ()) -> bytes:
    """Write a page in UTF-8; `templates` come before those that are part of the program."""
    try:
        return _environment(templates).get_template(f"{page.template}.html").render(_context(page)).encode()
    except (jinja2.TemplateError, TypeError) as error:  # somebody's own template
        raise ValueError(f"template: {error}") from error


def _context(page: PageDocument) -> dict[str, Any]:
    """Give a template what it may speak of."""
    calendar = Calendar(page.site.language, ZoneInfo(page.site.timezone))
    phrases = words(page.site.language)
    canonical = _canonical(page)
    entry = page.entries[0] if page.entries else None
    return {
        "page": page,
        "site": page.site,
        "entry": entry,
        "feeds": [(feed, _links(page.site, feed)) for feed in page.feeds],
        "days": _days(page.stories, calendar),
        "calendar": calendar,
        "words": phrases,
        "ours": _attributes(phrases.language, page.site.language),
        "readers": readers,
        "app_address": app_address,
        "gone_mark": GONE_MARK,
        "canonical": canonical,
        "linked_data": entry and news_article(entry, page.site, canonical=canonical),
        "root": _root(page),
        "stylesheet": STYLESHEET,
    }


def write_explanation(explanation: Explanation, *, title: str) -> str:
    """Write a page on how a bulletin was read, with its style in it."""
    style = _read("explanation.css")
    template = _environment(()).get_template("explanation.html")
    return template.render(explanation=explanation, title=title, style=Markup(style))  # noqa: S704  a file of ours


def read_stylesheet(templates: Templates = ()) -> bytes:
    """Read the stylesheet, which may be somebody's own."""
    return dict(templates).get("style.css", _read("style.css")).encode()


def digest_templates(templates: Templates = ()) -> str:
    """Digest templates and words; the stylesheet is a file of its own, which pages only name."""
    texts = {name: _read(name) for name in names() if name.endswith(".html")}
    texts.update((name, text) for name, text in templates if name.endswith(".html"))
    return hashlib.sha256("\n".join((*texts.values(), *map(source, languages()))).encode()).hexdigest()


@cache
def names() -> tuple[str, ...]:
    """Name the files that somebody's own can take the place of."""
    folder = resources.files(__package__).joinpath("templates")
    return tuple(sorted(e.name for e in folder.iterdir() if not e.name.startswith("explanation.")))


def mistake(name: str, text: str) -> tuple[int, str] | None:
    """Return the line and the reason why a template cannot be read, None when it can."""
    try:
        _environment(()).parse(text, name)
    except jinja2.TemplateSyntaxError as error:
        return error.lineno, error.message or "cannot be read"
    return None


def _read(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _root(page: PageDocument) -> str:
    """Return what leads from a page to the front page.

    A feed's page stands at the address of its feed as well, a level higher, so its links begin at the host.
    """
    if page.template == "feed":
        return urlsplit(page.site.url).path
    return "../" * page.path.count("/") or "./"


@cache
def _environment(templates: Templates) -> jinja2.Environment:
    """Make the environment, once for each set of templates."""
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.DictLoader(dict(templates)), jinja2.PackageLoader(__package__)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["attributes"] = _attributes
    environment.filters |= {
        "balanced": bidi.balanced,
        "direction": bidi.direction,
        "file_name": _file_name,
        "fill": _fill,
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


def _days(stories: Iterable[Story], calendar: Calendar) -> list[tuple[dt.date, list[Story]]]:
    """Group stories by the site's calendar day, in the order they come in."""
    days = groupby(stories, key=lambda story: calendar.day_of(story.lead.published))
    return [(day, list(group)) for day, group in days]


def _attributes(language: str, around: str, *, direction: bool = True) -> Markup:
    """Write the attributes of an element in a `language` that is not the one `around` it."""
    if language == around or around.lower().startswith(f"{language}-"):
        return Markup()
    turn = Markup(' dir="{}"').format(bidi.direction(language)) if direction else ""
    return Markup(' lang="{}"').format(language) + turn


def _fill(phrase: str, value: str) -> Markup:
    """Put a value into a phrase, escaped both."""
    return Markup.escape(phrase).format(value)


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
