"""Which kind an activity is, as far as words of its title tell: words from the programmes of the houses."""

from __future__ import annotations

from ..terms import KIND_WORDS, Kind

_WORDS = {
    Kind.CONVERSATION: "samtalsgrupp samtalsgrupper samtalsgruppen barngrupp anhörigträff sorgegrupp",
    Kind.MOVEMENT: "yoga lunchyoga stolsyoga promenad promenader stavgång gympa vattengympa qigong dans",
    Kind.CALM: "mindfulness mediyoga meditation andningspaus avslappning rekreationsdagar",
    Kind.CREATIVE: "målarverkstad verkstad körsång kör ateljé ateljén keramik skrivarcirkel skrivkurs",
    Kind.KNOWLEDGE: "föreläsning föreläsningar författarkväll",
    Kind.ADVICE: "rådgivning juristen",
    Kind.COMMUNITY: "fika lunchfika adventsfika luciafika mellandagsfika träffpunkt familjekväll utflykt",
    Kind.ASSOCIATION: "årsmöte volontärträff nätverksträff styrelsemöte",
    Kind.CLOSURE: "julstängt sommarstängt",
}
_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()} | {
    # "Lugn" begins many a title that is about something else.
    word: kind
    for kind, word in KIND_WORDS.items()
    if kind is not Kind.CALM
}
_OPEN_HOUSE = ("öppet", "hus")


def kind_in(words: list[str]) -> tuple[Kind, str] | None:
    """The kind and the word that tells it: the title's first word, otherwise all that tell one agree."""
    if tuple(words[:2]) == _OPEN_HOUSE:
        return Kind.COMMUNITY, " ".join(_OPEN_HOUSE)
    told = [(at, _BY_WORD[word], word) for at, word in enumerate(words) if word in _BY_WORD]
    if not told or (told[0][0] > 0 and len({kind for _, kind, _ in told}) > 1):
        return None
    return told[0][1], told[0][2]
