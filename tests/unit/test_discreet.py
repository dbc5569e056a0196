"""What a calendar that others see may tell: which words name a group, which part of an address a clinic."""

from __future__ import annotations

from khcal.calendaring.discreet import gives_away, street_and_town
from tests.tables import for_each


@for_each(
    ("words", "title"),
    [
        ("Yoga", "YOGA"),
        ("Strassenmusik", "STRAßENMUSIK"),
        ("Vi ses på Lunchyoga!", "Lunchyoga"),
        ("Vi ses på Öppet hus i dag", "öppet  hus"),
        ("Lunch-yoga", "Lunchyoga"),
        ("Lunchyoga", "Lunch yoga"),
        ("Fika: Cafe\u0301", "Café"),
        # Most of the title is the title.
        ("Lunchyoga", "Vi ses på Lunchyoga"),
        ("Sorggrupp", "Sorggrupp (för vuxna)"),
        # Words that are put together with it.
        ("Yogapass", "Yoga"),
        ("En stund lunchyoga", "Yoga"),
        ("Konstkvällen", "Konst-kväll"),
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
        ("Aktivitet", "Vite"),
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


@for_each(
    ("address", "told"),
    [
        ("Storgatan 1, Borås", "Storgatan 1, Borås"),
        ("Onkologen, Gatan 2", "Gatan 2"),
        ("Sahlgrenska, Storgatan 1, Göteborg", "Storgatan 1, Göteborg"),
        ("Storgatan 1, plan 3, Borås", "Storgatan 1, Borås"),
        ("Storgatan 1, 2 tr, ingång från gården, Borås", "Storgatan 1, Borås"),
        ("Storgatan 1 (Onkologen), Borås", "Storgatan 1, Borås"),
        ("Onkologen – Storgatan 1; Borås", "Storgatan 1, Borås"),
        ("Storgatan 1 på Onkologen, Borås", "Storgatan 1, Borås"),
        ("Storgatan 1, 503 30 Borås, Sverige", "Storgatan 1, Borås"),
        ("Storgatan 1, SE-503 30 Borås, SWEDEN", "Storgatan 1, Borås"),
        ("Storgatan 1 503 30 Borås", "Storgatan 1, Borås"),
        ("Storgatan 1, 50330, Borås", "Storgatan 1, Borås"),
        ("Hus 3, sal 4, Storgatan 1, Borås", "Storgatan 1, Borås"),
        ("Gamla vägen 3, Storgatan 1, Borås", "Storgatan 1, Borås"),
        ("Kraftens hus, Torget 3", "Torget 3"),
        ("Storgatan 1, onkologiska kliniken", "Storgatan 1"),
        ("Storgatan 1, Onkologen", "Storgatan 1"),
        ("Storgatan 1, ring på", "Storgatan 1"),
        ("Storgatan 1, A3", "Storgatan 1"),
        ("Storgatan 1, Serafen, Borås", "Storgatan 1, Borås"),
        # As streets and towns are written.
        ("Storgatan 1 A, Västra Frölunda", "Storgatan 1 A, Västra Frölunda"),
        ("S:t Eriksgatan 12 b, Stockholm", "S:t Eriksgatan 12 b, Stockholm"),
        ("Drottning Kristinas väg 4–6, Åhus", "Drottning Kristinas väg 4–6, Åhus"),
        ("Storgatan 1 i Borås", "Storgatan 1"),
        ("Stureplan 4, Saltsjö-Boo", "Stureplan 4, Saltsjö-Boo"),
        # Two places.
        (
            "Skånegatan 16, Göteborg och Hantverkargatan 2D, Stockholm",
            "Skånegatan 16, Göteborg och Hantverkargatan 2D, Stockholm",
        ),
        ("Storgatan 1 och Lillgatan 2, Borås", "Storgatan 1 och Lillgatan 2, Borås"),
        ("Storgatan 1 och 3, Borås", "Storgatan 1, Borås"),
        ("Sahlgrenska, Göteborg och Hantverkargatan 2D, Stockholm", "Hantverkargatan 2D, Stockholm"),
        ("Vård och omsorg, Storgatan 1, Borås", "Storgatan 1, Borås"),
    ],
)
def test_a_street_and_its_town(address: str, told: str) -> None:
    assert street_and_town(address) == told


@for_each(
    ("address", "told"),
    [
        ("Sahlgrenska, Onkologiska kliniken, Göteborg", "Göteborg"),
        ("Träffpunkt Simonsland, plan 6, Borås", "Borås"),
        ("Sahlgrenska, 413 45 Göteborg, Sverige", "Göteborg"),
        ("Box 12, 503 30 Borås", "Borås"),
        ("c/o Onkologen, Borås", "Borås"),
        ("c/o Storgatan 1, Borås", "Borås"),
        ("Kraftens hus, Borås", "Borås"),
        ("Sahlgrenska, vård och omsorg, Göteborg", "Göteborg"),
        ("Sahlgrenska, Onkologiska kliniken", ""),
        ("Solna, Radiumhemmet", ""),
        ("Borås, plan 3", ""),
        ("Borås, Onkologen 2", ""),
        ("Konferensrum 2, hörsalen 3, Röda rummet 4, Port 5, våningsplan 6, Borås", "Borås"),
        ("Borås, Cancercentrum", ""),
        ("Borås, Cancerkampen", ""),
        ("Kraftens väg 3, Borås", "Borås"),
        ("Onkologen", ""),
        ("Sahlgrenska", ""),
        ("Box 12", ""),
        ("Sverige", ""),
        (" , ", ""),
        ("", ""),
    ],
)
def test_without_a_street_at_most_a_town(address: str, told: str) -> None:
    assert street_and_town(address) == told
