"""What people wrote in another calendar program, as khcal keeps it: plain text, and a meeting link apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from .meeting_codes import tells_of_a_meeting, without_codes
from .plain_text import cut, one_line, paragraphs

LONGEST_TEXT = 8_000
LONGEST_LINK = 500
# Who has the link can join: it is never a part of what everybody reads.
_MEETING_HOSTS = (
    *("zoom.us", "teams.microsoft.com", "teams.live.com", "teams.cloud.microsoft", "meet.google.com"),
    *("whereby.com", "webex.com", "gotomeeting.com", "gotomeet.me", "meet.jit.si", "skype.com"),
    *("bluejeans.com", "meet.sunet.se", "vitel.se"),
)
_WITH_A_HOST = rf"(?:[\w-]{{1,60}}\.){{0,3}}(?:{'|'.join(map(re.escape, _MEETING_HOSTS))})/"
_ADDRESS = re.compile(
    rf"(?:https?://|(?<![\w@./-])(?={_WITH_A_HOST}))" r"[^\s<>\"')\]]{1,1500}", re.IGNORECASE
)
_MARKUP = re.compile(
    r"</?(?:br|p|div|a|b|i|u|ul|ol|li|span|html|body|table|strong|em|h\d)\b[^>]{0,2000}>", re.I
)
_INVITATION = re.compile(r"^[ \t]*(?:_{10,}|-{10,}|\.{10,}|-::~[:~-]{5,}).*", re.MULTILINE | re.DOTALL)
_ABOUT_JOINING = re.compile(r"teams|zoom|google\.com/|webex|möte|meeting|join", re.IGNORECASE)
_ONLINE_PLACE = re.compile(
    r"(?:(?:microsoft )?teams|zoom)(?:[- ](?:möte|meeting))?|google meet|digitalt|online",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Texts:
    """Running text and place without the ``link`` that opens a digital meeting.

    ``cut`` names what was too long, or must not be told.
    """

    text: str
    place: str
    link: str = ""
    is_online: bool = False
    cut: tuple[str, ...] = ()


def read_texts(description: str, location: str) -> Texts:
    """Both texts cleaned; the first meeting link in them, if any."""
    told = _as_plain(description)
    place = one_line(location)
    codes = False
    links = [*_meeting_links(place), *_meeting_links(told)]
    if links:
        told = _without_invitation(told)
    for link in sorted(links, key=len, reverse=True):
        told, place = told.replace(link, ""), place.replace(link, "")
    is_online = bool(links) or bool(_ONLINE_PLACE.fullmatch(place.strip(" ;,")))
    if is_online or tells_of_a_meeting(told) or tells_of_a_meeting(place):
        codes = without_codes(told) != told
        place = without_codes(place.replace(";", "\n")).replace("\n", ";")
        told, is_online = without_codes(told), True
    fitting = [link for link in map(_with_scheme, links) if len(link) <= LONGEST_LINK]
    text, link = paragraphs(told), fitting[0] if fitting else ""
    too_long = {"text": len(text) > LONGEST_TEXT, "link": bool(links) and not link, "codes": codes}
    return Texts(
        cut(text, LONGEST_TEXT),
        _in_a_house(place),
        link,
        is_online,
        tuple(name for name, is_cut in too_long.items() if is_cut),
    )


def _in_a_house(place: str) -> str:
    """The parts of a place that are none of a meeting program's."""
    parts = (part.strip() for part in place.split(";"))
    return one_line("; ".join(part for part in parts if part and not _ONLINE_PLACE.fullmatch(part)))


def _meeting_links(text: str) -> list[str]:
    return [link for link in dict.fromkeys(_ADDRESS.findall(text)) if _is_meeting(_with_scheme(link))]


def _with_scheme(link: str) -> str:
    """People write addresses without it."""
    return link if link.casefold().startswith(("http://", "https://")) else f"https://{link}"


def _is_meeting(link: str) -> bool:
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return False
    return any(host == known or host.endswith(f".{known}") for known in _MEETING_HOSTS)


def _without_invitation(text: str) -> str:
    """Without what a meeting program puts below its line: how to join, numbers and codes."""
    match = _INVITATION.search(text)
    return text[: match.start()] if match and _ABOUT_JOINING.search(match[0]) else text


def _as_plain(text: str) -> str:
    if not _MARKUP.search(text):
        return text
    reader = _TextOfMarkup()
    reader.feed(text)
    reader.close()
    return "".join(reader.pieces)


class _TextOfMarkup(HTMLParser):
    """The words of markup, a line break where a new line begins, and a link's address after its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a link, or what nobody reads."""
        if tag in {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"}:
            self.pieces.append("\n")
        if tag in {"script", "style", "head"}:
            self._hidden += 1
        if tag == "a":
            address = dict(attrs).get("href") or ""
            self._address = address if address.lower().startswith(("http://", "https://")) else ""

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag in {"p", "div", "ul", "ol"}:
            self.pieces.append("\n")
        if tag in {"script", "style", "head"}:
            self._hidden = max(0, self._hidden - 1)
        if tag == "a" and self._address:
            if self._address not in "".join(self.pieces[-3:]):
                self.pieces.append(f" ({self._address})")
            self._address = ""

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._hidden:
            self.pieces.append(data)
