"""Five hundred lines made by a grammar, each with what it must mean, worked out by walking the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

import pytest

from khcal.calendaring.quick_entry import Entry, read_line
from khcal.calendaring.terms import Form, Signup
from tests.quick_entry.cases import HOUSE, ROOMS
from tests.tries import TIMES

LINES = 500 * TIMES
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni")
COUNTS = {4: "fyra", 5: "fem", 6: "6", 8: "åtta"}
NTHS = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde", -1: "sista"}
TITLES = ("Bokprat", "Läsecirkel för nyfikna", "Kreativ kväll", "Steg för steg", "Mat och prat")
FORMS = {"digitalt": Form.ONLINE, "på plats och digitalt": Form.HYBRID, "utomhus": Form.OUTDOORS}
SIGNUPS = {"drop-in": Signup.DROP_IN, "anmälan krävs": Signup.REQUIRED, "bokad tid": Signup.APPOINTMENT}
# What Swedish itself leaves open: the day to sign up or to come, and one Sunday or every Sunday of a stretch.
UNDECIDED = re.compile(r"(krävs|tid|drop-in),?\s+den\s+\d|\b(mån|tis|ons|tor|fre|lör|sön)\s+\d+\s+\w+–")


@dataclass
class Line:
    """The parts of a line in the order they were made, and what they mean together."""

    random: Random
    parts: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)

    def say(self, *ways: str) -> None:
        """Say one of these."""
        self.parts.append(self.random.choice(ways))

    def pick(self, first: date, last: date, wanted: Callable[[date], bool]) -> None:
        """Step through the calendar and keep the days wanted."""
        self.days = [day for day in every_day(first, last) if wanted(day)]


def test_every_line_of_the_grammar_means_what_it_was_made_from() -> None:
    wrong = [fault for seed in range(LINES) for fault in faults(Random(seed))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_grammar_is_the_same_each_time(seed: int) -> None:
    assert list(faults(Random(seed))) == list(faults(Random(seed)))


def faults(random: Random) -> Iterator[str]:
    """Make a line, read it, and tell every way in which the entry is not what the line means."""
    line = Line(random)
    random.choice((once, listed, weekly, counted, fortnightly, by_parity, monthly))(line)
    hours, starts, ends = said_hours(random)
    title = random.choice(TITLES)
    besides, wanted = said_besides(random)
    text = in_some_order(random, title, [*line.parts, hours, *besides])
    if UNDECIDED.search(text):
        return
    entry = read_line(text, HOUSE)
    wanted |= {"title": title, "starts": starts, "ends": ends, "days": line.days}
    wanted |= {"not_understood": (), "conflicts": (), "lacks": ()}
    for name, value in wanted.items():
        if (found := of_entry(entry, name)) != value:
            yield f"{text}: {name} is {found}, not {value}"


def of_entry(entry: Entry, name: str) -> object:
    return list(entry.when.dates()) if name == "days" else getattr(entry, name)


def once(line: Line) -> None:
    day = some_day(line.random)
    line.days = [day]
    line.say(
        *said_day(day), f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}", f"den {day.day}:e {month(day)}"
    )


def listed(line: Line) -> None:
    first = some_day(line.random)
    line.days = [first + timedelta(weeks=n) for n in (0, 1, 3)]
    one, two, three = (f"{day.day}/{day.month}" for day in line.days)
    line.say(f"{one}, {two} och {three}", f"{one}, {two}, {three}", f"{one} och {two} samt {three}")


def weekly(line: Line) -> None:
    weekdays = line.random.sample(range(7), line.random.choice((1, 1, 2)))
    first, last = said_bounds(line)
    line.say(" och ".join(WEEKDAYS[each] + "ar" for each in weekdays), *only_one(weekdays))
    line.pick(first, last, lambda day: day.weekday() in weekdays)
    leave_out(line)


def counted(line: Line) -> None:
    first, times = some_day(line.random), line.random.choice(list(COUNTS))
    line.say(f"{WEEKDAYS[first.weekday()]}ar", f"varje {WEEKDAYS[first.weekday()]}")
    line.say(*said_start(first))
    line.say(f"{COUNTS[times]} gånger", f"{times} ggr", f"{COUNTS[times]} tillfällen", f"{times} träffar")
    line.days = [first + timedelta(weeks=n) for n in range(times)]


def fortnightly(line: Line) -> None:
    first, times = some_day(line.random), line.random.choice(list(COUNTS))
    name = WEEKDAYS[first.weekday()]
    line.say(f"varannan {name}", f"varannan vecka på {name}ar", f"{name}ar varannan vecka")
    line.say(*said_start(first))
    line.say(f"{COUNTS[times]} gånger", f"{times} ggr")
    line.days = [first + timedelta(weeks=2 * n) for n in range(times)]


def by_parity(line: Line) -> None:
    """Also over New Year after week 53, where both are odd."""
    weekday, is_odd = line.random.randrange(7), line.random.random() < 0.5
    first, last = line.random.choice(((49, 7), (3, 20), (50, 2), (4, 11)))
    begins = date.fromisocalendar(2026 if first > 40 else 2027, first, 1)
    word = line.random.choice(("udda", "ojämna")) if is_odd else "jämna"
    line.say(f"{WEEKDAYS[weekday]}ar {word} veckor", f"{word} veckor på {WEEKDAYS[weekday]}ar")
    line.say(*said_weeks(first, last))
    ends = date.fromisocalendar(2027, last, 7)
    line.pick(
        begins, ends, lambda day: day.weekday() == weekday and (day.isocalendar()[1] % 2 == 1) is is_odd
    )


def monthly(line: Line) -> None:
    nth, weekday = line.random.choice(list(NTHS)), line.random.randrange(7)
    first = line.random.randint(1, 3)
    last = line.random.randint(first + 1, 6)
    line.say(f"{NTHS[nth]} {WEEKDAYS[weekday]}en i månaden", f"{NTHS[nth]} {WEEKDAYS[weekday]}en varje månad")
    line.say(f"{MONTHS[first - 1]}–{MONTHS[last - 1]}", f"från {MONTHS[first - 1]} till {MONTHS[last - 1]}")
    ends = date(2027, last + 1, 1) - timedelta(days=1)
    line.pick(date(2027, first, 1), ends, lambda day: day.weekday() == weekday and is_nth(day, nth))


def is_nth(day: date, nth: int) -> bool:
    return (day + timedelta(weeks=1)).month != day.month if nth == -1 else (day.day - 1) // 7 + 1 == nth


def said_bounds(line: Line) -> tuple[date, date]:
    first_week = line.random.randint(2, 8)
    last_week = line.random.randint(first_week + 3, 22)
    first, last = date.fromisocalendar(2027, first_week, 1), date.fromisocalendar(2027, last_week, 7)
    line.say(
        *said_weeks(first_week, last_week),
        f"från {first.day}/{first.month} till {last.day}/{last.month}",
        f"fr.o.m. {first.day} {month(first)} t.o.m. {last.day} {month(last)}",
        f"{first.day} {month(first)}–{last.day} {month(last)}",
    )
    return first, last


def leave_out(line: Line) -> None:
    """A week or a day in the middle; said last, or a list before a comma would go on."""
    if line.random.random() < 0.4 or len(line.days) < 3:
        return
    gone = line.days[len(line.days) // 2]
    week = gone.isocalendar()[1]
    if line.random.random() < 0.5:
        line.say(f"ej v. {week}", f"uppehåll vecka {week}", f"inte v{week}", f"utom v. {week}")
        line.days = [day for day in line.days if day.isocalendar()[1] != week]
    else:
        line.say(*(f"{word} {gone.day}/{gone.month}" for word in ("ej", "inte", "utom", "dock inte")))
        line.days.remove(gone)


def said_weeks(first: int, last: int) -> tuple[str, ...]:
    return f"v. {first}–{last}", f"v {first}-{last}", f"vecka {first} till {last}", f"v.{first}-v.{last}"


def said_start(day: date) -> tuple[str, ...]:
    in_words = f"{day.day} {month(day)}"
    return (
        f"med start {in_words}",
        f"från {in_words}",
        f"start {day.day}/{day.month}",
        f"från och med {in_words}",
    )


def said_day(day: date) -> tuple[str, ...]:
    return f"{day.day} {month(day)}", f"{day.day} {month(day)[:3]}", f"{day.day}/{day.month}", day.isoformat()


def said_hours(random: Random) -> tuple[str, time, time]:
    start = random.randint(7, 17)
    end = random.randint(start + 1, 21)
    ways = (
        (f"{start}–{end}", 0),
        (f"kl. {start}-{end}", 0),
        (f"kl {start} - {end}.30", 30),
        (f"{start}.00–{end}.30", 30),
        (f"{start:02}:00-{end}:30", 30),
        (f"från kl {start} till kl {end}", 0),
        (f"mellan {start} och {end}", 0),
        (f"klockan {start} till {end}", 0),
    )
    said, minute = random.choice(ways)
    return said, time(start), time(end, minute)


def said_besides(random: Random) -> tuple[list[str], dict[str, object]]:
    """Perhaps a room, a form and a way to sign up."""
    parts: list[str] = []
    wanted: dict[str, object] = {"room_id": None, "form": None, "signup": None}
    if random.random() < 0.5:
        room = random.choice(ROOMS)
        parts.append(random.choice((f"i {room.name}", room.name.lower(), f"rum: {room.name}")))
        wanted["room_id"] = room.id
    for name, words in (("form", FORMS), ("signup", SIGNUPS)):
        if random.random() < 0.3:
            said = random.choice(list(words))
            parts.append(said)
            wanted[name] = words[said]
    return parts, wanted


def in_some_order(random: Random, title: str, parts: list[str]) -> str:
    """The title somewhere, what is left out last of all, with commas or only spaces between."""
    is_left_out = (
        parts[2].split()[0] in {"ej", "uppehåll", "inte", "utom", "dock"} if len(parts) > 2 else False
    )
    last = [parts.pop(2)] if is_left_out else []
    random.shuffle(parts)
    parts.insert(random.choice((0, 0, 0, len(parts), random.randint(0, len(parts)))), title)
    text = parts[0]
    for part in parts[1:]:
        text += random.choice((", ", " ")) + part
    # "Anmälan krävs inte 9/3" would be about signing up.
    text = ", ".join([text, *last])
    return random.choice((text, text, text.replace(" ", "  "), text + "."))


def only_one(weekdays: list[int]) -> tuple[str, ...]:
    name = WEEKDAYS[weekdays[0]]
    return () if len(weekdays) > 1 else (f"varje {name}", f"på {name}ar", f"{name[:3]}", f"{name}arna")


def some_day(random: Random) -> date:
    return date(2027, 1, 4) + timedelta(days=random.randrange(80))


def month(day: date) -> str:
    return MONTHS[day.month - 1]


def every_day(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)
