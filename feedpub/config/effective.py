"""The configuration in the words of the model, with everything filled in that a feed takes from its site."""

from __future__ import annotations

from collections.abc import Iterator

from feedpub.config.models import AuthorConfig, Config, CriteriaConfig, FeedConfig
from feedpub.config.patterns import placeholder_of
from feedpub.model import Criteria, Edits, Feed, Keywords, Person, Role, Site

_ROLES: dict[str, frozenset[Role]] = {
    "stories": frozenset({Role.LEAD, Role.TEASER}),
    "leads": frozenset({Role.LEAD}),
    "teasers": frozenset({Role.TEASER}),
    "bulletins": frozenset(),
}


def as_site(config: Config) -> Site:
    """Return the publisher; without an author the site is its own."""
    site = config.site
    author = _as_person(site.author) if site.author else Person(name=site.title)
    own = own_hub(config)
    return Site(
        title=site.title,
        url=site.url,
        language=site.language,
        author=author,
        timezone=site.timezone.key,
        feed_style=config.output.feed_style,
        in_ascii=config.output.ascii,
        hubs=tuple(dict.fromkeys((*([own] if own else []), *config.websub.hubs))),
    )


def own_hub(config: Config) -> str | None:
    """Return the address of the own hub, if there shall be one."""
    return f"{config.site.url}hub" if config.websub.hub else None


def as_feeds(config: Config) -> tuple[Feed, ...]:
    """Return the feeds in the order of the file, without templates."""
    return tuple(feed for feed in _all(config) if not feed.placeholder)


def as_patterns(config: Config) -> tuple[Feed, ...]:
    """Return the templates that make feeds, in the order of the file."""
    return tuple(feed for feed in _all(config) if feed.placeholder)


def _all(config: Config) -> Iterator[Feed]:
    site = as_site(config)
    for name, feed in config.feeds.items():
        yield _as_feed(name, feed, site=site)


def _as_feed(name: str, feed: FeedConfig, *, site: Site) -> Feed:
    title = _titled(name, feed.title or site.title)
    return Feed(
        name=name,
        title=title,
        description=feed.description or title,  # not a sentence of ours: it would be in one language
        language=feed.language or site.language,
        author=_as_person(feed.author) if feed.author else site.author,
        formats=feed.formats,
        roles=_ROLES[feed.shape],
        full_content=feed.content == "full",
        max_entries=feed.limit.entries,
        max_bytes=feed.limit.bytes,
        keep=feed.limit.keep_at_least,
        edits=Edits(feed.edits),
        select=_as_criteria(feed.select, site=site),
        exclude=_as_criteria(feed.exclude, site=site),
        categories=feed.categories,
        rights=feed.rights,
        icon=feed.icon,
        image=feed.image,
        ttl_minutes=round(feed.ttl.total_seconds() / 60) if feed.ttl else None,
        link_parameters=tuple(feed.link_parameters.items()),
        at_most=feed.at_most,
        unnamed_language=site.language if placeholder_of(name) else "",
    )


def _titled(name: str, title: str) -> str:
    """Return a title that tells the feeds of a template from each other."""
    placeholder = placeholder_of(name)
    return f"{title} – {placeholder}" if placeholder and placeholder not in title else title


def _as_criteria(criteria: CriteriaConfig, *, site: Site) -> Criteria:
    words, languages = criteria.keywords, criteria.languages
    if any(f"{site.language}-".lower().startswith(f"{wanted}-".lower()) for wanted in languages):
        languages = (*languages, "")  # entries in the site's language do not name it
    return Criteria(
        roles=tuple(Role(role) for role in criteria.role),
        categories=criteria.categories,
        keywords=Keywords(any=words.any, all=words.all, none=words.none),
        authors=criteria.authors,
        languages=languages,
        sources=criteria.sources,
        newer_than=criteria.newer_than,
        older_than=criteria.older_than,
    )


def _as_person(author: AuthorConfig) -> Person:
    return Person(name=author.name, email=author.email)
