"""Whether a text can be in the language that its activity is held in."""

from __future__ import annotations

from khcal.calendaring.writing import written_in
from tests.tables import for_each


@for_each(
    ("text", "language", "code"),
    [
        ("Öppet hus", "sv", ""),
        ("Kahvihetki suomeksi", "fi", "fi"),
        ("Coffee in English", "en", "en"),
        ("لقاء القهوة", "ar", "ar"),
        ("Samtal på arabiska", "ar", ""),
        ("1–2 لقاء", "ar", "ar"),
        ("لقاء القهوة", "fi", ""),
        ("", "fi", "fi"),
    ],
)
def test_a_text_is_marked_only_when_its_letters_agree(text: str, language: str, code: str) -> None:
    assert written_in(text, language) == code
