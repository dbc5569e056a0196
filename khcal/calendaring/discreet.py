"""What may be told in a calendar that others see, at work for one: nothing that names a group or a clinic."""

from __future__ import annotations

import re
from functools import lru_cache

from .plain_text import one_line

# What tells everybody where one goes, and why.
_TELLING = ("kraftens", "cancer")
_SHORTEST_JOINED = 4
_WORD = re.compile(r"\w+")

_COUNTRIES = frozenset({"sverige", "sweden", "norge", "danmark", "finland"})
_POSTCODE = re.compile(r"^(?:SE?-)?\d{3}\s?\d{2}\s+")
# ``S:t Eriksgatan 12``, ``Storgatan 1 A``, ``Gamla vägen 4–6``.
_STREET = re.compile(r"[^\W\d_][^\d,;()\n]*?\s\d+(?:\s?[-–]\s?\d+)?(?:\s?[A-Za-h])?\b")
_BETWEEN_PARTS = re.compile(rf"[,;()\n]|\s[-–—]\s|\s(?={_POSTCODE.pattern[1:]}[^\W\d_])")
_BETWEEN_PLACES = re.compile(rf"\s+och\s+(?={_STREET.pattern})")
# Words with a number that lead on inside a house, or to no house at all.
_INSIDE = re.compile(
    r"^c/o\b|(hus|sal|rumm?|byggnad|flygel|paviljong|korridor)(en|et)?\b"
    r"|\b(plan|våning|våningsplan|vån|port|trapp|tr|ingång|entré|hiss|lgh|lägenhet|lokal|box)(en|et|n|a|an|or)?\b",
    re.IGNORECASE,
)
# How the names of places end where the sick are cared for.
_CARE = re.compile(
    r"(klinik|sjukhus|lasarett|mottagning|avdelning|centrum|vård|hemmet|huset|logi|log)(en|et)?\b|hospice",
    re.IGNORECASE,
)


# Most dates of a feed have one of a few titles.
@lru_cache(maxsize=1024)
def gives_away(words: str, title: str) -> bool:
    """Whether ``words`` tell ``title``: they hold all of it, or are most of it.

    By whole words, however they are parted, in small letters or capitals, and by words that are put together
    with it, as ``Yogapass`` with ``Yoga``. What is a smaller part of the title, as ``Träff`` of ``Träff för
    unga vuxna``, is what it has in common with others.
    """
    said, secret = _words(words), _words(title)
    if not (said and secret):
        return False
    told, whole = "".join(said), "".join(secret)
    is_most = 2 * len(told) > len(whole) and told in _runs(secret)
    return is_most or whole in _runs(said) or any(_is_joined(word, whole) for word in said)


def _is_joined(word: str, part: str) -> bool:
    """Whether a word begins or ends with another one; so few letters may be there by chance."""
    return len(part) >= _SHORTEST_JOINED and (word.startswith(part) or word.endswith(part))


def _words(text: str) -> list[str]:
    return _WORD.findall(one_line(text).casefold())


def _runs(words: list[str]) -> set[str]:
    """Each row of words that stand beside each other, written as one: ``lunch yoga`` is ``lunchyoga`` too."""
    ends = range(1, len(words) + 1)
    return {"".join(words[begin:end]) for end in ends for begin in range(end)}


def tells(text: str) -> bool:
    """Whether it tells everybody where one goes, or why."""
    return any(word in text.casefold() for word in _TELLING)


# Nor do most dates have an address of their own.
@lru_cache(maxsize=1024)
def street_and_town(address: str) -> str:
    """The street with its number and the town after it, of each of two places; without a street the town.

    No postcode, country, or name of a house or clinic. Of an address in one piece that is no street nothing
    is told, for it may be such a name.
    """
    streets = filter(None, map(_on_a_street, _BETWEEN_PLACES.split(address)))
    return " och ".join(streets) or _town_alone(address)


def _on_a_street(place: str) -> str:
    """The last part that reads as a street, and the last after it that reads as a town."""
    parts = _parts(place)
    streets = [(street, number) for number, part in enumerate(parts, 1) if (street := _street(part))]
    if not streets:
        return ""
    street, number = streets[-1]
    towns = [town for part in parts[number:] if (town := _town(part))]
    return ", ".join([street, *towns[-1:]])


def _town_alone(address: str) -> str:
    parts = _parts(address)
    places = [part for part in parts if part.casefold() not in _COUNTRIES]
    return _town(places[-1]) if len(parts) > 1 and places else ""


def _parts(address: str) -> list[str]:
    return [part for part in map(one_line, _BETWEEN_PARTS.split(address)) if part]


def _street(part: str) -> str:
    """The street at the beginning of a part, without what follows its number."""
    found = _STREET.match(part)
    if found is None or tells(found[0]) or _INSIDE.search(found[0]) or _CARE.search(found[0]):
        return ""
    return found[0]


def _town(part: str) -> str:
    """The town that a part is, as far as that can be read: names in capitals, nothing about care."""
    town = _POSTCODE.sub("", part)
    is_named = all(word[:1].isupper() and word.isalpha() for word in re.split(r"[\s-]", town))
    is_other = tells(town) or _CARE.search(town) or town.casefold() in _COUNTRIES
    return town if is_named and not is_other else ""
