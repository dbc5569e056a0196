"""One line of Swedish → a filled form."""

from __future__ import annotations

from ..terms import Kind
from .deciding_days import decide_days
from .deciding_hours import Times, decide_hours
from .deciding_rest import decide_rest
from .deciding_title import Named, decide_title, pieces_not_understood
from .entry import Assumed, Conflict, Entry, Lack, Remark, When
from .facts import Hours, Skips
from .heard import Heard
from .kinds import kind_in
from .known import Known
from .scanning import scan

LONGEST_LINE = 500


def read(text: str, known: Known) -> Entry:
    """See :func:`khcal.calendaring.quick_entry.read_line`."""
    line, pieces = scan(_cut(text), known)
    heard = Heard(line, pieces)
    if len(text) > LONGEST_LINE:
        heard.object_to(Conflict.TOO_LONG, None, number=LONGEST_LINE)
    _tell_spelling(heard)
    named = decide_title(heard)
    is_closure = _is_closure(heard, named)
    when = decide_days(heard, bool(heard.all(Hours)), is_closure)
    _tell_of_days(heard, when)
    is_all_day = when.last_day is not None or (is_closure and when.first_day is not None)
    times = decide_hours(heard, named.earlier, is_all_day)
    rest = decide_rest(heard, named, when.first_day)
    return _entry(heard, named, when, times, rest)


def _entry(heard: Heard, named: Named, when: When, times: Times, rest: dict[str, object]) -> Entry:
    unread = pieces_not_understood(heard, named)
    return Entry(
        title=named.title,
        earlier=named.earlier.id if named.earlier else None,
        when=when,
        starts=times.starts,
        ends=times.ends,
        all_day=times.all_day,
        place=named.place,
        assumptions=tuple(heard.assumptions),
        conflicts=tuple(heard.conflicts),
        not_understood=unread,
        lacks=_in_order(heard, named),
        **rest,  # type: ignore[arg-type]
    )


def _cut(text: str) -> str:
    """At most 500 characters, ending between words."""
    if len(text) <= LONGEST_LINE:
        return text
    head = text[: LONGEST_LINE + 1]
    space = max(head.rfind(" "), head.rfind("\n"))
    return head[:space] if space > 0 else text[:LONGEST_LINE]


def _tell_spelling(heard: Heard) -> None:
    """Every word that a piece needed in another spelling."""
    line = heard.line
    for piece in heard.pieces:
        for at in range(piece.start, piece.end):
            if line.word(at) != line.tokens[at].folded:
                heard.assumptions.append(Remark(Assumed.SPELLING, line.piece(at, at + 1), line.word(at)))


def _is_closure(heard: Heard, named: Named) -> bool:
    words = [heard.line.tokens[at].folded for at in named.tokens if heard.line.is_word(at)]
    kind = kind_in(words)
    return kind is not None and kind[0] is Kind.CLOSURE


def _tell_of_days(heard: Heard, when: When) -> None:
    if when.first_day is None and not {Lack.WEEKDAY, Lack.DAYS, Lack.UNTIL} & set(heard.lacks):
        heard.lack(Lack.DAY)
    if when.rule is None and not when.days and (when.first_day is None or when.until or when.times):
        # There are no dates yet of which something could be left out.
        heard.unread += [piece for _, piece in heard.all(Skips)]
    if when.first_day is not None and when.first_day < heard.known.today:
        heard.object_to(Conflict.PAST, None, day=when.first_day)


def _in_order(heard: Heard, named: Named) -> tuple[Lack, ...]:
    if any(remark.code is Conflict.RULE for remark in heard.conflicts) and Lack.WEEKDAY in heard.lacks:
        # The rule was said, only khcal does not keep it.
        heard.lacks.remove(Lack.WEEKDAY)
    found = {*heard.lacks, *(() if named.title else (Lack.TITLE,))}
    return tuple(lack for lack in Lack if lack in found)
