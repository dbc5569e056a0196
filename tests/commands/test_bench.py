"""``bin/bench``: what its numbers rest on. How fast khcal is, no test asks."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.bench.load import Load, Reader, asking
from tests.bench.polls import Crowd, Poller, p99
from tests.bench.report import Aim, table


@pytest.fixture
def pair() -> Iterator[tuple[Reader, socket.socket]]:
    reader, (mine, servers) = Reader(0), socket.socketpair()
    reader.socket = mine
    reader.ask(asking("/", If_None_Match='"x"'))
    with mine, servers:
        assert servers.recv(1000) == b'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: "x"\r\n\r\n'
        yield reader, servers


def test_an_answer_that_comes_in_parts_counts_when_it_is_whole(pair: tuple[Reader, socket.socket]) -> None:
    reader, server = pair
    for part in (b"HTTP/1.1 200 OK\r\nConte", b"nt-Length: 9\r\n\r\nabc", b"def"):
        server.sendall(part)
        assert not reader.read()
    server.sendall(b"ghi")
    assert reader.read()
    assert len(reader.waits) == 1
    assert not reader.close_if_asked()


def test_a_304_is_whole_with_its_head_and_may_end_the_connection(pair: tuple[Reader, socket.socket]) -> None:
    reader, server = pair
    server.sendall(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\nConnection: close\r\n\r\n")
    assert reader.read()
    assert reader.close_if_asked()


@pytest.mark.parametrize("came", [b"HTTP/1.1 500 Oops\r\n\r\n", b""])
def test_an_error_ends_the_measuring(pair: tuple[Reader, socket.socket], came: bytes) -> None:
    reader, server = pair
    server.sendall(came) if came else server.close()
    with pytest.raises(AssertionError):
        reader.read()


def test_the_middle_round_counts() -> None:
    assert Load.median([Load(1, 9), Load(100, 7), Load(3, 8)]) == Load(3, 8)


def test_an_aim_says_whether_it_is_met() -> None:
    assert Aim("kept", 0.8, 0.8, is_least=True).cells == ("kept", "0.80", "≥ 0.80", "yes")
    assert Aim("kept", 0.79, 0.8, is_least=True).cells[-1] == "**no**"
    assert Aim("memory", 111.24, 110, " MiB").cells == ("memory", "111 MiB", "≤ 110 MiB", "**no**")
    assert table(("a", "b"), [("c", "1")]) == "| a | b |\n| --- | ---: |\n| c | 1 |\n"


def test_a_poll_counts_as_answered_known_or_lost_and_passes_its_tag_on() -> None:
    answers = (
        b'HTTP/1.1 200 OK\r\nETag: "new"\r\nContent-Length: 3\r\n\r\nabc',
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        b"HTTP/1.1 503 Busy\r\n\r\n",
    )
    crowd, tags = [], {"/": '"old"'}
    with ExitStack() as sockets:
        for answer in answers:
            mine, servers = map(sockets.enter_context, socket.socketpair())
            servers.sendall(answer)
            crowd.append(Poller(0, path="/", due=time.perf_counter()))
            crowd[-1].socket = mine
        polled = Crowd(crowd, tags, random.Random(0)).poll()
    assert (len(polled.waits), polled.known, polled.errors) == (2, 1, 1)
    assert tags == {"/": '"new"'}


def test_what_all_but_one_in_a_hundred_wait_at_most() -> None:
    assert p99([float(each) for each in range(200)]) == 198
    assert p99([3.0, 1.0, 2.0]) == 3
