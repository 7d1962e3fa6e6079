"""What search engines are told about a page (schema.org, in JSON-LD)."""

from __future__ import annotations

from typing import Any

from feedpub.model import FeedEntry, Site
from feedpub.render.instants import rfc3339

_HEADLINE = 110  # characters, beyond which Google cuts


def news_article(entry: FeedEntry, site: Site, *, canonical: str) -> dict[str, Any]:
    """Describe an entry as a NewsArticle."""
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": entry.title[:_HEADLINE],
        "description": entry.summary,
        "url": canonical,
        "mainEntityOfPage": canonical,
        "identifier": entry.id,
        "datePublished": rfc3339(entry.published),
        "dateModified": rfc3339(entry.updated),
        "inLanguage": entry.language or site.language,
        "author": {"@type": "Person", "name": entry.author} if entry.author else _organization(site),
        "publisher": _organization(site),
        "image": entry.image,
        "keywords": list(entry.categories),
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in article.items() if value}


def _organization(site: Site) -> dict[str, str]:
    return {"@type": "NewsMediaOrganization", "name": site.author.name or site.title, "url": site.url}
