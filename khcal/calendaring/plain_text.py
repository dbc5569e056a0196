"""Text for programs that show it as it is: no marks that change what stands around it, and short."""

from __future__ import annotations

import re
import unicodedata

# What turns the direction of the text around it, and marks that only some programs hide.
_NEVER_WRITTEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_HEAPED_MARKS = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_JOINER = "\N{ZERO WIDTH JOINER}"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")


def one_line(text: str) -> str:
    """The text on one line, one space between words."""
    return " ".join(_plain(text).split())


def paragraphs(text: str) -> str:
    """Paragraphs parted by one empty line; single line breaks are kept."""
    lines = "\n".join(" ".join(line.split()) for line in _plain(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def without_tricks(text: str) -> str:
    """The text as it is, without marks that hide or turn what stands around them, or heap up on a letter."""
    return _HEAPED_MARKS.sub(r"\1", _NEVER_WRITTEN.sub("", text))


def cut(text: str, length: int) -> str:
    """At most ``length`` signs, between words if one ends in the last third, never inside a letter."""
    if len(text) <= length:
        return text
    end = length - 1
    while end > 0 and _goes_on(text, end):
        end -= 1
    if end <= 0:
        return ""
    space = max(text.rfind(sign, 0, end + 1) for sign in " \n")
    start = text[: space if space >= length * 2 / 3 else end]
    return start.rstrip(" \n,;:–-") + "…"


def _plain(text: str) -> str:
    """Composed letters, lines that end with a line feed, nothing that controls."""
    text = _NEVER_WRITTEN.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    # A backslash is an escape sign in many formats, and programs undo it in different orders.
    text = text.replace("\\", "/")
    # Nearly every text has nothing to leave out, and to know that at once is ten times as quick.
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign in "\n\t" or _is_shown(sign))


def _is_shown(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cn", "Cs"}


def _goes_on(text: str, position: int) -> bool:
    """Whether the sign at ``position`` belongs to the letter before it."""
    sign = text[position]
    is_joined = _JOINER in (sign, text[position - 1])
    is_tone = _SKIN_TONES[0] <= sign <= _SKIN_TONES[1]
    return is_joined or is_tone or unicodedata.category(sign).startswith("M")
