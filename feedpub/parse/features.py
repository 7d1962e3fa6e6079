"""What can be seen of each line: one bit per observation, so that equal lines are weighed once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from feedpub.parse import dates, marks, words
from feedpub.parse.lines import Lines
from feedpub.parse.weights import LINE, STEP

BITS = {name: 1 << place for place, name in enumerate(LINE)}
STEPS = {name: 1 << place for place, name in enumerate(STEP)}

_CLOSERS = "\"'”“’»«›)]）」』】*_ \xa0"
_STOPS = frozenset(".。।۔։।．｡።။។")
_QUESTIONS = frozenset("?!？！؟;‽՞")
_MIDDLES = frozenset(",،、，;；-–—")
_INNER_STOP = re.compile(r"[^\W\d_]{2,}[”\"»')]?[.…]+[”\"»')]?\s+[\"“„«'‘(]?[^\W\d_a-zà-ÿа-я]|。.|[।؟۔]\s+\S")
_DIALOGUE = re.compile(r"[-–—]\s*\S")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f\uff00-\uffef]")
_ENDS_ITEM = BITS["navigation"] | BITS["repeated"]
_ADDED = BITS["bulleted"] | BITS["byline"] | BITS["caption"] | BITS["stamp"] | BITS["navigation"]
_QUIET = BITS["stamp"] | BITS["navigation"] | BITS["pattern"] | BITS["caption"] | BITS["byline"]
_BRIEF = BITS["short"] | BITS["medium"] | BITS["longish"]
_MENU = re.compile(r"^(?:[^|/·•»>]{2,24}\s*[|/·•»>]\s*){2,}[^|/·•»>]{2,24}$")
_DATELINE = re.compile(
    r"[^\W\d_a-zà-ÿа-я][^a-zà-ÿа-яё(—–:]{2,30}(?:,\s[^—–:()]{2,24})?\s*(?:\([^)]{2,24}\))?\s*(?:[—–]|\s-)\s?\S"
    r"|[^\W\d_]\S{2,20}(?: \S+){0,2} \([A-ZА-Я][^)]{1,20}\) ?[—–-]|（[^）]{2,12}）|【[^】]{2,14}(?:讯|電|电|発)】"
)
_CREDIT = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?: [^\W\d_a-zà-ÿа-яё]\w+\.?(?: [^\W\d_a-zà-ÿа-яё]\w*\.?){1,2}")
_TOP_CREDIT = re.compile(r"[^\W\d_][^\s:：]{0,14} ?[:：] ?[^\W\d_a-zà-ÿа-яё][^\s.!?]*(?: [^\s.!?]+){0,2}")
_RIGHTS = re.compile(
    r"©|\([cC]\)|copyright|rights reserved|riservata|^\S+@\S+\.\w+$|무단 ?전재|转载|轉載|無断転載",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+")
_KICKER = re.compile(r"\W+\w+(?: \w+)?: ")
_DIGIT = re.compile(r"\d")
_WIDTHS = (("tiny", 16), ("short", 40), ("medium", 72), ("longish", 100), ("long", 140), ("longer", 220))


@dataclass(slots=True)
class Sight:
    """What was seen of a bulletin, line by line."""

    masks: list[int]
    steps: list[int]
    bodies: list[str]  # the lines without the marks they open with
    kinds: list[int]  # kind of mark
    times: list[object]


def look(lines: Lines, *, header: bool) -> Sight:
    """Observe every line."""
    factor = _factor(lines)
    found = [marks.find(text) for text in lines.texts]
    bodies = [body for _, body, _ in found]
    kinds = [kind for kind, _, _ in found]
    if marks.NUMBER in kinds:
        marks.count_on(lines.texts, kinds, bodies)
    widths = [len(body) * factor for body in bodies]
    masks = [_own(body, width) for body, width in zip(bodies, widths, strict=True)]
    _furnish(lines.texts, bodies, kinds, masks)
    _mark(lines.texts, kinds, masks)
    _repetitions(bodies, masks)
    _rubrics(bodies, masks)
    _patterns(lines.texts, masks)
    _case_habit(masks)
    _stop_habit(masks)
    _tail_habit(masks)
    _neighbours(masks)
    _interview(masks)
    _topics(bodies, masks)
    if masks:
        masks[0] |= BITS["header"] if header else BITS["first"]
    topics = [_topic(body) for body in bodies]
    steps = _steps(lines, widths, masks)
    for place in range(1, len(masks)):
        if topics[place] & topics[place - 1]:
            steps[place] |= STEPS["shared"]
    return Sight(masks, steps, bodies, kinds, [time for _, _, time in found])


def _factor(lines: Lines) -> float:
    """Return how much one character says: scripts without spaces say about twice as much."""
    sample = "".join(lines.texts[:8])[:800]
    wide = len(_WIDE.findall(sample))
    return 1.0 + 1.3 * wide / len(sample) if wide else 1.0


def _own(body: str, width: float) -> int:
    mask = BITS["always"] | _ending(body)
    for name, limit in _WIDTHS:
        if width < limit:
            mask |= BITS[name]
            break
    else:
        return mask | BITS["longest"] | (BITS["sentences"] if _INNER_STOP.search(body) else 0)
    first = body[0]
    if first in "-–—" and _DIALOGUE.match(body):
        mask |= BITS["dialogue"]
    if first in '"“„«「『' and body[-1] in '"”“»」』':
        mask |= BITS["quoted"]
    if _INNER_STOP.search(body):
        mask |= BITS["sentences"]
    if width < 140:
        mask |= _casing(body)
    return mask


def _furnish(texts: list[str], bodies: list[str], kinds: list[int], masks: list[int]) -> None:
    for place, text in enumerate(texts):
        if len(text) < 72:
            seen = _furniture(text)
            if (
                0 < place < 5
                and len(text) < 36
                and not text.isupper()
                and text[0] < "\u0590"
                and _TOP_CREDIT.fullmatch(text)
            ):
                seen |= BITS["credit"]
            masks[place] |= seen
            if place > 5:
                masks[place] &= ~BITS["name"]  # bylines stand at the top; further down two words are a title
            if seen & (BITS["stamp"] | BITS["navigation"]):
                kinds[place], bodies[place] = marks.NONE, text


def _ending(body: str) -> int:
    last = body[-1]
    if last in _CLOSERS:
        bare = body.rstrip(_CLOSERS)
        last = bare[-1] if bare else last
        body = bare
    if last in _STOPS:
        return BITS["cut"] if body.endswith("..") else BITS["stop"]
    if last == "…":
        return BITS["cut"]
    if last in _QUESTIONS:
        return BITS["question"]
    if last in ":：":
        return BITS["colon"]
    if last in _MIDDLES:
        return BITS["comma"]
    return BITS["open"]


def _casing(body: str) -> int:
    mask = BITS["lead_in"] if body.find(": ", 2, 45) > 0 else 0
    if body.isupper():
        return mask | BITS["all_caps"]
    tokens = body.split()
    if body[0].islower():
        mask |= BITS["lower_start"]
    small = sum(1 for token in tokens if token in words.FUNCTION_WORDS)
    if small >= 3 and small * 6 > len(tokens):
        mask |= BITS["sentence_words"]
    long = [token for token in tokens if len(token) > 3]
    capital = sum(1 for token in long if "A" <= token[0] < "\u0250" and token[0].isupper())
    if len(long) >= 3 and capital >= 0.75 * len(long):
        mask |= BITS["title_case"]
    elif 2 <= len(tokens) <= 3 and _name(tokens):
        mask |= BITS["name"]
    return mask


def _name(tokens: list[str]) -> bool:
    return all(token[0].isupper() and token.replace(".", "").replace("-", "").isalpha() for token in tokens)


def _furniture(body: str) -> int:
    mask = 0
    folded = body.strip(" :：-–—*#•■[]【】<>|").casefold()
    if folded in words.SECTIONS:
        mask |= BITS["section_word"]
    if words.LABEL.fullmatch(body) or words.LIVE.search(body):
        mask |= BITS["label"]
    elif words.MORE_OF.fullmatch(body):
        mask |= BITS["section_word"]
    if _MENU.search(body):
        mask |= BITS["menu"]
    if mask & BITS["section_word"]:
        return mask | (BITS["one_word"] if " " not in body else 0)
    if words.READ_MORE.fullmatch(body) or words.NAVIGATION.fullmatch(body):
        mask |= BITS["navigation"]
    elif words.CAPTION.match(body):
        mask |= BITS["caption"]
    elif words.SEE_ALSO.match(body):
        mask |= BITS["see_also"]
    elif words.BYLINE.match(body) and not mask:
        mask |= BITS["byline"]
    if not any(char.isalnum() for char in body):
        mask |= BITS["navigation"]
    elif _DIGIT.search(body):
        if words.COUNTER.fullmatch(body):
            mask |= BITS["navigation"]
        elif words.AGO.fullmatch(body) or dates.is_stamp(body):
            mask |= BITS["stamp"]
        elif words.READING_TIME.search(body):
            mask |= BITS["navigation"]
    elif words.AGO.fullmatch(body):
        mask |= BITS["stamp"]
    if _CREDIT.fullmatch(body) and not body.isupper():
        mask |= BITS["credit"]
    if " " not in body and body[0].isalpha() and not _WIDE.search(body):
        mask |= BITS["one_word"]
    if folded in words.SUBHEADS:
        mask |= BITS["subhead_word"]
    if _RIGHTS.search(body):
        mask |= BITS["caption"]
    if body[0] == "©" or (" • " in body and width_of_parts(body)):
        mask |= BITS["caption"]
    return mask


def _neighbours(masks: list[int]) -> None:
    """What stands below tells what a line is."""
    unfinished = BITS["open"] | BITS["comma"]
    heading = 0
    for place, mask in enumerate(masks[1:]):
        if mask & (BITS["stamp"] | BITS["pattern"]):
            masks[place] |= BITS["stamped"]
        if mask & BITS["lower_start"] and not mask & _ADDED and masks[place] & unfinished:
            masks[place] |= BITS["broken"]
        is_heading = mask & BITS["section_word"] or (
            mask & BITS["colon"] and mask & (BITS["tiny"] | BITS["short"])
        )
        if is_heading and place and not heading:
            heading = place + 1
    for place in range(1, heading):
        masks[place] |= BITS["above_heading"]


def _interview(masks: list[int]) -> None:
    """Three questions with an answer each are a talk, not a row of headlines."""
    run = 0
    for place in range(len(masks) - 1):
        if masks[place] & BITS["question"] and masks[place + 1] & BITS["stop"]:
            run = run + 1 if run and masks[place - 2] & BITS["question"] else 1
            if run >= 3:
                for asked in range(place - 2 * run + 2, place + 1, 2):
                    masks[asked] |= BITS["asked"]
        elif not masks[place] & BITS["stop"]:
            run = 0


def width_of_parts(body: str) -> bool:
    """Tell a line such as `City • Agency` from a sentence with a dot in it."""
    return all(len(part.split()) <= 3 for part in body.split(" • "))


def _mark(texts: list[str], kinds: list[int], masks: list[int]) -> None:
    _alone(texts, masks)
    if not any(kinds):
        return
    counts = Counter(kinds)
    _bullets(texts, kinds, masks)
    usual = {kind for kind in (marks.TIME, marks.NUMBER, marks.PLUS) if counts[kind] > 1}
    begun = False
    for place, kind in enumerate(kinds):
        if kind in usual:
            masks[place] |= BITS["marked"]
            begun = True
        elif begun and not kind:
            masks[place] |= BITS["unmarked"]


def _alone(texts: list[str], masks: list[int]) -> None:
    """Times and numbers that stand alone open items, unless the last of them ends the text."""
    alone = [place for place, text in enumerate(texts) if len(text) < 14 and marks.alone(text)]
    for place in alone:
        masks[place] |= BITS["stamp"]
    if len(alone) < 2 or alone[-1] == len(texts) - 1:
        return
    for place in range(alone[0] + 1, len(masks)):
        if place - 1 in alone:
            masks[place] = (masks[place] | BITS["after_mark"]) & ~BITS["label"]
        elif place not in alone:
            masks[place] |= BITS["unmarked"]


def _bullets(texts: list[str], kinds: list[int], masks: list[int]) -> None:
    listed = False
    kickers = [
        place for place, kind in enumerate(kinds) if kind == marks.BULLET and _KICKER.match(texts[place])
    ]
    for place, kind in enumerate(kinds):
        if kind != marks.BULLET:
            listed = False
            continue
        opened = place > 0 and masks[place - 1] & BITS["colon"]
        if len(kickers) > 2 and place in kickers:
            masks[place] |= BITS["kicker"]
        elif listed or opened:
            listed = True
            masks[place] |= BITS["listed"]
        elif texts[place][0] in "-–—" and masks[place] & (BITS["stop"] | BITS["lower_start"]):
            masks[place] |= BITS["dialogue"]
        else:
            masks[place] |= BITS["bulleted"]


def _repetitions(bodies: list[str], masks: list[int]) -> None:
    """Of a line said twice, the first is an index entry, unless it is the headline: then the second is an echo."""
    counts = Counter(bodies)
    if len(counts) == len(bodies):
        return
    for place, body in enumerate(bodies):
        if counts[body] > 2:
            masks[place] |= BITS["repeated"]
        elif counts[body] == 2:
            first = bodies.index(body)
            if first == 0 and place:
                masks[place] |= BITS["said_before"]
            elif first == place and place:
                masks[place] |= BITS["said_again"]


def _patterns(texts: list[str], masks: list[int]) -> None:
    """Lines equal but for their figures are counters and dates: `18 Oct 2019, 26 comments`."""
    forms: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        if len(text) < 48 and _DIGIT.search(text):
            form = _FIGURES.sub("0", text)
            if form != "0":
                forms.setdefault(form, []).append(place)
    for places in forms.values():
        if len(places) > 1:
            for place in places:
                masks[place] |= BITS["pattern"]


def _rubrics(bodies: list[str], masks: list[int]) -> None:
    """Sections carry the paper's name or a common word: VALLEY NEWS - SPORT, WORLD VALLEY."""
    low = BITS["tiny"] | BITS["short"]
    shorts = [
        place for place, mask in enumerate(masks) if mask & low and mask & (BITS["open"] | BITS["colon"])
    ]
    ends: dict[tuple[str, str], list[int]] = {}
    for place in shorts:
        tokens = bodies[place].split()
        if len(tokens) > 1:
            ends.setdefault(("last", tokens[-1]), []).append(place)
            ends.setdefault(("first", " ".join(tokens[:2])), []).append(place)
    for places in ends.values():
        if len(places) > 1:
            for place in places:
                masks[place] |= BITS["rubric"]


def _case_habit(masks: list[int]) -> None:
    """Where headlines carry capitals, a line without them is hardly one; elsewhere capitals are chance."""
    titled = BITS["title_case"]
    could = [mask for mask in masks if mask & _BRIEF and mask & (BITS["open"] | BITS["question"])]
    count = sum(1 for mask in masks if mask & titled)
    if count < 2 or count < 0.4 * len(could):
        for place, mask in enumerate(masks):
            masks[place] = mask & ~titled
        return
    caps = titled | BITS["all_caps"] | BITS["longest"] | BITS["longer"]
    for place, mask in enumerate(masks):
        if not mask & caps:
            masks[place] |= BITS["sentence_amid"]


def _stop_habit(masks: list[int]) -> None:
    """Some scripts end no sentence with a sign; there its absence says nothing."""
    if len(masks) > 4 and not any(mask & BITS["stop"] for mask in masks):
        for place, mask in enumerate(masks):
            masks[place] = mask & ~BITS["open"]


def _tail_habit(masks: list[int]) -> None:
    """Where the last lines lack a full stop, lines with one are hardly summaries."""
    quiet = BITS["navigation"] | BITS["stamp"] | BITS["caption"] | BITS["repeated"]
    tail = [mask for mask in masks[-8:] if not mask & quiet][-2:]
    if len(tail) == 2 and not any(mask & BITS["stop"] for mask in tail):
        for place, mask in enumerate(masks):
            if mask & BITS["stop"]:
                masks[place] |= BITS["stop_above"]


_WORDS = re.compile(r"[^\W\d_]{4,}")
_HAN = re.compile(r"[\u4e00-\u9fff\u30a1-\u30ff]{2}")


def _topic(body: str) -> frozenset[str]:
    folded = body.casefold()
    if _WIDE.search(body):
        return frozenset(folded[i : i + 2] for i in range(len(folded) - 1) if _HAN.match(folded, i))
    return frozenset(word[:5] for word in _WORDS.findall(folded) if word not in words.FUNCTION_WORDS)


def _topics(bodies: list[str], masks: list[int]) -> list[frozenset[str]]:
    topics = [_topic(body) for body in bodies]
    lead: set[str] = set()
    for place in range(min(len(bodies), 4)):
        if place < 2 or masks[place] & (BITS["longer"] | BITS["longest"]):
            lead |= topics[place]
        else:
            break
    counts = Counter(word for topic in topics for word in topic)
    for place in range(2, len(bodies)):
        common = len(topics[place] & lead)
        if common >= 2:
            masks[place] |= BITS["of_lead"]
        elif not common:
            masks[place] |= BITS["not_of_lead"]
    return topics


def _steps(lines: Lines, widths: list[float], masks: list[int]) -> list[int]:
    count = len(widths)
    gaps = sum(1 for gap in lines.gaps[1:] if gap)
    varied = 0 < gaps < count - 1 and count > 3
    indented = any(lines.indents[1:])
    steps = [0] * count
    width = widths[0]  # of the last line that says something
    for place in range(1, count):
        step = _ratio(widths[place], width)
        if not masks[place] & _QUIET:
            width = widths[place]
        before = masks[place - 1]
        if before & _ENDS_ITEM == _ENDS_ITEM or before & (BITS["stamp"] | BITS["pattern"]):
            step |= STEPS["after_more"]
        elif before & BITS["stop"]:
            step |= STEPS["after_stop"]
        elif before & BITS["cut"]:
            step |= STEPS["after_cut"]
        elif before & BITS["colon"]:
            step |= STEPS["after_colon"]
        if _DATELINE.match(lines.texts[place]):
            step |= STEPS["dateline"]
        if masks[place] & BITS["marked"]:
            step |= STEPS["numbered"]
        if lines.numbers[place] == lines.numbers[place - 1]:
            step |= STEPS["parted"]
        if varied:
            step |= STEPS["gap"] if lines.gaps[place] else STEPS["no_gap"]
        if indented and place > 1:
            change = lines.indents[place] - lines.indents[place - 1]
            if change:
                step |= STEPS["deeper"] if change > 0 else STEPS["outdent"]
        steps[place] = step
    return steps


def _ratio(width: float, before: float) -> int:
    if width > before * 1.25:
        return STEPS["rise_far"] if width > before * 2 else STEPS["rise"]
    return STEPS["fall"] if width < before * 0.8 else STEPS["level"]
