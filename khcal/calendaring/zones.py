"""The time zone that another calendar program means: IANA names, Windows names, and names of old programs."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

# How Outlook spells in a calendar what Windows calls otherwise.
_OUTLOOK = {
    "(utc+01:00) amsterdam, berlin, bern, rome, stockholm, vienna": "Europe/Berlin",
    "(utc+01:00) amsterdam, berlin, bern, rom, stockholm, wien": "Europe/Berlin",
    "(utc+01:00) brussels, copenhagen, madrid, paris": "Europe/Paris",
    "(utc+01:00) belgrade, bratislava, budapest, ljubljana, prague": "Europe/Budapest",
    "(utc+01:00) sarajevo, skopje, warsaw, zagreb": "Europe/Warsaw",
    "(utc+00:00) dublin, edinburgh, lisbon, london": "Europe/London",
    "(utc+02:00) helsinki, kyiv, riga, sofia, tallinn, vilnius": "Europe/Helsinki",
    "(utc) coordinated universal time": "UTC",
    "västeuropa, normaltid": "Europe/Berlin",
    "z": "UTC",
    "gmt": "UTC",
    "tzone://microsoft/utc": "UTC",
}
LONGEST_NAME = 80


def zone_name(name: str) -> str:
    """The IANA name that ``name`` stands for, or nothing. No name is ever looked for as a file."""
    wanted = name.strip().strip('"').casefold()
    if not wanted or len(wanted) > LONGEST_NAME:
        return ""
    if wanted in _names():
        return _names()[wanted]
    # /freeassociation.sourceforge.net/Europe/Stockholm, /mozilla.org/20050126_1/Europe/Stockholm
    last_two = "/".join(wanted.split("/")[-2:])
    return _names().get(last_two, "") if wanted.startswith("/") else ""


@cache
def _names() -> dict[str, str]:
    known = {name.casefold(): name for name in available_timezones() if name != "localtime"}
    windows = {name.casefold(): olson for name, olson in WINDOWS_TO_OLSON.items()}
    return _OUTLOOK | windows | known
