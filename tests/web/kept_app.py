"""A small app behind the layer that keeps answers, and houses whose revisions a test sets by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Flask, Response
from werkzeug.test import Client, TestResponse

from khcal.web import conditional
from khcal.web.kept import KeptAnswers
from khcal.web.revisions import Revisions

HOST = "kalender.example.org"


@dataclass
class Houses:
    """Revisions that cannot be read when they are ``None``."""

    revisions: dict[str, int] | None = field(default_factory=lambda: {"har": 1, "dar": 1})

    def known(self) -> dict[str, int] | None:
        return self.revisions


class SmallApp:
    """One view under ``/sida``, and how often it was asked."""

    def __init__(self, view: Callable[[], Response]) -> None:
        self.houses, self.built, self._view = Houses(), 0, view
        flask = Flask("kept")
        conditional.init_app(flask)
        for number, path in enumerate(("/sida", "/annan", "/personal/sida", "/halsa")):
            flask.add_url_rule(path, f"{number}", self._count, methods=["GET", "POST"])
        self.layer = KeptAnswers(flask.wsgi_app, cast(Revisions, self.houses), [HOST])
        self._client = Client(self.layer, use_cookies=False)

    def _count(self) -> Response:
        self.built += 1
        return self._view()

    def get(self, path: str = "/sida", method: str = "GET", **headers: Any) -> TestResponse:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.open(path, method=method, base_url=f"https://{HOST}", headers=given)
