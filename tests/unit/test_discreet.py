"""What a calendar that others see may tell: which words name a group."""

from __future__ import annotations

from khcal.calendaring.discreet import gives_away
from tests.tables import for_each


@for_each(
    ("words", "title"),
    [
        ("Yoga", "YOGA"),
        ("Vi ses på Lunchyoga!", "Lunchyoga"),
        ("Vi ses på Öppet hus i dag", "öppet  hus"),
        ("Lunch-yoga", "Lunchyoga"),
        ("Lunchyoga", "Lunch yoga"),
        ("Fika: Cafe\u0301", "Café"),
        # Most of the title is the title.
        ("Lunchyoga", "Vi ses på Lunchyoga"),
        ("Sorggrupp", "Sorggrupp (för vuxna)"),
    ],
)
def test_words_that_give_a_title_away(words: str, title: str) -> None:
    assert gives_away(words, title)


@for_each(
    ("words", "title"),
    [
        ("Aktivitet", "Lunchyoga"),
        # A part of a word is another word.
        ("Aktivitet", "Akt"),
        ("Samtal", "Samtalsgrupp"),
        # What a title has in common with many others.
        ("Träff", "Träff för unga vuxna"),
        ("Grupp", "Grupp: leva med kronisk sjukdom"),
        ("Samtal i grupp", "Samtal i grupp för efterlevande"),
        ("Vuxna för unga", "Unga för vuxna"),
        ("", "Lunchyoga"),
        ("Träff", ""),
        ("Träff", "!"),
        ("!", "Träff"),
    ],
)
def test_words_that_do_not(words: str, title: str) -> None:
    assert not gives_away(words, title)
