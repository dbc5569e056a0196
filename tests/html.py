"""Pages as a reader's programs see them: parsed and selected from, never searched as text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

from bs4 import BeautifulSoup, Tag


class Answer(Protocol):
    """What the test client returns, as far as we read it."""

    @property
    def text(self) -> str: ...


def parse(source: Answer | str) -> BeautifulSoup:
    """The tree of an answer or of markup. The same page gives the same tree, so nobody may change it."""
    return _tree(source if isinstance(source, str) else source.text)


@lru_cache(maxsize=16)
def _tree(markup: str) -> BeautifulSoup:
    """A test asks one page for many things; to parse it costs as much as to answer it."""
    return BeautifulSoup(markup, "html.parser")


def select(source: Answer | Tag | str, css: str) -> list[Tag]:
    """Every element that ``css`` finds, in page order."""
    return list((source if isinstance(source, Tag) else parse(source)).select(css))


def one(source: Answer | Tag | str, css: str) -> Tag:
    """The element that ``css`` finds. Fails when there is none, or more than one."""
    found = select(source, css)
    assert len(found) == 1, f"{css!r} finds {len(found)} elements, not one"
    return found[0]


def words(source: Answer | Tag | str) -> str:
    """The text as it is read: runs of spaces, line breaks and unbreakable spaces are one space."""
    tree = source if isinstance(source, Tag) else parse(source)
    return re.sub(r"\s+", " ", tree.get_text(" ")).strip()


def texts(source: Answer | Tag | str, css: str) -> list[str]:
    """The words of every element that ``css`` finds."""
    return [words(element) for element in select(source, css)]


def links(source: Answer | Tag | str, css: str = "a[href]") -> list[str]:
    """Where the links go, in page order."""
    return [str(link["href"]) for link in select(source, css)]


def fields(form: Tag) -> dict[str, str | list[str]]:
    """What a browser would send of an untouched form; several values of one name are a list."""
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if not field.has_attr("disabled"):
            for value in _values(field):
                sent.setdefault(str(field["name"]), []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().replace("\r\n", "\n").removeprefix("\n")]
    if field.name == "select":
        chosen = list(field.select("option[selected]"))
        if not chosen and not field.has_attr("multiple"):
            chosen = list(field.select("option"))[:1]
        return [str(option.get("value", option.get_text())) for option in chosen]
    kind = str(field.get("type", "text"))
    if kind in {"submit", "button", "image", "reset", "file"}:
        return []
    if kind in {"checkbox", "radio"}:
        return [str(field.get("value", "on"))] if field.has_attr("checked") else []
    return [str(field.get("value", ""))]
