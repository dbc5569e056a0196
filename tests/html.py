"""Pages as a reader's programs see them: parsed and selected from, never searched as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode

# What stands in them is for programs: no part of what is read around them.
UNREAD = frozenset({"script", "style"})


class Answer(Protocol):
    """What the test client returns, as far as we read it."""

    @property
    def text(self) -> str: ...


class Element:
    """An element of a page: a mapping of its attributes that knows its name, its text and what it lies in."""

    def __init__(self, node: LexborNode) -> None:
        self._node = node

    def __getitem__(self, attribute: str) -> str:
        return self._node.attrs[attribute] or ""

    def __str__(self) -> str:
        return self._node.html or ""

    @property
    def name(self) -> str:
        return self._node.tag or ""

    @property
    def attrs(self) -> dict[str, str]:
        return {name: value or "" for name, value in self._node.attributes.items()}

    def get(self, attribute: str, default: str | None = None) -> str | None:
        return self[attribute] if self.has_attr(attribute) else default

    def has_attr(self, attribute: str) -> bool:
        return attribute in self._node.attrs

    def get_text(self, between: str = "") -> str:
        """Its text as it is written, with ``between`` where another element begins or ends."""
        return between.join(self._texts())

    def _texts(self) -> Iterator[str]:
        for node in self._node.traverse(include_text=True):
            if node.is_text_node and (_is_read(node) or node.parent.mem_id == self._node.mem_id):
                yield node.text_content or ""

    @property
    def parent(self) -> Element | None:
        """What it lies in; what lies in nothing is outermost."""
        return Element(self._node.parent) if self._node.parent else None

    def find_parent(self, name: str) -> Element | None:
        """The nearest element of this name that it lies in."""
        above = self.parent
        return above if above is None or above.name == name else above.find_parent(name)

    def select(self, css: str) -> list[Element]:
        """Every element in it that ``css`` finds, in page order; what several selectors find comes once."""
        found = {node.mem_id: node for node in self._node.css(css)}
        found.pop(self._node.mem_id, None)
        return [Element(node) for node in found.values()]


class Page(Element):
    """A whole page, or a part that comes without one: around a part nothing is made up."""

    def __init__(self, markup: str) -> None:
        self._parser = LexborHTMLParser(markup, is_fragment="<html" not in markup[:1000])
        super().__init__(self._parser.root)

    def _texts(self) -> Iterator[str]:
        return super()._texts() if self._node else iter(())

    def select(self, css: str) -> list[Element]:
        """Every element that ``css`` finds, the outermost ones too."""
        found = {node.mem_id: node for node in self._parser.css(css)}
        return [Element(node) for node in found.values()]


def _is_read(node: LexborNode) -> bool:
    return node.parent is None or node.parent.tag not in UNREAD


def parse(source: Answer | str) -> Page:
    """The tree of an answer or of markup. The same page gives the same tree, so nobody may change it."""
    return _tree(source if isinstance(source, str) else source.text)


@lru_cache(maxsize=16)
def _tree(markup: str) -> Page:
    return Page(markup)


def select(source: Answer | Element | str, css: str) -> list[Element]:
    """Every element that ``css`` finds, in page order."""
    return (source if isinstance(source, Element) else parse(source)).select(css)


def one(source: Answer | Element | str, css: str) -> Element:
    """The element that ``css`` finds. Fails when there is none, or more than one."""
    found = select(source, css)
    assert len(found) == 1, f"{css!r} finds {len(found)} elements, not one"
    return found[0]


def words(source: Answer | Element | str) -> str:
    """The text as it is read: runs of spaces, line breaks and unbreakable spaces are one space."""
    tree = source if isinstance(source, Element) else parse(source)
    return re.sub(r"\s+", " ", tree.get_text(" ")).strip()


def texts(source: Answer | Element | str, css: str) -> list[str]:
    """The words of every element that ``css`` finds."""
    return [words(element) for element in select(source, css)]


def links(source: Answer | Element | str, css: str = "a[href]") -> list[str]:
    """Where the links go, in page order."""
    return [link["href"] for link in select(source, css)]


def fields(form: Element) -> dict[str, str | list[str]]:
    """What a browser would send of an untouched form; several values of one name are a list."""
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if not field.has_attr("disabled"):
            for value in _values(field):
                sent.setdefault(field["name"], []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


def _values(field: Element) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().replace("\r\n", "\n")]
    if field.name == "select":
        chosen = field.select("option[selected]")
        if not chosen and not field.has_attr("multiple"):
            chosen = field.select("option")[:1]
        return [option.get("value", option.get_text()) or "" for option in chosen]
    kind = field.get("type", "text")
    if kind in {"submit", "button", "image", "reset", "file"}:
        return []
    if kind in {"checkbox", "radio"}:
        return [field.get("value", "on") or ""] if field.has_attr("checked") else []
    return [field.get("value", "") or ""]
