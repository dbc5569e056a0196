"""When the watch starts the screen anew, minute by minute, and how it asks Chromium."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.player.player import watch
from tests.tables import for_each

ADDRESS = "https://kalender.example.org/skarm/goteborg#key"
PAIRING = watch.Page("Skärmar", "https://kalender.example.org/skarm/")
ERROR = watch.Page("kalender.example.org", ADDRESS)


def wall(minute: int) -> watch.Page:
    """The wall as it looks that many minutes after nine."""
    time = datetime(2026, 11, 24, 9) + timedelta(minutes=minute)
    return watch.Page(f"Kraftens hus Göteborg · {time:%H.%M}", ADDRESS)


def looks(
    page_at: Callable[[int], watch.Page | None], minutes: int, was_shown: bool = True
) -> tuple[list[int], list[str]]:
    """The minutes at which the screen is started anew, and what the log says meanwhile."""
    state, restarts, lines = None, [], []
    for minute in range(minutes + 1):
        verdict = watch.decide(state, page_at(minute), 1000.0 + 60 * minute, ADDRESS, was_shown)
        state = verdict.state
        restarts += [minute] if verdict.restart else []
        lines += [verdict.line] if verdict.line else []
    return restarts, lines


def test_a_wall_that_turns_its_minutes_is_left_alone() -> None:
    assert looks(wall, 24 * 60) == ([], [])


def test_the_first_look_after_a_start_never_restarts() -> None:
    assert looks(lambda minute: None, 4) == ([], [])


def test_a_picture_that_stands_still_is_started_anew_three_times_an_hour() -> None:
    restarts, lines = looks(lambda minute: wall(0), 130)
    # The third one an hour later is due when the third one before it is an hour old.
    assert restarts == [5, 10, 15, 65, 70, 75, 125, 130]
    assert lines[0] == "Skärmen står stilla på ”Kraftens hus Göteborg · 09.00” och startas om."
    assert [line for line in lines if "nu väntar vi" in line] == [lines[3], lines[7]]


def test_no_answer_is_as_bad_as_standing_still() -> None:
    assert looks(lambda minute: wall(minute) if minute < 30 else None, 60)[0] == [34, 39, 44]
    assert looks(lambda minute: None, 5)[1] == ["Skärmen svarar inte och startas om."]


def test_four_silent_minutes_are_forgiven() -> None:
    assert looks(lambda minute: wall(minute) if minute % 5 == 0 else None, 600) == ([], [])


def test_an_error_page_is_not_the_calendar() -> None:
    assert looks(lambda minute: ERROR, 5) == ([5], ["Skärmen visar inte kalendern och startas om."])


def test_until_it_was_seen_once_it_is_started_every_five_minutes() -> None:
    assert looks(lambda minute: ERROR, 40, was_shown=False)[0] == [5, 10, 15, 20, 25, 30, 35, 40]


def test_it_recovers_after_it_was_left_alone() -> None:
    restarts, _ = looks(lambda minute: wall(minute) if 20 <= minute < 100 else None, 120)
    assert restarts == [5, 10, 15, 104, 109, 114]


def test_the_page_with_the_code_may_wait_for_days() -> None:
    assert looks(lambda minute: PAIRING, 3 * 24 * 60) == ([], [])


def test_a_clock_that_is_put_right_is_a_new_title_and_nothing_else() -> None:
    def page_at(minute: int) -> watch.Page:
        return wall(minute - 2 * 24 * 60 if minute < 10 else minute + 600 if minute < 20 else minute)

    assert looks(page_at, 60) == ([], [])


def test_the_hour_that_comes_twice_in_october_restarts_nothing() -> None:
    assert looks(lambda minute: wall(minute if minute < 60 else minute - 60), 120) == ([], [])


def test_after_a_pause_of_the_watch_five_minutes_are_counted_anew() -> None:
    state = watch.decide(None, wall(0), 1000.0, ADDRESS, True).state
    later = watch.decide(state, None, 1000.0 + 8 * 3600, ADDRESS, True)
    assert not later.restart
    assert later.state.alive_at == 1000.0 + 8 * 3600


def test_a_state_from_another_start_of_the_machine_counts_for_nothing() -> None:
    left = watch.State(asked_at=90_000.0, alive_at=90_000.0, restarts=(89_000.0, 89_500.0, 90_000.0))
    verdict = watch.decide(left, None, 60.0, ADDRESS, True)
    assert verdict.state == watch.State(asked_at=60.0, alive_at=60.0)


@for_each(
    ("page", "is_ours"),
    [
        (wall(0), True),
        (PAIRING, True),
        (ERROR, False),
        (watch.Page("kalender.example.org/skarm/", ADDRESS), False),
        (watch.Page("", ADDRESS), False),
        (watch.Page("Logga in på nätet", "http://portal.example.org/"), False),
        (watch.Page("Kraftens hus · 09.00", ADDRESS.replace("https", "http")), False),
        (watch.Page("Skärmen startar", f"file:///usr/local/lib/khcal-screen/splash.html#{ADDRESS}"), False),
    ],
)
def test_a_page_of_the_calendar_is_told_from_others(page: watch.Page, is_ours: bool) -> None:
    assert watch.is_ours(page, ADDRESS) is is_ours


@for_each(
    ("page", "is_kept"),
    [
        (wall(0), True),
        (PAIRING, True),
        (watch.Page("Sidan finns inte", ADDRESS), False),
        (watch.Page("Kraftens hus", ADDRESS), False),
        (ERROR, False),
        (watch.Page("Kraftens hus · 09.00", "https://annan.example.org/skarm/goteborg"), False),
    ],
)
def test_the_screen_begins_where_it_works(page: watch.Page, is_kept: bool) -> None:
    assert watch.is_worth_keeping(page, ADDRESS) is is_kept


LISTING = json.dumps(
    [
        {"type": "browser_ui", "title": "Omnibox Popup", "url": "chrome://omnibox-popup.top-chrome/"},
        {"type": "page", "title": "Kraftens hus Göteborg · 09.00", "url": ADDRESS},
    ]
)


@contextmanager
def port_that(answers: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port of this machine where one caller is answered so."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            caller, _ = listening.accept()
            with closing(caller):
                caller.recv(4096)
                answers(caller)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def answer_with(body: str) -> Callable[[socket.socket], None]:
    text = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}"
    return lambda caller: caller.sendall(text.encode())


def hang(caller: socket.socket) -> None:
    """Say nothing until the caller has had enough."""
    while caller.recv(4096):
        pass


def drip(caller: socket.socket) -> None:
    """Say one letter after the other, for ever."""
    try:
        caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        while True:
            caller.sendall(b" ")
    except OSError:
        pass


def test_the_page_is_found_among_the_windows_of_the_browser() -> None:
    with port_that(answer_with(LISTING)) as port:
        assert watch.ask(port) == wall(0)


@pytest.mark.parametrize(
    "answer", [hang, drip, answer_with("<html>"), answer_with("[]"), answer_with("{}"), answer_with("[1]")]
)
def test_what_is_no_answer_in_time_is_none(answer: Callable[[socket.socket], None]) -> None:
    with port_that(answer) as port:
        assert watch.ask(port, seconds=0.2) is None


def test_a_port_where_nobody_listens_is_no_answer() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
    assert watch.ask(port) is None


class Minutes:
    """The watch as systemd runs it, with what it sees, the seconds and the restarts in hand."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.page: watch.Page | None = wall(0)
        self.seconds = 100.0
        self.commands: list[list[str]] = []
        self.folder = folder
        settings = {"ADDRESS": ADDRESS, "RUNTIME_DIRECTORY": str(folder), "STATE_DIRECTORY": str(folder)}
        for name, value in settings.items():
            patch.setenv(name, value)
        patch.setattr(watch, "ask", lambda port: self.page)
        patch.setattr(watch, "monotonic", lambda: self.seconds)
        run = SimpleNamespace(run=lambda command, check: self.commands.append(command))
        patch.setattr(watch, "subprocess", run)

    def go(self, minutes: int) -> None:
        for _ in range(minutes):
            watch.main()
            self.seconds += 60


@pytest.fixture
def minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Minutes:
    return Minutes(tmp_path, monkeypatch)


def test_what_was_seen_is_remembered_from_run_to_run(minutes: Minutes) -> None:
    minutes.go(5)
    assert minutes.commands == []
    minutes.go(1)
    assert minutes.commands == [["systemctl", "--no-block", "try-restart", "khcal-screen.service"]]


def test_that_the_wall_was_seen_is_kept_with_its_address(minutes: Minutes) -> None:
    minutes.page = ERROR
    minutes.go(1)
    assert not (minutes.folder / "shown").exists()
    minutes.page = wall(1)
    minutes.go(1)
    assert (minutes.folder / "shown").read_text() == f"{ADDRESS}\n{ADDRESS}\n"


def test_a_screen_that_is_moved_begins_in_its_new_house(minutes: Minutes) -> None:
    minutes.go(1)
    moved = "https://kalender.example.org/skarm/boras#key"
    minutes.page = watch.Page("Kraftens hus Sjuhärad · 09.01", moved)
    minutes.go(1)
    assert (minutes.folder / "shown").read_text() == f"{ADDRESS}\n{moved}\n"


def test_where_the_house_is_gone_the_screen_begins_at_its_first_address(minutes: Minutes) -> None:
    minutes.go(1)
    minutes.page = watch.Page("Sidan finns inte", ADDRESS)
    minutes.go(5)
    assert (minutes.folder / "shown").exists()
    minutes.go(1)
    assert not (minutes.folder / "shown").exists()
    assert len(minutes.commands) == 1


def test_a_wall_that_stands_still_is_not_forgotten(minutes: Minutes) -> None:
    minutes.go(10)
    assert len(minutes.commands) == 1
    assert (minutes.folder / "shown").exists()


def test_another_address_is_another_screen(minutes: Minutes) -> None:
    minutes.go(1)
    assert watch.Shown(minutes.folder / "shown", ADDRESS).is_known()
    assert not watch.Shown(minutes.folder / "shown", f"{ADDRESS}2").is_known()


def test_a_state_that_cannot_be_read_is_a_new_beginning(minutes: Minutes) -> None:
    (minutes.folder / "state.json").write_text('{"asked_at": 1')
    minutes.go(5)
    assert minutes.commands == []


def test_no_look_writes_to_the_card_once_the_wall_was_seen(minutes: Minutes) -> None:
    minutes.go(1)
    before = (minutes.folder / "shown").stat().st_mtime_ns
    minutes.go(10)
    assert (minutes.folder / "shown").stat().st_mtime_ns == before
