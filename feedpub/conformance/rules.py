"""All rules: what is asked for, who asks, what to do.

Codes are stable and have gaps: the numbers between are questions to a running server, which its own
tests ask, or promises over time, which no look at the files can check.
"""

from __future__ import annotations

from feedpub.conformance.findings import Level, Rule

_E, _W = Level.ERROR, Level.WARNING

# Most documents are written by feedpub alone: what is wrong in them is mended by rendering them anew.
_ANEW = "run `feedpub verify --repair`; if it comes back, report it as a defect of feedpub"
_ADOPTED = "leave it: an adopted id is what its readers know"
_BULLETIN = "edit the bulletin"
_URL = "set `site.url` to the address at which the output is served"
_LANGUAGE = "write the language as a BCP 47 tag, such as en or zh-Hant"
_AUTHOR = "give `site.author` a name and, if any, a whole e-mail address"
_TEMPLATE = "mend the template of this page"
_IMAGE = "choose another image for the feed"
_FILE = "put the file back or edit the bulletin that names it"

_RSS = "RSS 2.0"
_PROFILE = "RSS Best Practices Profile"
_ATOM = "RFC 4287 section"
_HISTORY = "RFC 5005 section"
_JSON = "JSON Feed 1.1"
_OPML = "OPML 2.0"
_OPERATION = "experience with readers"

# fmt: off
_TABLE: tuple[tuple[str, Level, str, str, str], ...] = (
    ("C1", _E, "well-formed UTF-8, XML's characters alone, declared, no document type", "XML 1.0", _ANEW),
    ("C3", _W, "no control characters, no noncharacters", "XML 1.0 section 2.2", _BULLETIN),
    ("C5", _W, "titles on one line, without blanks around", _OPERATION, _ANEW),
    ("C6", _W, "directional controls that end where they began", "Unicode Annex 9", _TEMPLATE),
    ("C10", _W, "usual prefixes, declared on the root", _OPERATION, _ANEW),
    ("C11", _E, "dates of RSS as RFC 822 has them", f"{_RSS}, RFC 822 section 5", _ANEW),
    ("C12", _E, "dates as RFC 3339 has them", "RFC 3339", _ANEW),
    ("C14", _W, "dates in UTC and whole seconds", _OPERATION, _ANEW),
    ("C18", _E, "nothing is updated before it is published", f"{_ATOM} 4.2.9", _ANEW),
    ("C19", _E, "ids that are absolute IRIs", f"{_ATOM} 4.2.6", _ANEW),
    ("C20", _W, "ids without blanks around", f"{_ATOM} 4.2.6.1", _ADOPTED),
    ("C21", _W, "well-formed tag: URIs", "RFC 4151 section 2.1", _ADOPTED),
    ("C23", _W, "well-formed UUIDs in small letters", "RFC 9562 section 4", _ADOPTED),
    ("C24", _E, "absolute links in ASCII", f"{_RSS}, RFC 3986", _URL),
    ("C25", _E, "links without characters that no IRI has", f"{_ATOM} 4.2.7.1", _URL),
    ("C26", _E, "links into this site lead to a file", _OPERATION, _ANEW),
    ("C27", _W, "no relative addresses in texts", _PROFILE, _BULLETIN),
    ("C28", _W, "no xml:base", _OPERATION, _ANEW),
    ("C30", _E, "languages as BCP 47 tags", "RFC 5646", _LANGUAGE),
    ("C31", _W, "the language of a feed is named", f"{_ATOM} 2", _ANEW),
    ("C32", _W, "the language of a document is named", f"{_RSS}, HTML", _ANEW),
    ("C33", _E, "one channel in rss of version 2.0", _RSS, _ANEW),
    ("C34", _E, "a channel has one title, one link, one description", _RSS, _ANEW),
    ("C35", _E, "an item has a title or a description, and nothing twice", _RSS, _ANEW),
    ("C36", _E, "guids are unique and say whether they are addresses", _RSS, _ANEW),
    ("C37", _E, "an enclosure has an address, its length and its type", _RSS, _FILE),
    ("C38", _E, "the image of a channel is a small PNG, JPEG or GIF", _RSS, _IMAGE),
    ("C39", _E, "ttl, skipHours and skipDays in their ranges", _RSS, _ANEW),
    ("C40", _E, "editors and authors of RSS are e-mail addresses", _RSS, _AUTHOR),
    ("C41", _E, "a source has an address", _RSS, _ANEW),
    ("C42", _W, "a channel says when it changed last", _RSS, _ANEW),
    ("C43", _W, "a channel names its generator and its format", _RSS, _ANEW),
    ("C44", _W, "a channel names its own address", _PROFILE, _URL),
    ("C45", _W, "every item has a guid", _PROFILE, _ANEW),
    ("C46", _W, "one enclosure in an item", _PROFILE, _ANEW),
    ("C47", _W, "one way of naming the author", _PROFILE, _ANEW),
    ("C48", _W, "the summary stands before the content", _PROFILE, _ANEW),
    ("C49", _W, "markup signs in plain text as hexadecimal references", _PROFILE, _ANEW),
    ("C50", _W, "the head of a feed stands before its entries", _PROFILE, _ANEW),
    ("C51", _W, "the image of a channel is titled and linked like it", _PROFILE, _ANEW),
    ("C52", _W, "no textInput, no cloud", _PROFILE, _ANEW),
    ("C53", _W, "titles without markup", _PROFILE, "write the title without < and >"),
    ("C54", _E, "newest first", _OPERATION, _ANEW),
    ("C55", _E, "one id, one title, one updated", f"{_ATOM} 4.1", _ANEW),
    ("C56", _E, "an author", f"{_ATOM} 4.1.1", _AUTHOR),
    ("C57", _E, "persons have a name, and addresses that are some", f"{_ATOM} 3.2", _AUTHOR),
    ("C58", _E, "one alternate link of a type and language", f"{_ATOM} 4.1.1", _ANEW),
    ("C59", _W, "a feed links to itself", f"{_ATOM} 4.1.1", _URL),
    ("C60", _E, "an enclosure has its type and length", f"{_ATOM} 4.2.7", _FILE),
    ("C61", _E, "an entry has a content or a link to it", f"{_ATOM} 4.1.2", _ANEW),
    ("C62", _E, "texts are fragments, typed text, html or xhtml", f"{_ATOM} 3.1.1, 4.1.3", _ANEW),
    ("C63", _E, "a content from elsewhere has a summary", f"{_ATOM} 4.1.2", _ANEW),
    ("C64", _E, "categories have a term, schemes are IRIs", f"{_ATOM} 4.2.2", _ANEW),
    ("C65", _E, "nothing in the namespace of Atom that Atom does not know", f"{_ATOM} 6.2", _ANEW),
    ("C67", _E, "one entry of an id", f"{_ATOM} 4.1.1", _ANEW),
    ("C68", _W, "a feed is at least as new as its entries", f"{_ATOM} 4.2.15", _ANEW),
    ("C70", _E, "a source has an id, a title and an updated", f"{_ATOM} 4.2.11", _ANEW),
    ("C72", _E, "a complete feed has no further pages", f"{_HISTORY} 2", _ANEW),
    ("C73", _E, "pages that lead on and never round", f"{_HISTORY} 3", _ANEW),
    ("C74", _E, "archives that lead back to the first and forth to the last", f"{_HISTORY} 4", _ANEW),
    ("C75", _W, "the feed leads to its newest archive", f"{_HISTORY} 4", _ANEW),
    ("C76", _W, "an archive says that it is one, and of what", f"{_HISTORY} 4", _ANEW),
    ("C81", _E, "a tombstone has ref and when, and nothing inside", "RFC 6721 section 3", _ANEW),
    ("C82", _E, "an entry stands or is deleted, not both", "RFC 6721 section 3", _ANEW),
    ("C85", _E, "version, title and items", _JSON, _ANEW),
    ("C86", _W, "the addresses of site and feed", _JSON, _URL),
    ("C87", _E, "items have a unique id and an address", _JSON, _ANEW),
    ("C88", _E, "items have a content, as HTML or as text", _JSON, _ANEW),
    ("C90", _E, "authors are a list of persons", _JSON, _AUTHOR),
    ("C91", _E, "attachments have an address, a type and a size", _JSON, _FILE),
    ("C92", _E, "hubs have a type and an address; pages lead on", _JSON, _ANEW),
    ("C93", _E, "known names, own ones with an underscore; tags are unique", _JSON, _ANEW),
    ("C94", _E, "strict JSON in UTF-8", "RFC 8259", _ANEW),
    ("C96", _E, "opml of version 2.0 with one head and one body; outlines have a text", _OPML, _ANEW),
    ("C97", _E, "subscriptions have type, text and address", _OPML, _ANEW),
    ("C98", _E, "dates of OPML as RFC 822 has them", _OPML, _ANEW),
    ("C100", _W, "hubs are named in every format, beside the feed's own address", "WebSub section 4", _ANEW),
    ("C143", _E, "pages lead to the feeds, by type, address and title", "RSS Autodiscovery, HTML", _TEMPLATE),
    ("C144", _E, "pages have a title, a canonical address and readable times", "HTML", _TEMPLATE),
    ("C146", _E, "the link in a feed is the canonical address of a page", _OPERATION, _TEMPLATE),
    ("C147", _E, "the formats of a feed say the same", _OPERATION, _ANEW),
    ("C153", _W, "no document larger than 5 MB", _OPERATION, "lower `limit.bytes` of the feed"),
    ("C156", _E, "media: elements with address, type and medium", "Media RSS 1.5", _ANEW),
    ("C161", _E, "no script and no XSLT", _OPERATION, _BULLETIN),
    ("S1", _E, "a sitemap lists addresses of this site, each once", "sitemaps.org", _ANEW),
    ("S2", _E, "dates of a sitemap as W3C has them", "sitemaps.org", _ANEW),
)
# fmt: on

RULES = {
    code: Rule(code=code, level=level, title=title, source=source, cure=cure)
    for code, level, title, source, cure in _TABLE
}
