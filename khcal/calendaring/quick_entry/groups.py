"""For whom, how and in which language: ``för närstående``, ``även digitalt``, ``på engelska``."""

from __future__ import annotations

from ..terms import Audience, Form
from .facts import AudienceSaid, Fact, FormSaid, Found, LanguageSaid
from .line import Line
from .stretches import past_and

_AUDIENCES = {
    "alla cancerberörda": Audience.EVERYONE,
    "alla berörda": Audience.EVERYONE,
    "cancerberörda": Audience.EVERYONE,
    "öppet för alla": Audience.EVERYONE,
    "dig som har eller har haft cancer": Audience.PATIENT,
    "har eller har haft cancer": Audience.PATIENT,
    "dig som har cancer": Audience.PATIENT,
    "dig som har haft cancer": Audience.PATIENT,
    "närstående": Audience.RELATIVE,
    "anhöriga": Audience.RELATIVE,
    "efterlevande": Audience.BEREAVED,
    "barn och familj": Audience.FAMILY,
    "barn och familjer": Audience.FAMILY,
    "barnfamiljer": Audience.FAMILY,
    "familjer": Audience.FAMILY,
    "unga vuxna": Audience.YOUNG_ADULT,
    "medlemmar": Audience.MEMBER,
    "volontärer": Audience.VOLUNTEER,
}
_FORMS = {
    "på plats och digitalt": Form.HYBRID,
    "på plats och online": Form.HYBRID,
    "digitalt och på plats": Form.HYBRID,
    "både på plats och digitalt": Form.HYBRID,
    "både digitalt och på plats": Form.HYBRID,
    "på plats eller digitalt": Form.HYBRID,
    "även digitalt": Form.HYBRID,
    "även online": Form.HYBRID,
    "även på zoom": Form.HYBRID,
    "också digitalt": Form.HYBRID,
    "samt digitalt": Form.HYBRID,
    "och digitalt": Form.HYBRID,
    "hybrid": Form.HYBRID,
    "hybridmöte": Form.HYBRID,
    "bara på plats": Form.ONSITE,
    "endast på plats": Form.ONSITE,
    "på plats": Form.ONSITE,
    "bara digitalt": Form.ONLINE,
    "endast digitalt": Form.ONLINE,
    "digitalt": Form.ONLINE,
    "online": Form.ONLINE,
    "på zoom": Form.ONLINE,
    "via zoom": Form.ONLINE,
    "på teams": Form.ONLINE,
    "via teams": Form.ONLINE,
    "på nätet": Form.ONLINE,
    "via länk": Form.ONLINE,
    "utomhus": Form.OUTDOORS,
}
_SOFT_FORMS = {"digital": Form.ONLINE, "digitala": Form.ONLINE, "på distans": Form.ONLINE}
_LANGUAGES = {"på engelska": "en", "på finska": "fi", "på arabiska": "ar", "på svenska": "sv"}
_TABLES: tuple[tuple[bool, dict[str, Fact]], ...] = (
    (True, {text: AudienceSaid(frozenset({code})) for text, code in _AUDIENCES.items()}),
    (False, {text: FormSaid(code) for text, code in _FORMS.items()}),
    (True, {text: FormSaid(code) for text, code in _SOFT_FORMS.items()}),
    (True, {text: LanguageSaid(code) for text, code in _LANGUAGES.items()}),
)


def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], Fact, bool]]]:
    found: dict[str, list[tuple[tuple[str, ...], Fact, bool]]] = {}
    for is_soft, table in _TABLES:
        for text, fact in table.items():
            words = tuple(text.split())
            found.setdefault(words[0], []).append((words, fact, is_soft))
    return {first: sorted(ways, key=lambda way: -len(way[0])) for first, ways in found.items()}


_WAYS = _by_first_word()
# Of short words only as many as are whole phrases: "även" and "samt" are nobody's slips.
WORDS = frozenset(word for ways in _WAYS.values() for words, _, _ in ways for word in words)


def read_group(line: Line, at: int) -> Found | None:
    """What one of the phrases says, and for audiences every one that follows with "och"."""
    start = at + 1 if line.word(at) in {"för", "till"} else at
    way = _way_at(line, start)
    if way is None or (start > at and not isinstance(way[1], AudienceSaid)):
        return None
    end, fact, is_soft = way
    while isinstance(fact, AudienceSaid) and (after := past_and(line, end)):
        other = _way_at(line, after + 1 if line.word(after) == "för" else after)
        if other is None or not isinstance(other[1], AudienceSaid):
            break
        end, fact = other[0], AudienceSaid(fact.audience | other[1].audience)
    return Found(end, fact, is_soft)


def _way_at(line: Line, at: int) -> tuple[int, Fact, bool] | None:
    for words, fact, is_soft in _WAYS.get(line.word(at), ()):
        if end := line.past(at, *words):
            return end, fact, is_soft
    return None
