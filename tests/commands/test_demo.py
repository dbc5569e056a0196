"""``bin/demo``: one command to a calendar that answers, one key to end it, one sentence when it can't."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from khcal.commands.opening import opened
from khcal.config import Settings
from khcal.db import db
from khcal.models import User
from khcal.models.user import hash_of, is_password
from tests import people  # noqa: F401  with a hash that costs little
from tests.commands.scripts import script
from tests.commands.server import ROOT
from tests.commands.test_init import mode

DEMO = ROOT / "bin" / "demo"
EXTRA = {"KHCAL_DATABASE_URL": "postgresql://nowhere/at-all", "KHCAL_NOW": "2026-12-01T09:00"}


def told(*arguments: str | Path) -> tuple[int, str]:
    """Exit and output of a demo that doesn't come to serve."""
    command = [sys.executable, DEMO, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


@contextmanager
def demo(*arguments: str | Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running demo and what it printed until it was ready."""
    command = [sys.executable, DEMO, "--port", "0", *arguments]
    environment = {**os.environ, **EXTRA}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    try:
        printed = ""
        while "Ctrl-C" not in printed:
            line = process.stdout.readline()
            assert line, printed
            printed += line
        yield process, printed
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, int, str]:
    """A demo that was built, looked at and ended by Ctrl-C: its folder, words, exit and last words."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with demo("--data", folder) as (process, printed):
        for address in re.findall(r"http://\S+", printed):
            with urlopen(address) as answer:
                assert answer.status == 200, address
        process.send_signal(signal.SIGINT)
        last, _ = process.communicate(timeout=60)
    return folder, printed, process.returncode, last


def test_it_names_calendar_feed_screen_and_log_in(built: tuple[Path, str, int, str]) -> None:
    paths = re.findall(r"http://127\.0\.0\.1:\d+(/\S*)", built[1])
    assert paths == ["/", "/sjuharad/", "/sjuharad.ics", "/skarm/sjuharad", "/personal/logga-in"]


def test_it_ends_without_a_word(built: tuple[Path, str, int, str]) -> None:
    assert built[2:] == (0, "")


def test_the_password_it_prints_is_the_right_one(built: tuple[Path, str, int, str]) -> None:
    name = re.search(r"Användarnamn +(\S+)", built[1])
    password = re.search(r"Lösenord +(\S+)", built[1])
    assert name
    assert password
    settings = Settings.from_environment({"KHCAL_DATA_DIR": str(built[0])})
    with opened(settings):
        user = db.session.query(User).filter_by(name=name[1]).one()
        assert is_password(user.password_hash, password[1])
        assert user.is_national_admin


def test_the_password_is_kept_for_its_owner_alone(built: tuple[Path, str, int, str]) -> None:
    assert mode(built[0]) == "0o700"
    assert mode(built[0] / "demo.json") == "0o600"
    assert mode(built[0] / "khcal.db") == "0o600"


def test_a_second_time_it_only_starts(built: tuple[Path, str, int, str]) -> None:
    database = (built[0] / "khcal.db").read_bytes()
    with demo("--data", built[0]) as (_, printed):
        assert "Bygger" not in printed
        assert printed.split("Lösenord")[1] == built[1].split("Lösenord")[1]
    assert (built[0] / "khcal.db").read_bytes() == database


def test_it_says_where_its_clock_starts(built: tuple[Path, str, int, str]) -> None:
    assert "Klockan i demon börjar på 2026-12-01 kl. 09:00." in built[1]


def test_empty_has_no_houses(tmp_path: Path) -> None:
    with demo("--empty", "--data", tmp_path) as (_, printed):
        assert re.findall(r"http://127\.0\.0\.1:\d+(/\S*)", printed) == ["/", "/personal/logga-in"]


def test_its_passwords_are_never_too_easy() -> None:
    demo = script("demo")
    for _ in range(300):
        assert hash_of(demo.new_password(), demo.USER)


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = told("--port", str(port), "--data", tmp_path / "new")
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(f"Port {port} är upptagen av ett annat program.")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, said = told("--port", "0", "--data", tmp_path / "file" / "data")
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("Det går inte att skriva i mappen")


def test_a_real_installation_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "khcal.db").write_text("somebody's programme")
    code, said = told("--port", "0", "--data", tmp_path)
    assert (code, said.count("\n")) == (1, 1)
    assert (tmp_path / "khcal.db").read_text() == "somebody's programme"


def test_empty_never_takes_over_a_full_one(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text(json.dumps({"empty": False, "password": "x", "source": "y"}))
    assert told("--port", "0", "--empty", "--data", tmp_path)[0] == 1


@pytest.mark.parametrize("script", ["demo", "test"])
def test_an_old_python_gets_a_sentence(script: str) -> None:
    pretend = "import sys; sys.version_info = (3, 9, 2); exec(open(sys.argv[1]).read())"
    command = [sys.executable, "-c", pretend, ROOT / "bin" / script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "khcal behöver Python 3.11 eller nyare. Det här är Python 3.9.\n"
