"""How a screen is, by nothing but what its own page said last about what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from . import clock

# Seconds. A screen reports about twice a minute, and takes a change within half a minute.
SILENT_AFTER = 120
BEHIND_AFTER = 120
UNDRAWN_AFTER = 300


class ScreenState(StrEnum):
    """From never heard to all as it should be; the first that is true is told."""

    UNHEARD = "unheard"
    SILENT = "silent"
    BLANK = "blank"
    OLD_PROGRAMME = "old-programme"
    OLD_SHELL = "old-shell"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class ScreenReport:
    """What a page said at ``seen_at`` (epoch seconds): the revision and day that it shows (``None`` when it
    knows no programme), its own version, and when it drew last (epoch milliseconds).
    """

    seen_at: int
    revision: int | None
    shell: str
    page_day: date | None
    rendered_at: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a screen should show: the house's revision, since when (epoch seconds), and the version."""

    revision: int
    changed_at: int
    shell: str


def screen_state(report: ScreenReport | None, wanted: Wanted, now: int) -> ScreenState:
    """The state of a screen at ``now`` (epoch seconds)."""
    if report is None:
        return ScreenState.UNHEARD
    if now - report.seen_at > SILENT_AFTER:
        return ScreenState.SILENT
    if report.revision is None or report.page_day is None:
        return ScreenState.BLANK
    if _is_behind(report, wanted) or _is_of_another_day(report) or _draws_no_more(report):
        return ScreenState.OLD_PROGRAMME
    return ScreenState.GOOD if report.shell == wanted.shell else ScreenState.OLD_SHELL


def _is_behind(report: ScreenReport, wanted: Wanted) -> bool:
    is_older = report.revision is not None and report.revision < wanted.revision
    return is_older and report.seen_at - wanted.changed_at > BEHIND_AFTER


def _is_of_another_day(report: ScreenReport) -> bool:
    """Told by the day on which it was said; around midnight both are right for a moment."""
    around = (report.seen_at - BEHIND_AFTER, report.seen_at, report.seen_at + BEHIND_AFTER)
    days = {clock.from_epoch_seconds(moment).astimezone(clock.ZONE).date() for moment in around}
    return report.page_day not in days


def _draws_no_more(report: ScreenReport) -> bool:
    return report.rendered_at is None or report.seen_at - report.rendered_at // 1000 > UNDRAWN_AFTER
