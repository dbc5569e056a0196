"""What is kept of another calendar's texts: nothing that opens a meeting."""

from __future__ import annotations

from khcal.calendaring.ics_text import read_texts
from tests.tables import for_each


def test_the_link_to_a_meeting_is_no_part_of_the_text() -> None:
    told = (
        "Välkommen.\n\n____________________\nMicrosoft Teams-möte\nhttps://teams.microsoft.com/l/x\nKod: 123"
    )
    found = read_texts(told, "Microsoft Teams-möte; Köket")
    assert (found.text, found.place) == ("Välkommen.", "Köket")
    assert (found.link, found.is_online) == ("https://teams.microsoft.com/l/x", True)


ZOOM = """Välkommen!
En Kollega is inviting you to a scheduled Zoom meeting.

Join Zoom Meeting
https://us02web.zoom.us/j/81234567890?pwd=abc

Meeting ID: 812 3456 7890
Passcode: 123456

One tap mobile
+46844682488,,81234567890#,,,,*123456# Sweden

Dial by your location
• +46 8 4468 2488 Sweden
Find your local number: https://us02web.zoom.us/u/abc"""


@for_each(
    ("told", "kept", "link"),
    [
        (ZOOM, "Välkommen!", "https://us02web.zoom.us/j/81234567890?pwd=abc"),
        (
            "Vi ses! zoom.us/j/812?pwd=abc\nMeeting ID: 812 3456 7890 / Passcode: 123456\nTa med fika.",
            "Vi ses!\n\nTa med fika.",
            "https://zoom.us/j/812?pwd=abc",
        ),
        (
            "Möte-ID: 312 456 789\nLösenkod: xY3z\nhttps://teams.microsoft.com/l/x\nVälkommen.",
            "Välkommen.",
            "https://teams.microsoft.com/l/x",
        ),
        ("Passcode:\n123456\nhttps://zoom.us/j/1\nHej.", "Hej.", "https://zoom.us/j/1"),
        ("Meeting ID: 812 3456 7890\nPasscode: 123456\nHej.", "Hej.", ""),
        (
            "https://zoom.us/j/1?pwd=x eller zoom.us/j/1?pwd=x eller zoom.us/j/1, kod: 12",
            "eller eller",
            "https://zoom.us/j/1?pwd=x",
        ),
        ("PIN 4711, https://meet.google.com/abc", "", "https://meet.google.com/abc"),
        (
            "Vi tittar på Pinterest och byter lösenord. zoom.us/j/1",
            "Vi tittar på Pinterest och byter lösenord.",
            "https://zoom.us/j/1",
        ),
        (
            "Lösenord: Sol. Skriv till info@zoom.us om zoom.us",
            "Lösenord: Sol. Skriv till info@zoom.us om zoom.us",
            "",
        ),
    ],
)
def test_codes_of_a_meeting_are_no_part_of_the_text(told: str, kept: str, link: str) -> None:
    found = read_texts(told, "")
    assert (found.text, found.link) == (kept, link)


def test_that_codes_are_left_out_is_told() -> None:
    assert read_texts(ZOOM, "").cut == ("codes",)
    assert read_texts("Välkommen. https://zoom.us/j/1", "").cut == ()


def test_the_number_of_somebody_to_ask_stays() -> None:
    told = "Fråga oss:\n+46 31 000 00 00\nMeeting ID: 812\nPasscode: 12"
    assert read_texts(told, "").text == "Fråga oss:\n+46 31 000 00 00"


def test_nor_of_the_place() -> None:
    found = read_texts("", "Zoom; Meeting ID: 812 3456 7890; Köket")
    assert (found.place, found.is_online) == ("Köket", True)
