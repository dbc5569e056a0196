"""What feeds say of a date, in words: a pure function of its row, never of now.

A discreet feed lies in calendars that others see, at work for one: it names neither the group nor the house.
"""

from __future__ import annotations

from typing import NamedTuple

from . import phrases
from .discreet import gives_away, street_and_town, tells
from .plain_text import cut, one_line, paragraphs
from .shapes import ListedDate
from .terms import Appearance, Form, Places, Status

# A part of every subscriber's calendar: it never changes.
UID_HOST = "khcal.kraftenshus.se"
# One more whenever a release writes a key otherwise into a file, so that every date is told of anew.
WORDING = 1

LONGEST_SUMMARY = 80
LONGEST_TEXT = 180
LONGEST_SIGNUP = 120
LONGEST_LOCATION = 160
LONGEST_LINK = 250


class FeedKey(NamedTuple):
    """Everything that the text of a date's VEVENT says in any feed, apart from its sequence and stamp.

    Plain texts only, so that a hash of its ``repr`` is the same in every process.
    """

    uid: str
    starts_at: str
    ends_at: str
    is_all_day: bool
    status: str
    summary: str
    body: str
    signup: str
    location: str
    category: str
    conference: str
    path: str
    discreet_summary: str
    discreet_location: str


class FeedDate(NamedTuple):
    """All that feeds tell of a date: its text, its sequence, and when it was changed (seconds since 1970)."""

    key: FeedKey
    sequence: int
    changed_at: int


def feed_date(row: ListedDate) -> FeedDate:
    """What feeds tell of this date."""
    return FeedDate(feed_key(row), row.sequence, row.changed_at)


@phrases.in_swedish
def feed_key(row: ListedDate) -> FeedKey:
    """What a subscriber sees of this date; a new key calls for a higher sequence.

    Depends on neither the day in a list, the next date, places that are free today, nor addresses.
    """
    told = _told(row)
    return FeedKey(
        uid=f"{row.uid}@{UID_HOST}",
        starts_at=row.starts_at.isoformat(),
        ends_at=row.ends_at.isoformat(),
        is_all_day=row.is_all_day,
        status="CANCELLED" if _is_off(row) else "CONFIRMED",
        summary=_summary(row, row.title),
        category="" if row.is_reopened else one_line(phrases.kind_label(row.kind)),
        discreet_summary=_summary(row, _neutral_title(row)),
        discreet_location=cut(street_and_town(row.address), LONGEST_LOCATION) if told["location"] else "",
        **told,
    )


def made_discreet(key: FeedKey) -> FeedKey:
    """The same date for a calendar that others see: when, in which street, and where to read more."""
    return key._replace(
        summary=key.discreet_summary,
        location=key.discreet_location,
        body="",
        signup="",
        category="",
        conference="",
    )


def _told(row: ListedDate) -> dict[str, str]:
    """The texts beside the title; a date whose publication was undone tells nothing more."""
    if _is_withdrawn(row):
        return dict.fromkeys(("body", "signup", "location", "conference", "path"), "")
    link = row.open_link if row.open_link.startswith("https://") else ""
    return {
        "body": cut(paragraphs(f"{_news(row)}\n\n{'' if row.is_reopened else row.short_text}"), LONGEST_TEXT),
        "signup": "" if _is_off(row) else cut(_how(row), LONGEST_SIGNUP),
        "location": _location(row),
        "conference": link if len(link) <= LONGEST_LINK and link == one_line(link) else "",
        "path": f"/{row.chapter_slug}/tillfalle/{row.id}",
    }


def _is_off(row: ListedDate) -> bool:
    return row.is_cancelled or _is_withdrawn(row)


def _is_withdrawn(row: ListedDate) -> bool:
    return row.appearance is Appearance.GONE or row.status is Status.WITHDRAWN


def _summary(row: ListedDate, title: str) -> str:
    if row.is_reopened:
        # Phones strike through what is off, or write "Canceled" before it: the title alone would mislead.
        return "ÖPPET SOM VANLIGT: stängningen är tillbakatagen"
    full = "FULLT: " if row.places is Places.FULL else ""
    return cut(("INSTÄLLT: " if _is_off(row) else full) + one_line(title), LONGEST_SUMMARY)


def _news(row: ListedDate) -> str:
    """Why it is cancelled, or else the house's word on places."""
    if not row.is_cancelled:
        return one_line(row.status_note)
    return one_line(phrases.cancelled_sentence(row))


def _how(row: ListedDate) -> str:
    """What to do before coming, and that one may take part from home."""
    home = phrases.form_label(row.form) if row.form is Form.HYBRID else ""
    return ". ".join(part for part in (one_line(phrases.signup_label(row)), home) if part)


def _location(row: ListedDate) -> str:
    """Room, place, street and town on one line; what two of them say is said once."""
    parts = ", ".join([" och ".join(row.rooms), row.place, row.address]).split(",")
    named = dict.fromkeys(part for part in map(one_line, parts) if part)
    if not named and row.form is Form.ONLINE:
        return phrases.form_label(row.form)
    return cut(", ".join(named), LONGEST_LOCATION)


def _neutral_title(row: ListedDate) -> str:
    """What staff wrote instead of the title, else the kind of activity; neither if it gives that away."""
    kind = phrases.kind_label(row.kind)
    if row.is_closure:
        # Whoever would come must know, and that a house is closed tells nothing of whom it is for.
        return kind
    neutral = (words for words in (row.neutral_title, kind) if words and not _names_group(words, row))
    return next(neutral, phrases.any_activity())


def _names_group(words: str, row: ListedDate) -> bool:
    """Whether they tell the house, why one goes there, or either title of a date."""
    return tells(words) or any(gives_away(words, title) for title in {row.title, row.event_title})
