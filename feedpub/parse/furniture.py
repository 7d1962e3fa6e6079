"""Lines of the page around the stories: links, labels, credits, dates, counters."""

from __future__ import annotations

import re

from feedpub.parse import lexicon, stamps
from feedpub.parse.bits import BITS

LONGEST = 72  # characters; furniture is short
_SIGNATURE = 40

_EXACT: dict[str, int] = {}
for _phrases, _bit in (
    (lexicon.NAVIGATION, "navigation"),
    (lexicon.LABELS, "label"),
    (lexicon.SECTIONS, "section_word"),
    (lexicon.SUBHEADS, "subhead_word"),
    (lexicon.DAYS, "stamp"),
    (lexicon.NEWSROOMS, "byline"),
):
    for _phrase in _phrases:
        _EXACT[_phrase] = _EXACT.get(_phrase, 0) | BITS[_bit]

_HEADS = dict.fromkeys(lexicon.CAPTION_HEADS, BITS["caption"])
_HEADS |= dict.fromkeys(lexicon.BYLINE_HEADS, BITS["byline"])
_HEADS |= dict.fromkeys(lexicon.SEE_ALSO, BITS["see_also"])

_FARTHEST_COLON = 28  # characters; what stands before it is a label, not a clause
_EDGES = " :：-–—*#•■[]【】<>|.…»›→"
_COLON = re.compile(r"\s*[:：،/|©]\s*(?=\S)")
_COLONS = frozenset(":：،/|©")
_DIGIT = re.compile(r"\d")
_MENU = re.compile(r"(?:[^|/·•>«»]{2,24}\s*[|/·•>]{1,2}\s*){2,}[^|/·•>«»]{2,24}")
_BREADCRUMB = re.compile(r"[^\W\d_]{3,14} ?[/»>|·•] ?[^\W\d_]{3,14}(?: [^\W\d_]{2,14})?")
_MENU_SIGNS = frozenset("|/·•>")
_RIGHTS = (
    "©", "(c)", "copyright", "rights reserved", "riservata", "ⓒ", "무단 전재", "무단전재",
    "转载", "轉載", "無断転載",
)  # fmt: skip
_MAIL = re.compile(r"\S@\S+\.\w")
_CREDIT = re.compile(r"[^\W\d_]+: [^\W\d_a-zà-ÿа-яё]\w+\.?(?: [^\W\d_a-zà-ÿа-яё]\w*\.?){1,2}")
_TOP_CREDIT = re.compile(r"[^\W\d_][^\s:：]{0,14} ?[:：] ?[^\W\d_a-zà-ÿа-яё][^\s.!?]*(?: [^\s.!?]+){0,2}")
_NAMES = re.compile(r"[^\W\d_a-zà-ÿа-яё][^\s,]+(?:\s+[^\W\d_a-zà-ÿа-яё]\S*){1,3}(?:,.{0,40})?")
_COUNTER = re.compile(
    r"\W*(?:\d[\d.,\s]*(?:k|тыс\.?)?\s*(?:comments?|replies|views?|shares?|likes?|postings?|kommentare?|commentaires?|"
    r"comentarios?|comentários?|commenti|reacties|kommentarer|kommenttia|komentarz[ey]?|komentářů|hozzászólás|comentarii|"
    r"коментар[иаі]?|комментари[йяев]+|komentar[ai]?|σχόλια|yorum|تعليقات?|תגובות|コメント|评论"
    r"|評論|댓글|bình luận|"
    r"просмотр\w*|перегляд\w*|прочитания|pregleda|vues|aufrufe|visualizaciones|tykkäystä|kommentaari)"
    r"|[^\W\d_]+\s*[:(（]\s*\d[\d.,\s]*[)）]?)\W*",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\W*(?:(?:an?|one|\d+)\s*(?:h|hr|hrs|hours?|min|mins|minutes?|days?|weeks?)\.?\s+ago|vor\s+(?:\d+|einer|einem)\s+\w+|"
    r"il y a \d+ \w+|hace \d+ \w+|há \d+ \w+|\d+ \w+ fa|\d+ \w+ geleden|(?:för )?\d+ \w+ sedan"
    r"|(?:for )?\d+ \w+ siden|"
    r"преди \d+ \w+|\d+ \w+ (?:назад|тому)|prij?e \d+ \w+|přede? \d+ \w+|\d+ \w+ temu|\d+ \w+je|acum \d+ \w+|"
    r"πριν (?:από )?\d+ \w+|\d+ \w+ önce|(?:منذ|قبل) (?:\d+ )?\w+|לפני \d+ \w+|"
    r"\d+ ?(?:分|時間|日|小时|小時|分钟|天|시간|분|일) ?(?:前|전)|\d+ \w+ trước|\d+ \w+ lalu|\d+ \S+ที่แล้ว)\W*",
    re.IGNORECASE,
)
_READING_TIME = re.compile(
    r"\W*(?:[^\W\d_]\S*\s){0,3}\d[\d:]*\s*(?:min\.?|mins|minutes?|minuten|minuti|minutos|minutter|minuter|мин\.?|минут\w*|хв\.?|perc|λεπτά|dk|dakika|دقائق|"
    r"דקות|分钟|分鐘|นาที|phút|menit)(?:\s+(?:read|lesezeit|de lecture|de lectura|di lettura"
    r"|leestijd|czytania|čtení|"
    r"чтения|за четене|читання|okuma))?\W*",
    re.IGNORECASE,
)


def look(text: str, place: int) -> int:
    """Return what a short line is besides its shape, as bits; `place` is its position in the bulletin."""
    mask = _EXACT.get(text.strip(_EDGES).casefold(), 0)
    if mask:
        return mask | _one_word(text)
    mask = _lead(text, place) | _one_word(text)
    if not _MENU_SIGNS.isdisjoint(text) and "://" not in text and _MENU.fullmatch(text):
        mask |= BITS["menu"]
    if _DIGIT.search(text):
        return mask | _figures(text)
    if _AGO.fullmatch(text):
        return mask | BITS["stamp"]
    if not any(map(str.isalnum, text)):
        return mask | BITS["navigation"]
    return mask


def is_signature(text: str) -> bool:
    """Tell whether a line is a name and what its bearer is: `Winifred Asher, Secretary`."""
    return len(text) < _SIGNATURE and "," in text and _NAMES.fullmatch(text) is not None


def see_also(text: str) -> str:
    """Return a title without the words that refer to it."""
    colon = _COLON.search(text)
    near = colon is not None and colon.start() < _FARTHEST_COLON
    return (
        text[colon.end() :]
        if colon and near and text[: colon.start()].casefold() in lexicon.SEE_ALSO
        else text
    )


def _one_word(text: str) -> int:
    return BITS["one_word"] if " " not in text and text[0].isalpha() and text[0] < "\u0e00" else 0


def _lead(text: str, place: int) -> int:
    """Judge by the first words: a credit, a reference, a heading of further items."""
    first, _, rest = text.partition(" ")
    folded = first.casefold()
    mask = _before_colon(text, place) | _heading(text, folded, rest, place)
    if folded in lexicon.BY and (
        _NAMES.fullmatch(rest) or (folded == "by" and 0 < place < 5 and len(text) < 48)
    ):
        mask |= BITS["byline"]
    if _has_rights(text) or (" • " in text and all(len(part.split()) <= 3 for part in text.split(" • "))):
        mask |= BITS["caption"]
    return mask


def _has_rights(text: str) -> bool:
    folded = text.lower()
    return any(word in folded for word in _RIGHTS) or ("@" in text and _MAIL.search(text) is not None)


def _before_colon(text: str, place: int) -> int:
    colon = _COLON.search(text) if not _COLONS.isdisjoint(text) else None
    if not colon:
        return 0
    inner = [token[:-1].casefold() for token in text.split()[1:] if token[-1] == ":"]
    mask = BITS["caption"] if not lexicon.CAPTION_HEADS.isdisjoint(inner) else 0
    if colon.start() >= _FARTHEST_COLON:
        return mask
    known = _HEADS.get(text[: colon.start()].casefold(), 0)
    if known or text.isupper():
        return mask | known
    at_top = 0 < place < 5 and len(text) < 36 and text[0] < "\u0590"
    credit = _CREDIT.fullmatch(text) or (at_top and _TOP_CREDIT.fullmatch(text))
    return mask | BITS["credit"] if credit else mask


def _heading(text: str, first: str, rest: str, place: int) -> int:
    mask = 0
    if len(text) >= 48:
        return mask
    if len(text) < 40 and f"{first} {rest.partition(' ')[0].casefold()}" in lexicon.MORE_OF:
        mask |= BITS["section_word"]
    if len(text) < 40 and first in lexicon.LATEST and text[-1].isalpha():
        mask |= BITS["section_word"] if place else BITS["label"]
    if not place and len(text) < 32 and _BREADCRUMB.fullmatch(text):
        mask |= BITS["menu"]
    if not lexicon.LIVE.isdisjoint(text.casefold().split()):
        mask |= BITS["label"]
    return mask


def _figures(text: str) -> int:
    if text.count(" ") > 7:
        return 0
    if _COUNTER.fullmatch(text) or _READING_TIME.fullmatch(text):
        return BITS["navigation"]
    if _AGO.fullmatch(text) or stamps.is_stamp(text):
        return BITS["stamp"]
    return 0
