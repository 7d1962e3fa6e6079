"""Documents into resources: one module per output format behind one `render`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from feedpub.exceptions import RenderError
from feedpub.model import Archive, Explanation, Feed, FeedDocument, PageDocument, Resource, Site
from feedpub.render.excerpt import fingerprints, without_entries
from feedpub.render.feed_style import FEED_STYLE, read_style
from feedpub.render.formats import FORMATS, Format
from feedpub.render.gate import check
from feedpub.render.gone import Gone, is_gone, read_gone
from feedpub.render.lists import OPML, write_opml, write_sitemap, write_sitemap_index
from feedpub.render.places import feed_at
from feedpub.render.plain_ascii import xml_in_ascii
from feedpub.render.readback import ReadEntry, ReadFeed

__all__ = [
    "FORMATS",
    "OPML",
    "Format",
    "Gone",
    "ReadEntry",
    "ReadFeed",
    "RenderedPages",
    "Templates",
    "check",
    "feed_at",
    "feed_path",
    "feed_style_resource",
    "fingerprints",
    "is_gone",
    "page_look",
    "read_back",
    "read_gone",
    "release",
    "render",
    "render_explanation",
    "render_opml",
    "render_page",
    "render_pages",
    "render_sitemap",
    "render_sitemap_index",
    "static_resources",
    "template_faults",
    "without_entries",
]

Templates = tuple[tuple[str, str], ...]  # as in `pages`, which is imported late
RenderedPages = tuple[list[Resource], list[tuple[str, str]]]  # and the paths of those that failed, and why
_XML = "application/xml; charset=utf-8"


def feed_path(name: str, format: str, archive: Archive | None = None) -> str:  # noqa: A002  the word of the configuration
    """Name the file of a feed, or of an archive of it, in one of `FORMATS`, relative to the output folder."""
    return FORMATS[format].path(name, archive)


def render(document: FeedDocument, format: str) -> Resource:  # noqa: A002  the word of the configuration
    """Render a feed in one of `FORMATS`; raises RenderError when its text cannot be written."""
    chosen = FORMATS[format]
    path = chosen.path(document.feed.name, document.archive)
    try:
        content = chosen.write(document, url=document.site.url + path)
    except ValueError as error:  # lxml and the encoder refuse what XML forbids
        raise RenderError(path, str(error)) from error
    if document.site.in_ascii:
        content = chosen.in_ascii(content)
    return Resource(path=path, content=content, media_type=chosen.media_type)


def release(document: FeedDocument | None) -> list[Resource]:
    """Render a document in all its formats and hold them against the gate; nothing where there is none.

    Raises RenderError when one of them must not be published.
    """
    if document is None:
        return []
    resources = [render(document, name) for name in document.feed.formats]
    for resource in resources:
        check(resource, document)
    return resources


def read_back(resource: Resource) -> ReadFeed | None:
    """Read a feed's bytes as its subscribers do; None for what is no feed.

    Raises ValueError when they are damaged.
    """
    suffix = resource.path.rpartition(".")[2]
    form = next((form for form in FORMATS.values() if form.suffix == suffix), None)
    return form.read(resource.content) if form else None


def render_page(page: PageDocument, templates: Templates = ()) -> Resource:
    """Render an HTML page; raises RenderError when its text cannot be written.

    `templates` are somebody's own, by the names of files, and come before those of the program.
    """
    from feedpub.render import pages  # noqa: PLC0415  Jinja2 takes 100 ms that most commands never need

    try:
        content = pages.write(page, templates)
    except ValueError as error:  # lone surrogates have no UTF-8; or a template of somebody's own
        raise RenderError(page.path, str(error)) from error
    return Resource(path=page.path, content=content, media_type="text/html; charset=utf-8")


def render_pages(job: tuple[Sequence[PageDocument], Templates]) -> RenderedPages:
    """Render pages with some templates; those that cannot be are told of, with the reasons."""
    documents, templates = job
    pages, failed = [], []
    for document in documents:
        try:
            pages.append(render_page(document, templates))
        except RenderError as error:
            failed.append((document.path, str(error)))
    return pages, failed


def page_look(templates: Templates = ()) -> str:
    """Name how pages look now: another name means that pages written before look different."""
    from feedpub.render import pages  # noqa: PLC0415  as above

    return pages.digest_templates(templates)


def render_explanation(explanation: Explanation, *, title: str) -> str:
    """Render how a bulletin was read as an HTML page that needs no other file."""
    from feedpub.render import pages  # noqa: PLC0415  as above

    return pages.write_explanation(explanation, title=title)


def static_resources(templates: Templates = ()) -> tuple[Resource, ...]:
    """Give what all pages share: the stylesheet."""
    from feedpub.render import pages  # noqa: PLC0415  as above

    content = pages.read_stylesheet(templates)
    return (Resource(path=pages.STYLESHEET, content=content, media_type="text/css; charset=utf-8"),)


def feed_style_resource(templates: Templates = ()) -> Resource:
    """Give the stylesheet that feeds can name, which may be somebody's own."""
    content = dict(templates).get("feed.css", read_style()).encode()
    return Resource(path=FEED_STYLE, content=content, media_type="text/css; charset=utf-8")


def template_faults(templates: Templates) -> list[tuple[str, int | None, str]]:
    """Hold somebody's own templates against the program; list name, line and what is wrong."""
    from feedpub.render import trial  # noqa: PLC0415  as above

    return list(trial.faults(templates))


def render_opml(site: Site, feeds: Sequence[Feed], *, pages: bool) -> Resource:
    """Render the list of all feeds, which a reader takes as a whole."""
    content = write_opml(site, feeds, pages=pages)
    if site.in_ascii:
        content = xml_in_ascii(content)
    return Resource(path=OPML, content=content, media_type="text/x-opml; charset=utf-8")


def render_sitemap(path: str, pages: Iterable[tuple[str, dt.datetime | None]]) -> Resource:
    """Render a sitemap: absolute addresses of pages with the instants at which they last changed."""
    return Resource(path=path, content=write_sitemap(pages), media_type=_XML)


def render_sitemap_index(path: str, sitemaps: Iterable[str]) -> Resource:
    """Render a list of sitemaps by their absolute addresses."""
    return Resource(path=path, content=write_sitemap_index(sitemaps), media_type=_XML)
