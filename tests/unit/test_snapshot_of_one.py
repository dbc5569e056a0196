"""What a screen tells of one date to somebody who touches it."""

from __future__ import annotations

import json
from typing import Any

from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.snapshot import WallEvent, make_snapshot
from khcal.calendaring.terms import Appearance, Places, Signup, Status, WallRule
from tests.rows import make_row
from tests.tables import for_each
from tests.unit.test_snapshot import HOUSE, TUESDAY


def event_of(row: ListedDate) -> WallEvent:
    (event,) = make_snapshot(HOUSE, [row], (), TUESDAY, {}, {})["days"][0]["events"]
    return event


@for_each(
    ("changes", "need"),
    [
        ({}, "Alla cancerberörda · Du behöver inte anmäla dig · Kostnadsfritt"),
        (
            {"signup": Signup.REQUIRED, "signup_contact": "033-00 00 00", "price": 50},
            "Alla cancerberörda · Anmäl dig före: 033-00 00 00 · 50\N{NO-BREAK SPACE}kr",
        ),
        ({"places": Places.FULL}, "Alla cancerberörda · Fråga huset innan du kommer · Kostnadsfritt"),
        (
            {"places": Places.FULL, "free_today_on": TUESDAY},
            "Alla cancerberörda · Du behöver inte anmäla dig · Kostnadsfritt",
        ),
        ({"status": Status.CANCELLED}, ""),
        ({"appearance": Appearance.LEFT}, ""),
    ],
)
def test_what_one_needs_to_know_before_coming(changes: dict[str, Any], need: str) -> None:
    event = event_of(make_row(short_text="Vi ses och pratar.", **changes))
    assert (event["text"], event["need"], event["has_page"]) == ("Vi ses och pratar.", need, True)


def test_a_neutral_one_has_no_more_to_tell() -> None:
    secret = {"short_text": "Bröstcancer", "signup_contact": "brost@example.org", "signup": Signup.REQUIRED}
    event = event_of(make_row(neutral_title="Grupp", wall=WallRule.NEUTRAL, **secret))
    assert (event["text"], event["need"], event["has_page"]) == ("", "", False)
    told = json.dumps(event, ensure_ascii=False).lower()
    assert "bröst" not in told
    assert "brost" not in told
