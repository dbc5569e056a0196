"""What a meeting program writes beside its link: numbers, codes and how to call in. Nobody else may read it.

Whoever has a number and its code can join, as with the link.
"""

from __future__ import annotations

import re

_NUMBER = (
    r"(?:meeting|webinar|conference|mötes?|konferens|(?:phone|video|telefon)[- ]?(?:conference|konferens))"
    r"[- ]?(?:id|kod|code|nummer|number)"
)
_CODE = (
    r"pass(?:code|word)|lösen(?:kod|ord)|(?:access|åtkomst|host|deltagar)[- ]?(?:code|kod)"
    r"|pin(?:[- ]?(?:kod|code))?|kod|code"
)
_CALL = r"dial[- ]?in|dial by|one tap mobile|find (?:your|a) local number|join by (?:sip|phone)|ring in"
_CALLS = re.compile(rf"\b(?:{_CALL})\b", re.IGNORECASE)
_PHONE = re.compile(r"\W*\+\d[\d ()-]{5,}(?:,,[\d,*# ]+)?[^\d\n]{0,40}")
_TOLD_NUMBER = re.compile(rf"\b{_NUMBER}\b[^\w\n]{{0,5}}(?:\d|$)", re.IGNORECASE)
_CODES = re.compile(
    rf"\b(?:{_NUMBER}|{_CODE})\b(?:[ \t]?[:=#]|[ \t]{{1,3}}\S{{0,3}}\d)|\b(?:{_CALL})\b", re.IGNORECASE
)
_WITHOUT_VALUE = re.compile(r"[:=]\s*\Z")
_ABOUT_JOINING = re.compile(
    r"\W*(?:join (?:the |our |zoom |microsoft teams )?(?:meeting|webinar).*|delta i (?:zoom-?)?möte.*"
    r"|.{0,100} is inviting you to a scheduled zoom meeting\W*"
    r"|.{0,100} bjuder in (?:dig|er) till ett schemalagt zoom-?möte\W*)",
    re.IGNORECASE,
)
_HANGING = " \t/|,;–-(•*"


def tells_of_a_meeting(text: str) -> bool:
    """Whether the text gives the number of a digital meeting."""
    return any(_TOLD_NUMBER.search(line) for line in text.split("\n"))


def without_codes(text: str) -> str:
    """The text of an invitation without its codes; a line goes on until its first one."""
    kept, value_follows, calls = [], False, False
    for line in text.split("\n"):
        calls = calls or bool(_CALLS.search(line))
        if calls and _PHONE.fullmatch(line):
            continue
        if value_follows and line.strip():
            value_follows = False
            continue
        match = _CODES.search(line)
        value_follows = value_follows or bool(match and _WITHOUT_VALUE.search(line))
        if not _ABOUT_JOINING.fullmatch(line):
            kept.append(line[: match.start()].rstrip(_HANGING) if match else line)
    return "\n".join(kept)
