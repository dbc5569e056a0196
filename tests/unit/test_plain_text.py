"""Text for programs that show it as it is."""

from __future__ import annotations

from khcal.calendaring.plain_text import cut, one_line, paragraphs
from tests.tables import for_each


@for_each(
    ("text", "line"),
    [
        ("  två\n\n rader\t här ", "två rader här"),
        ("a\u0301 och a\u030a", "á och å"),
        ("svart\u202e text\u2066", "svart text"),
        ("noll\x00tecken\x1b[31m", "nolltecken[31m"),
        ("C:\\Nya mappen", "C:/Nya mappen"),
        ("lång\u00adstreck", "långstreck"),
        ("ensam \ud800 halva", "ensam halva"),
        ("مرحبا", "مرحبا"),
        ("👩‍👧 familj", "👩‍👧 familj"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_paragraphs_are_kept_and_parted_by_one_line() -> None:
    assert paragraphs(" Ett \r\nrad\r\r\r\rTvå\u2029tre \n\n\n") == "Ett\nrad\n\nTvå\ntre"


@for_each(
    ("text", "length", "short"),
    [
        ("kort", 4, "kort"),
        ("Vi träffas i huset varje vecka", 20, "Vi träffas i huset…"),
        ("Vi träffas, alltid", 14, "Vi träffas…"),
        ("Flerlingskompetensutveckling", 10, "Flerlings…"),
        ("ett Flerlingskompetensutveckling", 10, "ett Flerl…"),
        ("abc👩‍👧 och", 6, "abc…"),
        ("abce\u0323\u0301def", 5, "abc…"),
        ("👩‍👩‍👧‍👦", 3, ""),
        ("vad som helst", 0, ""),
    ],
)
def test_a_long_text_is_cut_between_words_or_at_least_letters(text: str, length: int, short: str) -> None:
    assert cut(text, length) == short
    assert len(cut(text, length)) <= length
