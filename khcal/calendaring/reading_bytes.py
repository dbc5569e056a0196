"""The bytes of a file or of pasted cells → text, or one sentence that says why not.

UTF-8 first, then Windows-1252: what Outlook, Google and a Swedish Excel write. Nothing is unpacked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .limits import UPLOADED
from .plain_text import without_tricks

MOST_BYTES = UPLOADED.bytes
_NOT_TEXT = (
    ((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), "en Excelbok eller ett zip-arkiv"),
    ((b"\xd0\xcf\x11\xe0",), "en äldre Excelbok"),
    ((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd"), "en packad fil"),
    ((b"%PDF",), "en pdf"),
    ((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF"), "en bild eller ett ljud"),
    ((b"\xff\xfe", b"\xfe\xff"), "i kodningen UTF-16"),
)
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<svg", b"<vcalendar", b"<icalendar")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SAVE_AS = "Spara om filen som .ics, eller i Excel som ”CSV UTF-8”, och försök igen."


class FileRefusal(ValueError):
    """A file that is not read at all; the message is one Swedish sentence or two."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, composed letters, and the encoding it was in: ``utf-8`` or ``cp1252``."""

    text: str
    encoding: str


def decode(data: bytes, most: int = MOST_BYTES) -> Decoded:
    """The text of ``data``. Raises :class:`FileRefusal`."""
    if len(data) > most:
        told = f"Filen är för stor, den får vara högst {most // 1_000_000} MB. Dela den på flera."
        raise FileRefusal(told)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    for signs, what in _NOT_TEXT:
        if data.startswith(signs):
            raise FileRefusal(f"Filen är {what} och går inte att läsa här. {_SAVE_AS}")
    if start.startswith(_MARKUP):
        raise FileRefusal(f"Filen är en webbsida eller xml och går inte att läsa här. {_SAVE_AS}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Decoded(without_tricks(unicodedata.normalize("NFC", text)), encoding.removesuffix("-sig"))
    raise FileRefusal(f"Filens tecken går inte att läsa, varken som UTF-8 eller som Windows-1252. {_SAVE_AS}")


def refuse_controls(text: str) -> None:
    """Tabs and line ends are text; other signs that nobody sees are not. Raises :class:`FileRefusal`."""
    if _CONTROLS.search(text):
        raise FileRefusal(f"Filen har styrtecken som inte hör hemma i text. {_SAVE_AS}")
