"""Slugs, short texts and facts: taken from what is written, never guessed."""

from __future__ import annotations

from khcal.calendaring.reading_text import facts_in, short_and_full, slug_of
from khcal.calendaring.terms import Fact
from tests.tables import for_each


@for_each(
    ("title", "slug"),
    [
        ("Öppet hus", "oppet-hus"),
        ("Promenad längs Riddarfjärden", "promenad-langs-riddarfjarden"),
        ("Kahvihetki suomeksi – kaffe på finska", "kahvihetki-suomeksi-kaffe-pa-finska"),
        ("Juristen svarar: 100 frågor?", "juristen-svarar-100-fragor"),
        ("Café ÆGIR & Søster ß", "cafe-aegir-soster-ss"),
        ("ÖPPET  HUS!", "oppet-hus"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_title_in_another_script_has_an_address_of_its_own() -> None:
    assert slug_of("مجموعة حوار").startswith("aktivitet-")
    assert slug_of("مجموعة حوار") != slug_of("مجموعة")


def test_long_slugs_end_at_a_word() -> None:
    assert (
        slug_of("långtidssjukskrivning " * 6)
        == "langtidssjukskrivning-langtidssjukskrivning-langtidssjukskrivning"
    )
    assert len(slug_of("x" * 200)) == 80


def test_a_short_description_is_short_text_alone() -> None:
    assert short_and_full("Kom in.\nStanna länge.") == ("Kom in. Stanna länge.", "")


def test_a_long_description_begins_with_its_first_sentences() -> None:
    text = "Först. " + "Vi träffas och pratar. " * 9
    short, full = short_and_full(text)
    assert short == ("Först. " + "Vi träffas och pratar. " * 7).strip()
    assert full == text


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    short, _ = short_and_full("ord " * 60)
    assert short.endswith(" ord…")
    assert len(short) <= 180


@for_each(
    ("text", "facts"),
    [
        ("Asfalterad väg. Bänkar finns. Rullator går bra.", {Fact.STEP_FREE}),
        ("Hörslinga finns i Stora salen.", {Fact.HEARING_LOOP}),
        ("Lätt tempo. Stavar finns att låna.", {Fact.CALM}),
        ("Övningarna går att göra sittande.", {Fact.SEATED}),
        ("Mjuk yoga på matta eller stol. Ta det i din takt.", {Fact.SEATED, Fact.CALM}),
        ("Rullator går bra inte här. Hörslinga finns ej. Vi är inte sittande.", set()),
        ("Den korta slingan är plan. Sittskida kan lånas. Ett rum är anpassat för rullstol.", set()),
        ("Grusad väg, delvis lutning.", set()),
    ],
)
def test_facts_only_from_clear_words(text: str, facts: set[Fact]) -> None:
    assert facts_in([text]) == facts
