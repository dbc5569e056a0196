"""What a title and a running text say: the address of a group, a short text, facts, reasons of a break."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from unicodedata import combining, normalize

from .terms import Fact

SHORT_TEXT_LETTERS = 180
SLUG_LETTERS = 80
_NOT_DECOMPOSED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "þ": "th"})
_SENTENCE_END = re.compile(r"(?<=[.?])\s+")
_FACTS = {
    Fact.STEP_FREE: r"rullator går bra|rullstol går bra|stegfritt|inga trappor|inga trappsteg",
    Fact.CALM: r"lugnt tempo|lätt tempo|lugn promenad|i egen takt|i din takt|vi går långsamt",
    Fact.SEATED: r"sittande|matta eller stol|vi sitter",
    Fact.HEARING_LOOP: r"hörslinga finns",
}
_FACT_PATTERNS = {
    fact: re.compile(rf"(?<!\w)(?<!inte )(?<!ej )(?:{words})(?!\w)(?! inte| ej)", re.IGNORECASE)
    for fact, words in _FACTS.items()
}
_WEEK_BREAK = re.compile(r"v(?:ecka|\.)\s*(\d{1,2})(?:\s*\(([^)]*)\))?", re.IGNORECASE)
_BREAK_GLUE = re.compile(r"^(?:uppehåll)?(?:[\s,.]|\boch\b)*|(?:[\s,.]|\boch\b)*$", re.IGNORECASE)


def slug_of(title: str) -> str:
    """The part of an address that stands for ``title``: a–z, 0–9 and hyphens, at most 80 letters.

    Titles in another script have no such letters and get a fixed number made from their text.
    """
    plain = "".join(letter for letter in normalize("NFKD", title.casefold()) if not combining(letter))
    words = re.findall(r"[a-z0-9]+", plain.translate(_NOT_DECOMPOSED))
    slug = "-".join(words)
    if len(slug) > SLUG_LETTERS:
        slug = slug[: SLUG_LETTERS + 1].rpartition("-")[0] or slug[:SLUG_LETTERS]
    return slug or f"aktivitet-{sha256(title.encode()).hexdigest()[:8]}"


def short_and_full(description: str) -> tuple[str, str]:
    """A short text of at most 180 letters, and the whole text when the short one leaves something out."""
    flat = " ".join(description.split())
    if len(flat) <= SHORT_TEXT_LETTERS:
        return flat, ""
    short = ""
    for sentence in _SENTENCE_END.split(flat):
        longer = f"{short} {sentence}".strip()
        if len(longer) > SHORT_TEXT_LETTERS:
            break
        short = longer
    return short or f"{flat[: SHORT_TEXT_LETTERS - 1].rpartition(' ')[0]}…", description


def facts_in(texts: Iterable[str]) -> frozenset[Fact]:
    """What the texts say in clear words; nothing is guessed."""
    whole = "\n".join(texts)
    return frozenset(fact for fact, pattern in _FACT_PATTERNS.items() if pattern.search(whole))


def reasons_of_breaks(text: str, days: Iterable[date]) -> dict[date, str]:
    """Why each skipped day is skipped: the name that ``text`` gives its week, else what it says besides.

    ``Uppehåll v. 7 (sportlov) och Kristi himmelsfärdsdag`` names a week and one day more. A day that
    the text does not fit has an empty reason.
    """
    named = {
        int(week): _capitalised(name or f"uppehåll v. {week}") for week, name in _WEEK_BREAK.findall(text)
    }
    reasons = {day: named.get(day.isocalendar().week, "") for day in days}
    besides = _BREAK_GLUE.sub("", _WEEK_BREAK.sub("", text)).strip()
    unnamed = [day for day, reason in reasons.items() if not reason]
    if besides and (len(unnamed) == 1 or not named):
        reasons |= {day: _capitalised(besides) for day in unnamed}
    return reasons


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
