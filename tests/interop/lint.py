"""A reader of feeds byte by byte: what RFC 5545 demands, and what clients stumble on, said as faults."""

from __future__ import annotations

import re
from collections import Counter

ONCE = ("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "SUMMARY", "TRANSP")
# The order in which a date says what it says; nothing else may stand there.
ORDER = (*ONCE, "CATEGORIES", "LOCATION", "DESCRIPTION", "URL", "CONFERENCE")
# What people wrote, in which a comma, a semicolon, a backslash and a line's end are escaped.
TEXTS = ("SUMMARY:", "LOCATION:", "DESCRIPTION:")
# What a discreet date must not say.
TELLING = ("CATEGORIES", "DESCRIPTION", "CONFERENCE", "IMAGE")
CALENDAR_ONCE = (
    *("VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC"),
    *("X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE", "URL", "LAST-MODIFIED", "COLOR"),
)
CALENDAR_ORDER = (*CALENDAR_ONCE, "X-APPLE-CALENDAR-COLOR")
FORBIDDEN = (
    *("METHOD", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "DURATION", "CREATED", "CLASS", "RELATED-TO"),
    *("ORGANIZER", "ATTENDEE", "CONTACT", "X-ALT-DESC", "X-MICROSOFT-CDO-BUSYSTATUS", "IMAGE", "GEO"),
)
LARGEST_EVENT, LONGEST_SUMMARY = 1500, 80
# A comma or a semicolon that nothing stands before, or a backslash before what it does not escape.
UNESCAPED = re.compile(r"(?<!\\)(\\\\)*([,;]|\\([^\\,;n]|$))")
# One zone and then the dates, none in another, each with its end.
SHAPE = re.compile(
    r"BEGIN:VCALENDAR\n((?!BEGIN:|END:).*\n)*BEGIN:VTIMEZONE\n(.*\n)*?END:VTIMEZONE\n"
    r"(BEGIN:VEVENT\n((?!BEGIN:|END:).*\n)*END:VEVENT\n)*END:VCALENDAR"
)


def faults(data: bytes, *, discreet: bool = False) -> list[str]:
    """Everything that is wrong with a feed, or with a discreet one; nothing when it is well."""
    found = [*_in_bytes(data)]
    lines = unfolded(data)
    if not SHAPE.fullmatch("\n".join(lines)):
        found.append("the parts do not stand as they must")
    head, events = parts(lines)
    found += _in_head(head, discreet)
    for event in events:
        found += _in_event(event, discreet)
    uids = Counter(line for event in events for line in event if line.startswith("UID:"))
    found += [f"{uid} stands {number} times" for uid, number in uids.items() if number > 1]
    return found


def unfolded(data: bytes) -> list[str]:
    """The content lines, whole."""
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def parts(lines: list[str]) -> tuple[list[str], list[list[str]]]:
    """The lines before the first date without the time zone, and the lines of each date."""
    text = "\n".join(lines)
    events = [part.split("\nEND:VEVENT")[0].split("\n") for part in text.split("BEGIN:VEVENT\n")[1:]]
    return text.partition("BEGIN:VTIMEZONE")[0].split("\n")[:-1], events


def names(lines: list[str]) -> list[str]:
    return [re.split("[:;]", line, maxsplit=1)[0] for line in lines]


def event_sizes(data: bytes) -> list[int]:
    """How many bytes each date takes."""
    return [
        len(match.group()) for match in re.finditer(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", data, re.DOTALL)
    ]


def _in_bytes(data: bytes) -> list[str]:
    lines = data.split(b"\r\n")
    found = [] if lines[-1] == b"" else ["no line end at the end"]
    if b"\n" in data.replace(b"\r\n", b"") or b"\r" in data.replace(b"\r\n", b""):
        found.append("a bare line end")
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data):
        found.append("a control character")
    for number, line in enumerate(lines, 1):
        if len(line) > 75:
            found.append(f"line {number} has {len(line)} octets")
        if not _is_whole(line):
            found.append(f"line {number} is folded inside a letter")
    if re.search(rb"(?<!\\)(\\\\)*\\\r\n ", data):
        found.append("a line is folded inside an escape")
    found += [f"{size} bytes in one date" for size in event_sizes(data) if size > LARGEST_EVENT]
    return found


def _is_whole(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _in_head(head: list[str], discreet: bool) -> list[str]:
    found = []
    if head[:2] != ["BEGIN:VCALENDAR", "VERSION:2.0"] or not head[2].startswith("PRODID:"):
        found.append("VERSION and PRODID do not stand first")
    counted = Counter(names(head))
    once = [name for name in CALENDAR_ONCE if name != "URL" or not discreet]
    found += [f"{name} stands {counted[name]} times" for name in once if counted[name] != 1]
    if discreet and counted["URL"]:
        found.append("a discreet calendar leads to a page")
    found += _out_of_order(names(head)[1:], CALENDAR_ORDER)
    texts = [line for line in head if re.match("(X-WR-CAL)?(NAME|DESC|DESCRIPTION):", line)]
    found += [f"{line} is not escaped" for line in texts if UNESCAPED.search(line)]
    found += [f"the calendar has {name}" for name in (*FORBIDDEN, "UID") if counted[name]]
    return found


def _in_event(event: list[str], discreet: bool) -> list[str]:
    counted = Counter(names(event))
    found = [f"{name} stands {counted[name]} times" for name in ONCE if counted[name] != 1]
    found += [f"a date has {name}" for name in (*FORBIDDEN, "BEGIN") if counted[name]]
    found += [f"a discreet date has {name}" for name in TELLING if discreet and counted[name]]
    found += _out_of_order(names(event), ORDER)
    values = dict(line.split(":", 1) for line in event)
    if values.get("DTSTAMP") != values.get("LAST-MODIFIED"):
        found.append("DTSTAMP is not LAST-MODIFIED")
    texts = [line for line in event if line.startswith(TEXTS)]
    found += [f"{line} is not escaped" for line in texts if UNESCAPED.search(line)]
    if "TRANSP:TRANSPARENT" not in event:
        found.append("a date makes people busy")
    says_off = values.get("SUMMARY", "").startswith(("INSTÄLLT: ", "ÖPPET SOM VANLIGT: "))
    if (values.get("STATUS") == "CANCELLED") != says_off:
        found.append("STATUS and SUMMARY disagree")
    if len(re.sub(r"\\(.)", r"\1", values.get("SUMMARY", ""))) > LONGEST_SUMMARY:
        found.append("SUMMARY is too long")
    if "URL" in values and not discreet and values.get("DESCRIPTION", "").split("\\n")[-1] != values["URL"]:
        found.append("the page does not stand last in DESCRIPTION")
    return found + [f"{line} has no zone" for line in event if re.match(r"DT(START|END):", line)]


def _out_of_order(said: list[str], order: tuple[str, ...]) -> list[str]:
    known = [name for name in said if name in order]
    unknown = [f"nobody knows {name}" for name in said if name not in (*order, *FORBIDDEN, "BEGIN", "UID")]
    return unknown + (["properties out of order"] if known != sorted(known, key=order.index) else [])
