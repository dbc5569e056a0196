"""A release that writes the same date otherwise has to say so, or phones would keep the old text."""

from __future__ import annotations

from hashlib import sha256

from khcal.calendaring.feed import FeedHeader, calendar
from khcal.calendaring.feed_text import WORDING, FeedDate, FeedKey

PUBLIC_URL = "https://kalender.example.org"
TIMED = FeedKey(
    uid="a@khcal.kraftenshus.se",
    starts_at="2026-12-01T13:00:00",
    ends_at="2026-12-01T15:00:00",
    is_all_day=False,
    status="CONFIRMED",
    summary="Målarkväll, för dig; med vänner 🎨",
    body="Vi målar och pratar om vardagen, orken och det som hjälper. " * 3 + "\n\nIngen förkunskap.",
    signup="Anmälan till huset senast dagen före",
    location="Ateljén, Gatan 1, Borås",
    category="Skapande",
    conference="https://m.example.org/a",
    path="/sjuharad/tillfalle/1",
    discreet_summary="Skapande",
    discreet_location="Gatan 1, Borås",
)
CANCELLED = TIMED._replace(
    uid="b@khcal.kraftenshus.se",
    status="CANCELLED",
    summary="INSTÄLLT: Målarkväll",
    body="Inställt: sjukdom.",
    signup="",
    conference="",
)
WHOLE_DAYS = TIMED._replace(
    uid="c@khcal.kraftenshus.se",
    starts_at="2026-12-24T00:00:00",
    ends_at="2026-12-27T00:00:00",
    is_all_day=True,
    summary="Stängt",
    category="Stängt",
    discreet_summary="Stängt",
    body="",
    location="",
)
CALLED_BACK = CANCELLED._replace(uid="d@khcal.kraftenshus.se", body="", location="", path="")
# Their texts give way to the page, the one's by half and the other's altogether.
LONG = TIMED._replace(uid="e@khcal.kraftenshus.se", body="水" * 180, signup="水" * 120, location="水" * 160)
LONGEST = TIMED._replace(
    uid="f@khcal.kraftenshus.se", body="🎨" * 180, signup="🎨" * 120, location="🎨" * 160
)
DATES = [
    FeedDate(key, sequence, 1_790_000_000)
    for sequence, key in enumerate((TIMED, CANCELLED, WHOLE_DAYS, CALLED_BACK, LONG, LONGEST))
]
WRITTEN = {1: "cd7eb2a1133a102ed19d9a97376a20ddb00bee48a69ac69b9203cc635a3217c5"}


def events_of(*, is_discreet: bool) -> bytes:
    """The file without its head, which has no number to raise."""
    header = FeedHeader("Hus", "Det som händer.", f"{PUBLIC_URL}/hus.ics", "", "teal", 1, is_discreet)
    return calendar(header, DATES, PUBLIC_URL).partition(b"BEGIN:VEVENT")[2]


def test_another_way_of_writing_has_another_number() -> None:
    """When this fails and is meant to: give ``WORDING`` the next number, and that one this digest."""
    digest = sha256(b"".join(events_of(is_discreet=each) for each in (False, True))).hexdigest()
    assert max(WRITTEN) == WORDING
    assert digest == WRITTEN[WORDING]


def test_every_way_of_writing_is_among_them() -> None:
    unfolded = events_of(is_discreet=False).replace(b"\r\n ", b"").decode()
    whole, *_others, by_half, not_at_all, _days = unfolded.split("BEGIN:VEVENT")
    assert "orken" in whole
    assert 0 < by_half.partition("DESCRIPTION:")[2].count("水") < 180 + 120
    assert "DESCRIPTION:https://" in not_at_all
