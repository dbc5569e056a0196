"""The pieces of a line with what has been told about them so far: what the deciding parts share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from .entry import Assumed, Conflict, Lack, Remark
from .facts import Days, Fact, Piece, Role
from .known import Known
from .line import Line
from .points import DayPoint, FixedPoint, FixedWeek, Point, Span, Stretch

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Said:
    """One stretch of days and the piece that says it."""

    stretch: Stretch
    piece: Piece


@dataclass
class Heard:
    """Facts by sort, and the remarks that grow while decisions are made."""

    line: Line
    pieces: tuple[Piece, ...]
    assumptions: list[Remark] = field(default_factory=list)
    conflicts: list[Remark] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
    unread: list[Piece] = field(default_factory=list)

    @property
    def known(self) -> Known:
        """The day and the house."""
        return self.line.known

    def all(self, sort: type[F]) -> list[tuple[F, Piece]]:
        """Every fact of a sort with its piece, in the order of the line."""
        return [(piece.fact, piece) for piece in self.pieces if isinstance(piece.fact, sort)]

    def one(self, sort: type[F]) -> tuple[F, Piece] | None:
        """The first fact of a sort; another one that differs is told, and not used."""
        found = self.all(sort)
        for fact, piece in found[1:]:
            if fact != found[0][0]:
                self.object_to(Conflict.SECOND_VALUE, piece, word=self.text(found[0][1]))
                self.unread.append(piece)
        return found[0] if found else None

    def days(self, *roles: Role) -> list[Said]:
        """Every stretch said in one of the roles."""
        return [
            Said(stretch, piece)
            for fact, piece in self.all(Days)
            if fact.role in roles
            for stretch in fact.stretches
        ]

    def text(self, piece: Piece) -> str:
        """What was typed."""
        return self.line.piece(piece.start, piece.end)

    def assume(self, code: Assumed, piece: Piece | None = None, **values: Any) -> None:
        """Tell an assumption, once."""
        _add(self.assumptions, Remark(code, self.text(piece) if piece else "", **values))

    def object_to(self, code: Conflict, piece: Piece | None = None, **values: Any) -> None:
        """Tell what does not hold together, once."""
        _add(self.conflicts, Remark(code, self.text(piece) if piece else "", **values))

    def lack(self, what: Lack) -> None:
        """Tell what is missing, once."""
        if what not in self.lacks:
            self.lacks.append(what)

    def resolve(self, said: Said, after: date) -> Span | None:
        """The days meant, the next ones from ``after``; tells of years, weekdays and days gone by."""
        span = said.stretch.on_or_after(after)
        if span is None:
            self.object_to(Conflict.NO_SUCH_DAY, said.piece)
            return None
        if span[1] < span[0]:
            self.object_to(Conflict.BACKWARDS, said.piece)
            return None
        self._check_points(said, span)
        return span

    def _check_points(self, said: Said, span: Span) -> None:
        first, last = said.stretch.first, said.stretch.last
        for point, day in ((first, span[0]), (last, span[1])):
            self._check_weekday(point, day, said.piece)
            self._tell_year(point, day, said.piece)
        if isinstance(first, FixedPoint | FixedWeek):
            self.assume(
                Assumed.THAT_DAY, said.piece, day=span[0], last=span[1] if span[1] != span[0] else None
            )

    def _check_weekday(self, point: Point, day: date, piece: Piece) -> None:
        if isinstance(point, DayPoint) and point.weekday not in (None, day.weekday()):
            self.object_to(Conflict.WEEKDAY, piece, day=day, number=point.weekday)

    def _tell_year(self, point: Point, day: date, piece: Piece) -> None:
        is_told = any(
            remark.code is Assumed.YEAR and remark.number == day.year for remark in self.assumptions
        )
        if point.year is None and day.year != self.known.today.year and not is_told:
            self.assume(Assumed.YEAR, piece, number=day.year)


def _add(remarks: list[Remark], remark: Remark) -> None:
    if remark not in remarks:
        remarks.append(remark)


def joined_days(days: Iterable[date]) -> tuple[date, ...]:
    """Each day once, in order."""
    return tuple(sorted(set(days)))
