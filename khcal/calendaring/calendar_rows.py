"""The events of a calendar file, with what their words mean → activities, or what is not understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from . import clock
from .fault import Fault
from .import_values import room_like
from .import_words import AS_PLACE, NEW_ROOM, NOTHING, Answers, Known, by_title
from .programme_rows import ProgrammeRow, RoomName, SheetDate, SheetSchedule
from .reading_cells import read_audience, read_word
from .reading_text import facts_in, short_and_full, slug_of
from .shapes import Deadline
from .table_rows import Cells, Reading
from .terms import FORM_WORDS, KIND_WORDS, SIGNUP_WORDS, Form, Kind, Signup

# A place that an event has is a room or words of one's own, and what a category says is the kind.
Item = Mapping[str, Any]
_NOT_IN_A_CALENDAR: Mapping[str, Any] = {
    "language": "sv",
    "address": "",
    "online_info": "",
    "deadline": Deadline(),
    "capacity": None,
    "price": 0,
    "leader": "",
    "status_note": "",
    "access": "",
    "internal_note": "",
}
_NOT_WHOLE = {
    "title": "Titeln är kortad till 120 tecken.",
    "text": "Texten är kortad till 8 000 tecken.",
    "place": "Platsen är kortad till 200 tecken.",
    "codes": "Mötets nummer och koder är inte med i texten.",
    "link": "Möteslänken är för lång och är inte med.",
}


@dataclass(frozen=True, slots=True)
class _Place:
    rooms: tuple[RoomName, ...] = ()
    place: str = ""


def words_of(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """Every category and place that may need an answer."""
    for item in items:
        for category in item["categories"][:1]:
            yield "typ", category
        if item["place"]:
            yield "rum", item["place"]


def read_items(
    items: Sequence[Item], answers: Answers, known: Known, earlier: Mapping[str, Cells]
) -> list[Reading]:
    """Each event as an activity of the house."""
    found: dict[str, Reading] = {}
    twice = []
    for item in items:
        if item["key"] in found:
            told = Fault(
                int(item["number"]), "", "Samma händelse står två gånger i filen. Den första tas med."
            )
            twice.append(Reading((told.row,), item["title"], faults=(told,)))
        else:
            found[item["key"]] = _reading(item, answers, known, earlier)
    return [*found.values(), *twice]


def _reading(item: Item, answers: Answers, known: Known, earlier: Mapping[str, Cells]) -> Reading:
    number = (int(item["number"]),)
    if item["fault"]:
        return Reading(number, item["title"], faults=(Fault(number[0], "", item["fault"]),))
    told = by_title(item["title"], _is_all_day(item))
    words = dict(answers.defaults) | told | earlier.get(item["title"].casefold(), {})
    kind = _kind(item, answers, known, words)
    row = _row(item, kind, words, _place(item, answers, known), known)
    return Reading(number, item["title"], row, note=" ".join(_notes(item, known)))


def _notes(item: Item, known: Known) -> Iterator[str]:
    """What could not be kept as it is in the file."""
    yield from (_NOT_WHOLE[name] for name in item["cut"])
    for each in item["dates"]["dates"]:
        own = dict(each["own"])
        if "place" in own and room_like(own["place"], known.rooms) is None:
            yield f"Platsen ”{own['place'][:60]}” för {each['key']} är inte med."
        if "link" in own:
            yield f"Möteslänken för {each['key']} är inte med."
        if "text" in own and short_and_full(own["text"])[1]:
            yield f"Texten för {each['key']} är kortad."


def _is_all_day(item: Item) -> bool:
    return all(each["starts_at"].endswith("00:00:00") for each in item["dates"]["dates"])


def _kind(item: Item, answers: Answers, known: Known, words: Mapping[str, str]) -> Kind:
    said = ""
    for category in item["categories"][:1]:
        word = known.unknown([("typ", category)])
        said = (answers.of(word[0]) if word else category).casefold()
    return read_word(said or words["typ"], KIND_WORDS)


def _place(item: Item, answers: Answers, known: Known) -> _Place:
    place = item["place"]
    if not place:
        return _Place()
    if known.knows("rum", place):
        return _Place((RoomName(known.slug, place),))
    answer = answers.of(known.word("rum", place))
    if answer == AS_PLACE:
        return _Place(place=place)
    return (
        _Place()
        if answer == NOTHING
        else _Place((RoomName(known.slug, place if answer == NEW_ROOM else answer),))
    )


def _row(item: Item, kind: Kind, words: Mapping[str, str], where: _Place, known: Known) -> ProgrammeRow:
    """The activity; a calendar says nothing of the rest, which is as in a new one."""
    short_text, text = short_and_full(item["text"])
    signup = Signup.NONE if kind is Kind.CLOSURE else read_word(words["anmälan"], SIGNUP_WORDS)
    return ProgrammeRow(
        number=int(item["number"]),
        key=item["key"],
        houses=(known.slug,),
        title=item["title"],
        slug=slug_of(item["title"]),
        short_text=short_text,
        text=text,
        kind=kind,
        audience=read_audience(words["målgrupp"]),
        form=_form(item, words, where),
        rooms=where.rooms,
        place=where.place,
        signup=signup,
        facts=facts_in((item["text"],)),
        schedule=_schedule(item["dates"], known),
        more={"online_link": item["link"]} if item["link"] else {},
        **_NOT_IN_A_CALENDAR,
    )


def _form(item: Item, words: Mapping[str, str], where: _Place) -> Form:
    """A meeting link, or a place that is a meeting program, says how one takes part."""
    if not item["is_online"]:
        return read_word(words["form"], FORM_WORDS)
    return Form.HYBRID if where.rooms or where.place else Form.ONLINE


def _schedule(dates: Mapping[str, Any], known: Known) -> SheetSchedule:
    listed = tuple(_date(each, known) for each in dates["dates"])
    first = listed[0] if listed else None
    is_all_day = first is None or clock.is_all_day(first.starts_at, first.ends_at)
    usual = next((each for each in listed if each.slot == each.starts_at.date()), first)
    hours = (None, None) if is_all_day or usual is None else (usual.starts_at.time(), usual.ends_at.time())
    return SheetSchedule(
        dates["rule"],
        _day(dates["rule_from"]),
        _day(dates["rule_until"]),
        hours[0],
        hours[1],
        tuple((date.fromisoformat(day), "") for day in dates["skips"]),
        listed,
    )


def _date(each: Mapping[str, Any], known: Known) -> SheetDate:
    key = date.fromisoformat(each["key"])
    starts_at, ends_at = (datetime.fromisoformat(each[name]) for name in ("starts_at", "ends_at"))
    slot = key if each["is_of_rule"] else None
    return SheetDate(key.isoformat(), slot, starts_at, ends_at, more={"own": _own(dict(each["own"]), known)})


def _own(said: Mapping[str, str], known: Known) -> dict[str, Any]:
    """What one date says otherwise, as far as a date can in khcal."""
    own: dict[str, Any] = {"title": said["title"]} if "title" in said else {}
    if "text" in said:
        own["short_text"] = short_and_full(said["text"])[0]
    room = room_like(said["place"], known.rooms) if "place" in said else None
    if room is not None:
        own["room"] = [known.slug, room]
    return own


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
