"""The QR code that a screen draws itself: the very one of a library, and one that can be read back."""

from __future__ import annotations

import pytest
import segno
from playwright.sync_api import Page

from tests.browser.wall.ground import WallServer

MAKE = """async ([version, texts]) => {
  const { qrCells } = await import(`/skarm/fil/${version}/qr.js`);
  return texts.map((text) => qrCells(text)?.map((row) => row.map(Number)) ?? null);
}"""
LONG = "https://kalender.example.org/jamtland-harjedalen/tillfalle/1234567?abcdefghijklmnopqrstuvwxyz0123456789åäö"
# How many bytes fill the versions 2 to 5 at level L, and the words of data and of correction.
FULL = {25: (32, 34, 10), 29: (53, 55, 15), 33: (78, 80, 20), 37: (106, 108, 26)}
Cells = list[list[int]]


@pytest.fixture
def drawn(page: Page, server: WallServer) -> dict[str, Cells | None]:
    """The codes of addresses of every length, and of one that is too long."""
    texts = [LONG[:length] for length in range(20, 104)]
    texts += [mark * full for full, _, _ in FULL.values() for mark in "a/"] + ["x" * 107]
    server.deploy(other_js=b'import { qrCells } from "./qr.js";\n')
    page.goto(server.address)
    return dict(zip(texts, page.evaluate(MAKE, [server.release.version, texts]), strict=True))


def test_they_are_what_others_draw_and_can_be_read(drawn: dict[str, Cells | None]) -> None:
    same = 0
    for text, cells in drawn.items():
        told = text.encode()
        if cells is None:
            assert len(told) > 106
            continue
        full, data, correction = FULL[len(cells)]
        words = words_of(cells)
        assert spoken(words) == told
        assert syndromes(words[: data + correction], correction) == [0] * correction, text
        if len(told) == full:
            others = segno.make(
                text, error="l", mode="byte", mask=0, boost_error=False, encoding="utf-8", eci=False
            )
            assert cells == [list(row) for row in others.matrix]
            same += 1
    assert same >= 8
    assert drawn["x" * 107] is None


def spoken(words: list[int]) -> bytes:
    """The bytes of text: after four bits that say so and eight that count them."""
    bits = "".join(f"{word:08b}" for word in words)
    assert bits[:4] == "0100"
    count = int(bits[4:12], 2)
    return bytes(int(bits[12 + 8 * n : 20 + 8 * n], 2) for n in range(count))


def words_of(cells: Cells) -> list[int]:
    """The words in the zigzag, without the mask."""
    size, bits = len(cells), ""
    columns = [x for x in range(size - 1, 0, -2) if x > 6] + [5, 3, 1]
    for number, right in enumerate(columns):
        for step in range(size):
            y = step if number % 2 else size - 1 - step
            bits += "".join(
                str(cells[y][x] ^ ((x + y + 1) % 2)) for x in (right, right - 1) if is_free(x, y, size)
            )
    return [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]


def is_free(x: int, y: int, size: int) -> bool:
    """Whether the cell holds words, not one of the marks."""
    corners = ((x < 9 or x > size - 9) and y < 9) or (x < 9 and y > size - 9)
    return not corners and 6 not in {x, y} and not (abs(x - size + 7) < 3 and abs(y - size + 7) < 3)


def syndromes(words: list[int], count: int) -> list[int]:
    """All zero when the words correct themselves: the polynomial at the first powers of two."""
    found, root = [], 1
    for _ in range(count):
        value = 0
        for word in words:
            value = times(value, root) ^ word
        found.append(value)
        root = times(root, 2)
    return found


def times(one: int, other: int) -> int:
    """Multiply in the field of 256."""
    product = 0
    while other:
        product ^= one * (other & 1)
        one = one << 1 ^ (285 if one & 128 else 0)
        other >>= 1
    return product
