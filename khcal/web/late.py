"""What takes its time and can wait until somebody asks: to read views, and to learn to write addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib import import_module
from threading import Lock

from flask import Blueprint, Response
from werkzeug.routing import Rule

# Two at once, each on its way into a package by another door, could see it half read.
_ONE_AT_A_TIME = Lock()


class LateView:
    """Answers as the view that it names; a call reads the view's module, if nobody has asked for it before.

    It goes by the view's own name: limits, and forms that need no token, are noted under that.
    """

    def __init__(self, module: str, name: str) -> None:
        self.__module__ = module
        self.__name__ = self.__qualname__ = name

    def __call__(self, **values: object) -> Response:
        with _ONE_AT_A_TIME:
            module = import_module(self.__module__)
        answer: Response = getattr(module, self.__name__)(**values)
        return answer


def add_addresses(blueprint: Blueprint, addresses: Iterable[tuple[str, str, str]]) -> None:
    """Let ``blueprint`` answer at these: a method, a rule, and ``module.function`` beside the blueprint.

    Several addresses may lead to one view.
    """
    package = blueprint.import_name.rpartition(".")[0]
    views: dict[str, LateView] = {}
    for method, rule, place in addresses:
        module, name = place.split(".")
        view = views.setdefault(place, LateView(f"{package}.{module}", name))
        blueprint.add_url_rule(rule, name, view, methods=[method])


class LateRule(Rule):
    """A rule that learns how to write its addresses when the first of them is to be written.

    Werkzeug compiles two functions for that, for each rule: most of what it takes to make an app.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        learnt = cache(partial(super()._compile_builder, append_unknown))
        return lambda rule, /, **values: learnt()(rule, **values)
