"""What htmx swaps: one element, the same as in the whole page, never kept by caches."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.html import one, parse, select, words

PARTS = [
    ("/sjuharad/", "occurrence-list"),
    ("/sjuharad/?typ=rorelse&sok=yoga", "occurrence-list"),
    ("/sjuharad/?fran=2026-12-14", "occurrence-list"),
    ("/goteborg/vecka/2026-v48", "week"),
    ("/goteborg/manad/2026-12", "month"),
    ("/goteborg/dag/2026-11-24", "day"),
]
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
every_part = pytest.mark.parametrize(("path", "part"), PARTS)


def squeezed(markup: object) -> str:
    return re.sub(r"\s+", " ", str(markup))


@every_part
def test_a_part_is_its_title_and_one_element(sample_client: FlaskClient, path: str, part: str) -> None:
    elements = select(sample_client.get(path, headers=PARTIAL), "*")
    assert [(element.name, element.get("id")) for element in elements if not element.parent] == [
        ("title", None),
        ("div", part),
    ]


@every_part
def test_a_part_is_the_same_as_in_the_page(sample_client: FlaskClient, path: str, part: str) -> None:
    whole = sample_client.get(path)
    alone = sample_client.get(path, headers=PARTIAL)
    assert squeezed(one(alone, f"#{part}")) == squeezed(one(whole, f"#{part}"))
    assert words(one(alone, "title")) == words(one(whole, "title"))


@every_part
def test_page_and_part_are_kept_apart(sample_client: FlaskClient, path: str, part: str) -> None:
    alone = sample_client.get(path, headers=PARTIAL)
    assert {"HX-Request", "HX-Request-Type"} <= set(re.split(r",\s*", alone.headers["Vary"]))
    assert alone.headers["Cache-Control"] == "no-store"
    assert "HX-Request-Type" in sample_client.get(path).headers["Vary"]


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Request-Type": "full"},
        {"HX-History-Restore-Request": "true"},
        {**PARTIAL, "HX-History-Restore-Request": "true"},
    ],
)
def test_going_back_gives_the_whole_page(sample_client: FlaskClient, headers: dict[str, str]) -> None:
    assert len(select(sample_client.get("/sjuharad/", headers=headers), "body > header")) == 1


@every_part
def test_what_swaps_has_a_plain_address_and_a_target(
    sample_client: FlaskClient, path: str, part: str
) -> None:
    page = parse(sample_client.get(path))
    swapping = select(page, "[data-hx-get]")
    assert swapping
    for element in swapping:
        assert element["data-hx-get"] == element.get("href", element.get("action"))
        assert len(select(page, str(element["data-hx-target"]))) == 1


@every_part
def test_no_id_stands_twice(sample_client: FlaskClient, path: str, part: str) -> None:
    ids = [element["id"] for element in select(sample_client.get(path), "[id]")]
    assert len(ids) == len(set(ids))
