"""Which columns visitors may see and which never, and a small world with a mark in each that is private."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from sqlalchemy import JSON, Column, Enum, String, Table, select, update

from khcal.calendaring.terms import Kind
from khcal.db import Base, db
from khcal.models import (
    Chapter,
    OneTimeLink,
    Pairing,
    Screen,
    ScreenReport,
    WeekCheck,
)
from tests.factories import make_break, make_chapter, make_event, make_notice, make_occurrence, make_room
from tests.people import COLLEAGUE, EDITOR, make_user

PUBLIC: dict[str, tuple[str, ...]] = {
    "chapter": (
        *(
            "id",
            "slug",
            "name",
            "short_name",
            "street",
            "city",
            "municipality",
            "directions",
            "phone",
            "email",
        ),
        *(
            "website",
            "hours",
            "greeting",
            "colour",
            "access",
            "national",
            "closed_on",
            "revision",
            "changed_at",
            "dropped_at",
        ),
    ),
    "old_address": ("id", "chapter_id", "slug", "new_chapter_id", "new_slug"),
    "room": ("id", "chapter_id", "name", "address", "directions", "access", "outside"),
    "event": (
        *("id", "chapter_id", "slug", "kind", "title", "short_text", "text", "language", "audience", "form"),
        *("room_id", "second_room_id", "place", "address", "link_is_open", "online_info", "signup", "price"),
        *("signup_contact", "signup_until_day", "signup_days_before", "signup_time", "signup_until_words"),
        *("capacity", "leader", "facts", "access", "status_note", "neutral_title", "wall", "sibling_id"),
        *("everywhere", "rule", "rule_from", "rule_until", "start_time", "end_time"),
    ),
    "event_shown_in": ("event_id", "chapter_id"),
    "occurrence": (
        *("id", "uid", "event_id", "slot", "starts_at", "ends_at", "status", "reason", "title", "short_text"),
        *("room_id", "leader", "form", "places", "free_today_on", "sequence", "changed_at"),
    ),
    "trace": ("id", "occurrence_id", "day", "starts_at", "reason"),
    "listing": ("chapter_id", "day", "occurrence_id", "kind"),
    "notice": ("id", "chapter_id", "text", "first_day", "last_day", "everywhere"),
}
PRIVATE: dict[str, tuple[str, ...]] = {
    "chapter": ("version", "imported"),
    "room": ("version", "archived"),
    # A meeting link is private until staff mark it open.
    "event": (
        *("uid", "online_link", "internal_note", "skips", "import_key", "imported", "archived"),
        *("search_text", "version"),
    ),
    "event_shown_in": ("hidden",),
    "occurrence": ("published_at", "by_hand", "import_key", "feed_digest", "version"),
    "notice": ("version",),
    "break_period": ("id", "chapter_id", "first_day", "last_day", "name", "version"),
    "screen": ("id", "chapter_id", "name", "key_hash", "settings", "made_at", "revoked_at", "version"),
    "screen_report": ("screen_id", "seen_at", "revision", "shell", "page_day", "rendered_at"),
    "pairing": ("id", "code_hash", "device_hash", "screen_id", "expires_at"),
    "user": ("id", "name", "email", "password_hash", "ended_at", "version"),
    "membership": ("id", "user_id", "chapter_id", "role"),
    "sign_in": ("id", "user_id", "token_hash", "began_at", "seen_at", "ended_at"),
    "one_time_link": ("id", "user_id", "purpose", "token_hash", "expires_at", "used_at"),
    "change": ("id", "user_id", "chapter_id", "verb", "made_at", "undoes_id"),
    "changed_row": ("id", "change_id", "table_name", "row_id", "before", "after"),
    "week_check": ("id", "chapter_id", "monday", "user_id", "revision", "checked_at"),
}
# Where staff read the words of a private column ...
SEEN = {
    "event.online_link": "aktivitet/{event}",
    "event.internal_note": "aktivitet/{event}",
    "event.skips": "aktivitet/{event}",
    "break_period.name": "huset",
    "screen.name": "skarmar",
    "user.name": "personer",
    "user.email": "personer",
}
# ... and why the words of the others are for nobody, or told in other words.
HASHES = (
    *("user.password_hash", "sign_in.token_hash", "one_time_link.token_hash"),
    *("screen.key_hash", "pairing.code_hash", "pairing.device_hash"),
)
CHANGES = ("change.verb", *(f"changed_row.{name}" for name in ("table_name", "row_id", "before", "after")))
UNSEEN = {
    **dict.fromkeys(HASHES, "of a secret"),
    **dict.fromkeys(CHANGES, "told in words"),
    "screen.settings": "only those that a screen knows are told",
    "screen_report.shell": "compared with the one that is wanted",
    **dict.fromkeys(("event.import_key", "occurrence.import_key"), "which row of a file it came from"),
    **dict.fromkeys(("event.imported", "chapter.imported"), "what the file said, to tell later changes"),
    "event.uid": "what makes a repeated request one activity",
    "event.search_text": "the words of other columns",
    "occurrence.feed_digest": "whether the feed's text has changed",
    "one_time_link.purpose": "which page the link leads to",
}
WEEKLY = "FREQ=WEEKLY;BYDAY=WE"
DRAFT, HIDDEN, CLOSED, WITHDRAWN = "zqdraftqz", "zqhiddenqz", "zqclosedqz", "zqwithdrawnqz"


def mark_of(column: Column[Any]) -> str:
    """What is planted in a column; nothing else in the world reads like it."""
    return f"zq{column.table.name}{column.name}qz".replace("_", "")[:40]


def marked_columns() -> Iterator[Column[Any]]:
    """Every private column that can hold words."""
    for table in Base.metadata.sorted_tables:
        for name in PRIVATE.get(table.name, ()):
            kind = table.columns[name].type
            if isinstance(kind, String | JSON) and not isinstance(kind, Enum):
                yield table.columns[name]


def make_world() -> None:
    """Two houses with something in every table, committed; then a mark in every private column."""
    house, guest = make_chapter(EDITOR.house, name="Kraftens hus Sjuhärad"), make_chapter("goteborg")
    group = make_event(house, "2026-11-25 13:00", title="Öppet hus", shown_in=(guest,), room=make_room(house))
    group.rule, group.rule_from, group.rule_until = (
        "FREQ=WEEKLY;BYDAY=WE",
        date(2026, 11, 25),
        date(2026, 12, 9),
    )
    group.start_time, group.end_time = time(13), time(15)
    _make_unseen(house, guest)
    _make_staff_rows(house)
    db.session.commit()
    for column in marked_columns():
        _plant(column)
    db.session.commit()


def _make_unseen(house: Chapter, guest: Chapter) -> None:
    """What is there and not shown: drafts, a hidden share, a house that closed, notices of other days."""
    told: dict[str, Any] = {
        "short_text": DRAFT,
        "text": DRAFT,
        "leader": DRAFT,
        "place": DRAFT,
        "signup_contact": DRAFT,
    }
    make_event(house, "2026-11-25 10:00", title=f"Utkast {DRAFT}", slug=DRAFT, published=False, **told)
    group = make_event(house, "2026-11-26 10:00", title="Målarkväll")
    make_occurrence(group, "2026-11-27 10:00", published=False, title=DRAFT, short_text=DRAFT, leader=DRAFT)
    make_occurrence(group, "2026-11-28 10:00", title=WITHDRAWN).withdraw()
    shared = make_event(house, "2026-11-27 13:00", title=f"Delad {HIDDEN}", slug=HIDDEN, shown_in=(guest,))
    next(shown for shown in shared.shown_in if shown.chapter is guest).hidden = True
    closed = make_chapter(CLOSED, name=CLOSED, short_name=CLOSED, closed_on=date(2026, 11, 1))
    make_event(closed, "2026-11-25 13:00", title=f"Kvar {CLOSED}", kind=Kind.COMMUNITY)
    make_notice(house, f"Förra veckan {DRAFT}", "2026-11-10", "2026-11-16")
    make_notice(house, f"Nästa år {DRAFT}", "2027-11-10", "2027-11-16", everywhere=True)
    make_break(house, "2026-11-23", "2026-11-29")


def _make_staff_rows(house: Chapter) -> None:
    user = make_user(EDITOR)
    user.sign_in()
    make_user(COLLEAGUE)
    screen = Screen(chapter_id=house.id, name="Entrén", key_hash="a" * 64, made_at=1)
    db.session.add(screen)
    db.session.flush()
    soon = 1_900_000_000
    db.session.add_all(
        [
            ScreenReport(screen_id=screen.id, seen_at=1),
            Pairing(code_hash="b" * 64, device_hash="c" * 64, screen_id=screen.id, expires_at=soon),
            OneTimeLink(user_id=user.id, purpose="invite", token_hash="d" * 64, expires_at=soon),
            WeekCheck(
                chapter_id=house.id, monday=date(2026, 11, 23), user_id=user.id, revision=1, checked_at=1
            ),
        ]
    )
    db.session.flush()


def _plant(column: Column[Any]) -> None:
    """Write the column's mark into the first row of its table, past the books: nobody is told."""
    table: Table = column.table
    key = next(iter(table.primary_key.columns))
    first = select(key).order_by(key).limit(1).scalar_subquery()
    mark = mark_of(column)
    value = {"2026-12-02": mark} if isinstance(column.type, JSON) else mark
    written = db.session.connection().execute(update(table).where(key == first).values({column.name: value}))
    assert written.rowcount == 1, f"There is no row to plant {mark} in"
