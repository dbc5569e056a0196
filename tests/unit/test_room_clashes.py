"""Whether rooms are taken, in one sentence."""

from __future__ import annotations

from datetime import datetime

from khcal.calendaring.import_warnings import Booking
from khcal.calendaring.phrases.room_clashes import room_clashes
from khcal.calendaring.terms import Form, Kind, Signup
from tests.tables import for_each


def board(day: int) -> Booking:
    hours = datetime(2027, 3, day, 13), datetime(2027, 3, day, 14)
    return Booking("1", "Styrelsemöte", Kind.ASSOCIATION, Signup.NONE, Form.ONSITE, ("boras",), (), *hours)


@for_each(
    ("others", "clashing", "number", "told"),
    [
        ([], 0, 19, "Inga krockar i Biblioteket."),
        ([9], 1, 19, "Inga krockar i Biblioteket utom 9 mars, då Styrelsemöte är där kl. 13.00–14.00."),
        ([9], 1, 1, ""),
        ([2, 9], 2, 2, "Krockar i Biblioteket: 2 mars, då Styrelsemöte är där kl. 13.00–14.00 och "
         "9 mars, då Styrelsemöte är där kl. 13.00–14.00."),
        ([2, 9, 16, 23], 4, 19, "4 av 19 gånger krockar i Biblioteket. De är markerade."),
    ],
)  # fmt: skip
def test_what_the_room_is_taken_by(others: list[int], clashing: int, number: int, told: str) -> None:
    said = room_clashes(["Biblioteket"], [board(day) for day in others], clashing, number)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == told


def test_two_rooms_are_both_named() -> None:
    assert room_clashes(["Köket", "Salen"], [], 0, 3) == "Inga krockar i Köket och Salen."
