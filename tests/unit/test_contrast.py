"""Every pair of colours that meets on a page, measured from the tokens: text 7:1, shapes 3:1."""

from __future__ import annotations

import re

from khcal.config import asset_folder
from tests.tables import for_each

TOKENS = (asset_folder("static") / "css" / "tokens.css").read_text(encoding="utf-8")
TEXT = 7.0
SHAPE = 3.0
READ = [
    ("ink", "canvas"),
    ("ink", "canvas-sunk"),
    ("ink", "surface"),
    ("ink", "field"),
    ("ink", "accent-wash"),
    ("ink", "notice"),
    ("ink", "off-wash"),
    ("ink-soft", "canvas"),
    ("ink-soft", "surface"),
    ("ink-soft", "off-wash"),
    ("ink-soft", "notice"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-band", "band"),
    ("on-band", "band-raised"),
    ("on-today", "today"),
    ("off", "off-wash"),
    ("off", "surface"),
    ("error", "error-wash"),
    ("error", "canvas"),
]
SEEN = [
    ("field-border", "canvas"),
    ("field-border", "field"),
    ("focus", "canvas"),
    ("focus", "surface"),
    ("focus-on-band", "band"),
    ("underline", "canvas"),
    ("brand-mark", "band"),
]
LIGHT_KINDS = ("conversation", "movement", "calm", "closure")
DARK_KINDS = ("creative", "knowledge", "advice", "community", "association")


def declared(part: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", part))


def roles(theme: str) -> dict[str, str]:
    light, dark = re.split(r"@media \(prefers-color-scheme: dark\)", TOKENS)
    return declared(light) | (declared(dark.split("@media")[0]) if theme == "dark" else {})


def luminance(name: str, known: dict[str, str]) -> float:
    value = known[name]
    while found := re.fullmatch(r"var\(--([\w-]+)\)", value):
        value = known[found[1]]
    digits = value.removeprefix("#")
    pairs = [digits[n : n + 2] for n in (0, 2, 4)] if len(digits) == 6 else [digit * 2 for digit in digits]
    red, green, blue = (
        (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
        for part in (int(pair, 16) / 255 for pair in pairs)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: str) -> float:
    known = roles(theme)
    darker, lighter = sorted(luminance(f"color-{name}", known) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@for_each("theme", ["light", "dark"])
@for_each(("ink", "paper"), READ)
def test_text_can_be_read(ink: str, paper: str, theme: str) -> None:
    assert contrast(ink, paper, theme) >= TEXT


@for_each("theme", ["light", "dark"])
@for_each(("shape", "ground"), SEEN)
def test_shapes_can_be_seen(shape: str, ground: str, theme: str) -> None:
    assert contrast(shape, ground, theme) >= SHAPE


@for_each(
    ("kind", "icon"),
    [(kind, "on-light-kind") for kind in LIGHT_KINDS] + [(kind, "on-dark-kind") for kind in DARK_KINDS],
)
def test_the_icon_of_a_kind_can_be_seen(kind: str, icon: str) -> None:
    assert contrast(f"kind-{kind}", icon, "light") >= SHAPE


def test_components_use_roles_alone() -> None:
    raw = {name for name in declared(TOKENS) if re.search(rf"--{name}:\s*#", TOKENS)}
    files = [file for file in (asset_folder("static") / "css").glob("*.css") if file.name != "tokens.css"]
    used = {file.name: set(re.findall(r"var\(--([\w-]+)\)", file.read_text())) & raw for file in files}
    assert not {name: tokens for name, tokens in used.items() if tokens}
