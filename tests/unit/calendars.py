"""Calendar files for tests, as Outlook writes them: one good event, changed where a test wants it."""

from __future__ import annotations


def calendar(*events: str, head: str = "X-WR-CALNAME:Husets kalender", tail: str = "") -> bytes:
    """A calendar file with these events, each its lines; ``tail`` are lines after them."""
    whole = "\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", head]
        + [f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT" for event in events]
        + [*filter(None, [tail]), "END:VCALENDAR", ""]
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


def at(starts: str, ends: str = "DTEND:20261201T130000Z", **more: str) -> str:
    """An event with these lines for its times."""
    lines = ["UID:1", "SUMMARY:Yoga", starts, ends, *(f"{name}:{value}" for name, value in more.items())]
    return "\n".join(filter(None, lines))


def zone(name: str, *changes: tuple[str, str, str, str]) -> str:
    """The lines that describe a zone: of each change its first time, offsets from and to, and its rule."""
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for number, (first, before, after, rule) in enumerate(changes):
        kind = ("STANDARD", "DAYLIGHT")[number % 2]
        lines += [f"BEGIN:{kind}", f"DTSTART:{first}", *([f"RRULE:{rule}"] if rule else [])]
        lines += [f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", f"END:{kind}"]
    return "\n".join([*lines, "END:VTIMEZONE"])


# As Outlook writes it when somebody made a zone of their own, with Stockholm's hours.
STOCKHOLM = (
    ("16011028T030000", "+0200", "+0100", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    ("16010325T020000", "+0100", "+0200", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
)
