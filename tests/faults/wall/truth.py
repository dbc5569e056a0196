"""What a wall may show at a moment, worked out from the programmes and not from the client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from khcal.calendaring import clock, phrases
from khcal.calendaring.snapshot import Snapshot

UNKNOWN = "Vi vet inte dagens program just nu."
NOTHING = ("Inget i dag.", "Inget mer i dag.")
QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
LOOK = """() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.offsetHeight > 0)
  const words = (selector) => seen(selector).map((e) => e.innerText.replace(/\\s+/g, ' ').trim())
  return {
    date: words('h1').join(' '),
    clock: words('#clock').join(' '),
    unknown: seen('#unknown').length > 0 || !document.getElementById('unknown'),
    today: seen('#today').length > 0,
    titles: words('.row__title'),
    nothing: words('#nothing h2').join(' '),
    level: document.querySelector('.home__age')?.dataset.level ?? '',
    text: document.body?.innerText.replace(/\\s+/g, ' ') ?? '',
    drawn: !document.getElementById('date') || 'date' in document.getElementById('date').dataset,
  }
}"""


@dataclass(frozen=True)
class Seen:
    """What stands on the wall."""

    date: str
    clock: str
    unknown: bool
    today: bool
    titles: list[str]
    nothing: str
    level: str
    text: str
    # Whether the client has begun its work; a page of somebody else's never does.
    drawn: bool


@dataclass(frozen=True)
class Truth:
    """What is so at a moment: the programmes that have been true, and when the server was last heard.

    ``must_know`` when the wall has the programme and has to show it.
    """

    now: datetime
    documents: tuple[Snapshot, ...]
    heard: datetime | None
    must_know: bool = True


def lies(seen: Seen, truth: Truth) -> list[str]:
    """What is wrong with what stands there; nothing is wrong a second late."""
    late = Truth(truth.now - timedelta(seconds=1.5), truth.documents, truth.heard, truth.must_know)
    found = _lies(seen, truth)
    return found if found and _lies(seen, late) else []


def _lies(seen: Seen, truth: Truth) -> list[str]:
    checks = [_lie_of_date(seen, truth), *(_lies_of_programme(seen, truth))]
    return [lie for lie in checks if lie]


def _lie_of_date(seen: Seen, truth: Truth) -> str:
    right = phrases.day(truth.now.date()).replace("\N{NO-BREAK SPACE}", " ")
    if seen.date == right or (seen.date == "" and seen.unknown and not truth.must_know):
        return ""
    return f"the day is {right!r}, the wall says {seen.date!r}"


def _lies_of_programme(seen: Seen, truth: Truth) -> Iterable[str]:
    if seen.today and seen.unknown:
        yield "it both knows and does not know"
    if not seen.today:
        if UNKNOWN not in seen.text:
            yield f"it says nothing: {seen.text[:200]!r}"
        if truth.must_know:
            yield "it knows the programme and does not show it"
        return
    if not any(_is_day_of(seen, document, truth.now) for document in truth.documents):
        yield f"no programme of {truth.now:%Y-%m-%d %H.%M} has only {seen.titles}{seen.nothing!r}"
    yield _lie_of_age(seen, truth)


def _is_day_of(seen: Seen, document: Snapshot, now: datetime) -> bool:
    right = titles_at(document, now)
    if right is None:
        return False
    return sorted(seen.titles) == sorted(right) and bool(right or seen.nothing in NOTHING)


def titles_at(document: Snapshot, now: datetime) -> list[str] | None:
    """What is left of the day by ``document``; nothing at all when it does not tell of that day."""
    day = next((day for day in document["days"] if date.fromisoformat(day["date"]) == now.date()), None)
    if day is None:
        return None
    moment = clock.to_epoch_milliseconds(now)
    return [event["title"] for event in day["events"] if event["end_ms"] > moment]


def _lie_of_age(seen: Seen, truth: Truth) -> str:
    if truth.heard is None:
        return ""
    age = clock.to_utc(truth.now) - clock.to_utc(truth.heard)
    least = "old" if age > DAY + QUARTER else "late" if age > QUARTER + timedelta(minutes=1) else ""
    told = {"": ("fresh", "late", "old"), "late": ("late", "old"), "old": ("old",)}[least]
    return "" if seen.level in told else f"{age} after the server was heard the age is {seen.level!r}"
