"""Who visits is written down nowhere: not in a log, not on the error stream, not in the database."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask

from khcal import queries
from tests.web.addresses import public_addresses

VISITOR = "203.0.113.77"
FROM_OUTSIDE = {
    "environ_base": {"REMOTE_ADDR": VISITOR},
    "headers": {"X-Forwarded-For": VISITOR, "User-Agent": "Spårbar/7"},
}


def visit_everything(app: Flask) -> None:
    client = app.test_client()
    for address in [*public_addresses(app), "/finns-inte", "/personal/", "/sjuharad/?sok=hemligt"]:
        client.get(address, **FROM_OUTSIDE)
    client.post("/personal/logga-in", data={"name": "nobody", "password": "wrong"}, **FROM_OUTSIDE)


def test_no_visit_leaves_an_address(
    sample_copy: Flask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with caplog.at_level(logging.DEBUG):
        visit_everything(sample_copy)
    written = caplog.text + "".join(capfd.readouterr())
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert VISITOR not in written
    assert "hemligt" not in written
    assert VISITOR.encode() not in kept
    assert "Spårbar".encode() not in kept


def test_a_fault_is_logged_without_an_address(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "house_pages", lambda *_: 1 / 0)
    app.test_client().get("/sjuharad/?sok=hemligt", **FROM_OUTSIDE)
    assert "ZeroDivisionError" in caplog.text
    assert VISITOR not in caplog.text
    assert "hemligt" not in caplog.text
