"""Everything that is neither title nor time: rooms, whom it is for, how one takes part and signs up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ..shapes import Deadline
from ..terms import Audience, Form, Signup
from .deciding_title import Named
from .entry import Assumed, Conflict
from .facts import AudienceSaid, Capacity, FormSaid, LanguageSaid, Piece, Price, Rooms, SignupSaid
from .heard import Heard
from .kinds import kind_in
from .points import Point, Span, latest_span, next_span

MOST_ROOMS = 2


def decide_rest(heard: Heard, named: Named, first_day: date | None) -> dict[str, Any]:
    """Values by the names that :class:`.entry.Entry` gives them."""
    return {
        **_kind(heard, named),
        **_rooms(heard, named),
        **_audience(heard, named),
        **_form(heard, named),
        **_signup(heard, first_day),
        **_numbers(heard, named),
    }


def _kind(heard: Heard, named: Named) -> dict[str, Any]:
    words = [heard.line.tokens[at].folded for at in named.tokens if heard.line.is_word(at)]
    found = None if named.earlier else kind_in(words)
    if found is None:
        return {}
    heard.assume(Assumed.KIND, None, word=found[0].value)
    return {"kind": found[0]}


def _rooms(heard: Heard, named: Named) -> dict[str, Any]:
    ids: list[int] = []
    for fact, piece in heard.all(Rooms):
        _tell_if_in_title(heard, named, piece, Assumed.ROOM, "")
        ids += [number for number in fact.ids if number not in ids]
        if len(ids) > MOST_ROOMS:
            heard.object_to(Conflict.ROOMS, piece, number=MOST_ROOMS)
    return dict(zip(("room_id", "second_room_id"), ids, strict=False))


def _audience(heard: Heard, named: Named) -> dict[str, Any]:
    found: frozenset[Audience] = frozenset()
    for fact, piece in heard.all(AudienceSaid):
        found |= fact.audience
        _tell_if_in_title(heard, named, piece, Assumed.AUDIENCE, ",".join(sorted(fact.audience)))
    return {"audience": found} if found else {}


def _form(heard: Heard, named: Named) -> dict[str, Any]:
    forms: set[Form] = set()
    for fact, piece in heard.all(FormSaid):
        forms.add(fact.form)
        _tell_if_in_title(heard, named, piece, Assumed.FORM, fact.form.value)
    if not forms:
        return {}
    if Form.HYBRID in forms or forms == {Form.ONSITE, Form.ONLINE}:
        return {"form": Form.HYBRID}
    if len(forms) > 1:
        heard.one(FormSaid)
    return {"form": heard.all(FormSaid)[0][0].form}


def _signup(heard: Heard, first_day: date | None) -> dict[str, Any]:
    said = _one_signup(heard)
    if said is None:
        return {}
    fact, piece = said
    deadline = fact.deadline
    if fact.until is not None:
        deadline = _dated(heard, fact, piece, first_day)
    return {"signup": fact.signup, "deadline": deadline, "signup_contact": fact.contact}


def _one_signup(heard: Heard) -> tuple[SignupSaid, Piece] | None:
    """One way; "samtal före start" only adds to a sign-up said elsewhere."""
    found = heard.all(SignupSaid)
    plain = [pair for pair in found if pair[0].signup is Signup.REQUIRED]
    interviews = [pair for pair in found if pair[0].signup is Signup.INTERVIEW]
    if len(found) == 2 and plain and interviews:
        return replace(plain[0][0], signup=Signup.INTERVIEW), plain[0][1]
    return heard.one(SignupSaid)


def _dated(heard: Heard, fact: SignupSaid, piece: Piece, first_day: date | None) -> Deadline:
    """The day nearest to the first date; without one, the next such day from today."""
    point, today = fact.until, heard.known.today
    if point is None:
        return fact.deadline
    span = _nearest_span(point, first_day) if first_day else next_span(point, today)
    if span is None:
        heard.object_to(Conflict.NO_SUCH_DAY, piece)
        return Deadline()
    weekday = getattr(point, "weekday", None)
    if weekday not in (None, span[0].weekday()):
        heard.object_to(Conflict.WEEKDAY, piece, day=span[0], number=weekday)
    if first_day and span[0] > first_day:
        heard.object_to(Conflict.DEADLINE_LATE, piece, day=span[0])
    elif span[0] < today:
        heard.object_to(Conflict.DEADLINE_PAST, piece, day=span[0])
    return replace(fact.deadline, day=span[0])


def _nearest_span(point: Point, day: date) -> Span | None:
    """The days of the point that lie nearest to a day: a deadline is never a year away."""
    spans = [span for span in (latest_span(point, day), next_span(point, day)) if span]
    return min(spans, key=lambda span: abs(span[0] - day), default=None)


def _numbers(heard: Heard, named: Named) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if price := heard.one(Price):
        found["price"] = price[0].kronor
    if capacity := heard.one(Capacity):
        found["capacity"] = capacity[0].places
        if capacity[0].is_bare:
            heard.assume(Assumed.CAPACITY, capacity[1], number=capacity[0].places)
    if language := heard.one(LanguageSaid):
        found["language"] = language[0].language
        _tell_if_in_title(heard, named, language[1], Assumed.LANGUAGE, language[0].language)
    return found


def _tell_if_in_title(heard: Heard, named: Named, piece: Piece, code: Assumed, word: str) -> None:
    """What a word of the title tells is an inference; what was said beside it is not."""
    if piece.start in named.tokens:
        heard.assume(code, piece, word=word)
