"""Calendar files for tests, as Outlook writes them: one good event, changed where a test wants it."""

from __future__ import annotations


def calendar(*events: str, head: str = "X-WR-CALNAME:Husets kalender") -> bytes:
    """A calendar file with these events, each its lines."""
    whole = "\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", head]
        + [f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT" for event in events]
        + ["END:VCALENDAR", ""]
    )
    return whole.replace("\n", "\r\n").encode()


def event(uid: str = "1", title: str = "Lunchyoga", **more: str) -> str:
    """The lines of an event, on 1 December 2026 from 12 to 13 unless told otherwise."""
    lines = {
        "UID": uid,
        "SUMMARY": title,
        'DTSTART;TZID="W. Europe Standard Time"': "20261201T120000",
        'DTEND;TZID="W. Europe Standard Time"': "20261201T130000",
    }
    return "\n".join(f"{name}:{value}" for name, value in (lines | more).items())
