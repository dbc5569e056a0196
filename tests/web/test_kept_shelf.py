"""Where answers are kept: so many bytes of them and no more, and those that are asked for."""

from __future__ import annotations

import pytest
from flask import Response, request

from khcal.web.kept import BESIDES, Shelf, keep_under, keep_until_change_of
from tests.web.kept_app import SmallApp


def coffee() -> Response:
    keep_until_change_of("har")
    return Response("Kaffet är klart.")


def test_the_shelf_holds_no_more_than_it_may_and_drops_what_is_not_asked_for() -> None:
    app = SmallApp(coffee)
    app.get("/sida")
    size = app.layer.shelf.size
    assert BESIDES < size < BESIDES + 100
    app.layer.shelf = Shelf(size * 2)
    for path in ("/sida", "/annan", "/sida"):
        app.get(path)
    assert app.layer.shelf.size == size * 2
    app.layer.shelf.put(("/tredje", ""), app.layer.shelf.get(("/annan", "")) or pytest.fail("not kept"))
    assert app.layer.shelf.size == size * 2
    built = app.built
    app.get("/annan")
    assert app.built == built
    app.get("/sida")
    assert app.built == built + 1


def test_together_they_take_no_more_than_the_docs_say() -> None:
    body, megabyte = b"x" * 1_000_000, 1024 * 1024

    def view() -> Response:
        keep_until_change_of("har")
        keep_under(request.args)
        return Response(body)

    app = SmallApp(view)
    for number in range(40):
        app.get(f"/sida?nummer={number}")
    assert 31 * megabyte < app.layer.shelf.size <= 32 * megabyte


def test_what_is_larger_than_the_shelf_is_not_kept() -> None:
    app = SmallApp(lambda: (keep_until_change_of("har"), Response("x" * 10_000))[1])
    app.layer.shelf = Shelf(5_000)
    for _ in range(2):
        app.get()
    assert (app.built, app.layer.shelf.size) == (2, 0)
