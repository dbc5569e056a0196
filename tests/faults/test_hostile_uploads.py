"""Files that want to harm: a child process reads them within its limits, and a sentence comes back."""

from __future__ import annotations

import gzip
import io
import resource
import subprocess
import sys
import threading
import zipfile
from datetime import date
from pathlib import Path

import pytest

from khcal import reading_apart
from khcal.calendaring.reading_bytes import FileRefusal
from khcal.reading_apart import read_apart
from tests.unit.calendars import calendar, event

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
# What a child may do is tried in one that is started as the real one is.
TRY = "import sys; sys.path.append(sys.argv[1]); from khcal import reading_apart; reading_apart.limit(); "


def child_says(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-IB", "-c", TRY + code, str(ROOT)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env={})


def zipped(data: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("kalender.ics", data)
    return archive.getvalue()


def series(number: int, rule: str) -> bytes:
    return calendar(*(event(str(n), RRULE=rule) for n in range(number)))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (gzip.compress(b"0" * 50_000_000), "packad"),
        (zipped(b"0" * 50_000_000), "zip"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>', "xml"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 60_000, "uppbyggd"),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:" + b"x" * 900_000, "för lång"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 30_000, "2 000"),
        (calendar(*["UID:1"] * 100_000), "för stor"),
        (b"\x00" * 900_000, "styrtecken"),
        (b'"' + b"a;" * 450_000, "Citattecknen"),
    ],
    ids=["gzip", "zip", "xml", "deep", "long", "many", "100k", "nulls", "quotes"],
)
def test_a_hostile_file_is_refused_in_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(FileRefusal, match=told):
        read_apart(data, TODAY)


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two thousand daily series of twenty-six years: the dates are bounded, the way to them is long.
    never = "DTSTART:20000101T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=4"
    data = calendar(*(f"UID:{number}\nSUMMARY:Yoga\n{never}" for number in range(2_000)))
    monkeypatch.setattr(reading_apart, "MOST_SECONDS", 1)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with pytest.raises(FileRefusal, match="för lång tid"):
        read_apart(data, TODAY)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 3


def test_what_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_apart, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(reading_apart, "PATIENCE", 0.3)
    with pytest.raises(FileRefusal, match="för lång tid"):
        read_apart(calendar(event()), TODAY)


def test_no_more_than_two_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_apart, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(reading_apart, "PATIENCE", 0.1)
    with reading_apart._turns, pytest.raises(FileRefusal, match="just nu"):
        read_apart(calendar(event()), TODAY)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('{file}', 'w')",
        "import os; os.open('{file}', os.O_CREAT | os.O_WRONLY)",
    ],
)
def test_the_child_reaches_nothing(code: str, tmp_path: Path) -> None:
    file = tmp_path / "kanarie"
    said = child_says(code.format(file=file))
    assert said.returncode != 0
    assert "PermissionError" in said.stderr
    assert not file.exists()


def test_the_child_has_limits() -> None:
    asked = "import resource as r; print(r.getrlimit(r.RLIMIT_CPU)[1], r.getrlimit(r.RLIMIT_AS)[1])"
    assert child_says(asked).stdout.split() == ["5", str(512 * 1024 * 1024)]
    assert "MemoryError" in child_says("x = bytearray(600 * 1024 * 1024)").stderr


def test_the_child_knows_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHCAL_SECRET_KEY", "hemligt")
    monkeypatch.setattr(
        reading_apart, "_START", "import os, json; print(json.dumps({'env': dict(os.environ)}))"
    )
    assert read_apart(calendar(event()), TODAY) == {"env": {"LANG": "C.UTF-8"}}


def test_many_threads_read_at_once() -> None:
    found: list[int] = []

    def read() -> None:
        found.append(len(read_apart(series(3, "FREQ=WEEKLY;COUNT=4"), TODAY)["calendar"]["items"]))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3] * 4


def test_whatever_the_child_says_is_json_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in ("print('{')", "print('[1]')", "print('{}')", "import os; os.kill(os.getpid(), 9)"):
        monkeypatch.setattr(reading_apart, "_START", said)
        with pytest.raises(FileRefusal, match="för lång tid"):
            read_apart(calendar(event()), TODAY)


def test_no_traceback_of_the_child_is_shown(capfd: pytest.CaptureFixture[str]) -> None:
    read_apart(calendar(event()), TODAY)
    assert capfd.readouterr() == ("", "")
