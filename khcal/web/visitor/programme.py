"""What happens in a house: as a list, a week, a month, a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from khcal import queries
from khcal.calendaring import clock, grid
from khcal.calendaring.agenda import AgendaDay, agenda
from khcal.calendaring.filters import Filters, read_filters
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Appearance
from khcal.queries import DateList
from khcal.web.access import load_house
from khcal.web.htmx import render
from khcal.web.kept import keep_under

from . import marks
from .choices import choices

blueprint = Blueprint("programme", __name__)
marks.teach(blueprint)

# Nobody plans beyond these; without an end, a machine would follow "next" for ever.
FIRST_YEAR, LAST_YEAR = 2015, 2100
ONE_WEEK = timedelta(days=7)
# A long closure is a row on each of its days but one card on the page; so few dates say too little.
FEWEST = 8


@blueprint.get("/<chapter>/")
def dates(chapter: str) -> Response:
    """The list: two weeks and at least twenty dates from today or ``fran``, narrowed by the filters."""
    page = load_house(chapter)
    today = clock.today()
    filters, misread = read_filters(request.args)
    first_day = _first_day(misread) or today
    keep_under(None if filters.text else _query(filters, first_day if "fran" in request.args else None))
    listed = _list_from(page.house.id, first_day, filters)
    days = agenda(listed.rows, today)
    is_whole = not filters and first_day == today
    return render(
        "visitor/list.html",
        "occurrence_list",
        page=page,
        days=days,
        empty_today=is_whole and _begins_later(days, today) and grid.day_box(today, (), today),
        next_row=_next_row(listed.rows) if is_whole else None,
        choices=choices(chapter, filters, listed.total),
        misread=misread,
        first_day=first_day,
        more_from=listed.next_from,
        more_address=_more_address(chapter, filters, listed),
    )


@blueprint.get("/<chapter>/vecka/<int(fixed_digits=4):year>-v<int:number>")
def week(chapter: str, year: int, number: int) -> Response:
    """An ISO week, every day of it; 404 for a week that the year does not have."""
    page = load_house(chapter)
    monday = _monday(year, number)
    filters, misread = _chosen()
    rows = queries.dates_between(page.house.id, monday, monday + ONE_WEEK - clock.ONE_DAY, filters)
    return render(
        "visitor/week.html",
        "week",
        page=page,
        week=grid.week_box(monday, rows, clock.today()),
        previous=monday - ONE_WEEK,
        following=monday + ONE_WEEK,
        this_week=clock.monday_of(clock.today()),
        next_row=None if rows else queries.first_day_after(page.house.id, clock.today(), filters),
        choices=choices(chapter, filters, _number(rows)),
        misread=misread,
    )


@blueprint.get("/<chapter>/manad/<int(fixed_digits=4):year>-<int(fixed_digits=2):number>")
def month(chapter: str, year: int, number: int) -> Response:
    """A month in whole weeks; 404 for one that does not exist."""
    page = load_house(chapter)
    first = _first_of_month(year, number)
    filters, misread = _chosen()
    rows = queries.dates_between(page.house.id, *grid.month_span(first), filters)
    in_month = [row for row in rows if clock.first_of_month(row.day) == first]
    return render(
        "visitor/month.html",
        "month",
        page=page,
        month=grid.month_table(first, rows, clock.today()),
        previous=clock.previous_month(first),
        following=clock.next_month(first),
        this_month=clock.first_of_month(clock.today()),
        next_row=None if rows else queries.first_day_after(page.house.id, clock.today(), filters),
        choices=choices(chapter, filters, _number(in_month)),
        misread=misread,
    )


@blueprint.get("/<chapter>/dag/<day>")
def one_day(chapter: str, day: str) -> Response:
    """One day; 404 for one that does not exist."""
    page = load_house(chapter)
    chosen = _day(day) or abort(404)
    filters, misread = _chosen()
    after = max(chosen, clock.today())
    rows = queries.dates_between(page.house.id, chosen, chosen, filters)
    return render(
        "visitor/day.html",
        "day",
        page=page,
        box=grid.day_box(chosen, rows, clock.today()),
        previous=chosen - clock.ONE_DAY,
        following=chosen + clock.ONE_DAY,
        next_row=None if rows else queries.first_day_after(page.house.id, after, filters),
        choices=choices(chapter, filters, _number(rows)),
        misread=misread,
    )


def _chosen() -> tuple[Filters, list[str]]:
    """What somebody chose in the list goes on in a week, a month and a day; also what is not understood."""
    filters, misread = read_filters(request.args)
    keep_under(None if filters.text else filters.as_query)
    return filters, misread


def _list_from(house_id: int, first_day: date, filters: Filters) -> DateList:
    listed = queries.date_list(house_id, first_day, filters)
    if listed.next_from is None or len({row.id for row in listed.rows}) >= FEWEST:
        return listed
    rest = queries.date_list(house_id, listed.next_from, filters)
    return DateList([*listed.rows, *rest.rows], listed.total, rest.next_from)


def _begins_later(days: list[AgendaDay], today: date) -> bool:
    return not days or days[0].box.day > today


def _next_row(rows: list[ListedDate]) -> ListedDate | None:
    """What comes next, as the list itself tells."""
    starting = (row for row in rows if row.appearance is Appearance.START)
    return next((row for row in starting if not row.is_cancelled and not row.is_closure), None)


def _first_day(misread: list[str]) -> date | None:
    text = request.args.get("fran", "").strip()
    day = _day(text)
    if text and day is None:
        misread.append(text)
    return day


def _query(filters: Filters, first_day: date | None) -> dict[str, Any]:
    """The one way that we write the address of a list."""
    return filters.as_query | ({"fran": first_day.isoformat()} if first_day else {})


def _more_address(chapter: str, filters: Filters, listed: DateList) -> str:
    if listed.next_from is None:
        return ""
    return url_for("programme.dates", chapter=chapter, **_query(filters, listed.next_from))


def _monday(year: int, number: int) -> date:
    try:
        monday = clock.days_of_week(year, number)[0]
    except ValueError:
        abort(404)
    return monday if FIRST_YEAR <= year <= LAST_YEAR else abort(404)


def _first_of_month(year: int, number: int) -> date:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
        abort(404)
    return date(year, number, 1)


def _day(text: str) -> date | None:
    """``2026-11-24`` and no other way to write it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _number(rows: list[ListedDate]) -> int:
    """How many dates there are, each once however many days it has. That the house is closed is none."""
    return len({row.id for row in rows if not row.closes_the_day})
