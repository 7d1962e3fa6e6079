"""A newspaper of any length: its bulletins in four languages, with all that happens to them.

Every word is made up here; the same seed gives the same bulletins.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_DAY = dt.date(2025, 1, 6)

CONFIG = """\
site:
  title: The Example Times
  url: https://news.example.org/
  language: en
  timezone: Europe/Sofia
  author: {name: Newsroom of the Times, email: desk@example.org}
input:
  settle: 0s
  removed: withdraw
websub:
  hubs: ["https://hub.example.net/"]
feeds:
  news:
    title: The Example Times
    description: All stories
    formats: [rss, atom, json]
  leads:
    title: Leads & more
    shape: leads
    content: summary
    formats: [rss, atom, json]
  teasers:
    title: In short
    shape: teasers
    edits: reissue
    limit: {entries: 20}
    formats: [rss, atom, json]
  whole:
    title: One entry a bulletin
    shape: bulletins
    limit: {entries: 20}
    formats: [rss, atom, json]
"""


@dataclass(frozen=True)
class Tongue:
    """The words that a language brings."""

    tag: str
    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    things: tuple[str, ...]
    stop: str
    space: str = " "


TONGUES = (
    Tongue(
        "en",
        (
            "The harbour board",
            "The mayor of Port Selby",
            "A fisherman",
            "The school choir",
            "R&D at Brennkies",
        ),
        ("opens", "sells", "repairs", "visits", "praises", "counts"),
        ("the old lighthouse", "a ferry for 5 < 6 passengers", "the “second” bridge", "nine thousand books"),
        ".",
    ),
    Tongue(
        "bg",
        ("Кметът на Порт Селби", "Пристанището", "Един рибар", "Училищният хор"),
        ("открива", "продава", "поправя", "посещава", "хвали"),
        ("стария фар", "новия ферибот", "втория мост", "девет хиляди книги"),
        ".",
    ),
    Tongue(
        "ar",
        ("رئيس البلدية", "مجلس الميناء", "صياد من المدينة", "جوقة المدرسة"),
        ("يفتتح", "يبيع", "يصلح", "يزور", "يمدح"),
        ("المنارة القديمة", "العبارة الجديدة", "الجسر الثاني", "تسعة آلاف كتاب"),
        ".",
    ),
    Tongue(
        "zh-Hans",
        ("港口委员会", "塞尔比港市长", "一位渔民", "学校合唱团"),
        ("开放", "出售", "修理", "参观", "称赞"),
        ("老灯塔", "新渡轮", "第二座大桥", "九千本书"),
        "。",
        space="",
    ),
)
_TOPICS = ("harbour", "R&D", "култура", "城市")


@dataclass(frozen=True)
class Sheet:
    """One bulletin as it lies in the folder."""

    name: str
    text: str
    correction: str  # its text after a correction


def sheets(count: int, *, seed: int = 5) -> Iterator[Sheet]:
    """Write `count` bulletins, one a day, the language changing from day to day."""
    chance = random.Random(seed)
    for number in range(count):
        tongue = TONGUES[number % len(TONGUES)]
        day = FIRST_DAY + dt.timedelta(days=number)
        head = "\n".join(_matter(number, day, tongue, chance))
        stories = _stories(tongue, chance, lead_of=3 if number % 10 else 40)
        text = f"---\n{head}\n---\n{stories}\n"
        note = _sentence(tongue, chance)
        corrected = f'---\n{head}\ncorrection: "{note}"\n---\n{stories}\n'
        yield Sheet(f"{day.isoformat()}.md", text, corrected)


def _matter(number: int, day: dt.date, tongue: Tongue, chance: random.Random) -> Iterator[str]:
    yield f"date: {day.isoformat()}"
    yield f"language: {tongue.tag}"
    if number % 3 == 0:
        yield f"categories: [{chance.choice(_TOPICS)}, {chance.choice(_TOPICS)}]"
    if number % 4 == 1:
        yield "author: Ann & Иван"
    if number % 5 == 2:
        yield f"image: https://media.example.org/{number}-ü.jpg"
    if number % 6 == 3:
        address = f"https://media.example.org/{number}.mp3"
        yield f"enclosure: {{url: '{address}', type: audio/mpeg, length: {1000 + number}}}"


def _stories(tongue: Tongue, chance: random.Random, *, lead_of: int) -> str:
    lead = f"# {_title(tongue, chance)}\n\n{_paragraphs(tongue, chance, lead_of)}"
    teasers = [
        f"## {_title(tongue, chance)}\n\n{_paragraphs(tongue, chance, 1)}"
        for _ in range(chance.randint(2, 5))
    ]
    return "\n\n".join((lead, *teasers))


def _paragraphs(tongue: Tongue, chance: random.Random, count: int) -> str:
    return "\n\n".join(
        tongue.space.join(_sentence(tongue, chance) for _ in range(chance.randint(2, 5)))
        for _ in range(count)
    )


def _title(tongue: Tongue, chance: random.Random) -> str:
    return _sentence(tongue, chance).removesuffix(tongue.stop)


def _sentence(tongue: Tongue, chance: random.Random) -> str:
    words = (chance.choice(tongue.subjects), chance.choice(tongue.verbs), chance.choice(tongue.things))
    more = f"{tongue.space}{chance.randint(2, 999)}"
    return tongue.space.join(words) + more + tongue.stop
