"""``khcal serve``: it answers, says little of itself, and goes without cutting anybody off."""

from __future__ import annotations

import signal
import socket
import sys
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import create_environ

from khcal.commands.serve import LIMITS, behind_proxy
from khcal.web.security import HEADERS
from tests.commands.conftest import Installation
from tests.commands.server import ROOT, asked, handed_over, started

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# A server whose only answer is not finished until somebody writes a line to it.
SLOW = """
import socket, sys
from khcal.commands.serve import run

def answer(environ, start_response):
    print("begun", flush=True)
    sys.stdin.readline()
    start_response("200 OK", [("Content-Length", "3000000")])
    return [b"x" * 3_000_000]

run(answer, socket.socket(fileno=int(sys.argv[1])), 1)
"""


# One that thinks four connections a crowd, for it takes only few; the port and a trigger count among them.
CROWDED = """
import socket, sys
from khcal.commands import serve

def answer(environ, start_response):
    status = environ["PATH_INFO"].strip("/")
    start_response(f"{status} AS ASKED", [("Content-Length", "2")] if status == "200" else [])
    return [b"ok"] if status == "200" else ()

serve.LIMITS["connection_limit"] = 6
serve.run(answer, socket.socket(fileno=int(sys.argv[1])), 1)
"""


def serve(listener: socket.socket) -> list[str]:
    return handed_over(listener, sys.executable, "-m", "khcal", "serve")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_ends_well(
    installation: Installation, listener: socket.socket, ending: signal.Signals
) -> None:
    with started(serve(listener), listener, ROOT, **installation.environment) as server:
        with asked(listener, "/halsa") as answer:
            assert (answer.status, answer.headers["Server"]) == (200, None)
        server.send_signal(ending)
        said, complained = server.communicate(timeout=60)
    assert (server.returncode, said, complained) == (0, "", "")


def test_an_answer_that_has_begun_is_finished(listener: socket.socket) -> None:
    command = [sys.executable, "-c", SLOW, str(listener.fileno())]
    with (
        started(command, listener, ROOT) as server,
        socket.create_connection(listener.getsockname()) as reader,
    ):
        assert server.stdin is not None
        assert server.stdout is not None
        reader.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert server.stdout.readline() == "begun\n"
        server.send_signal(signal.SIGTERM)
        server.stdin.write("go on\n")
        server.stdin.flush()
        with reader.makefile("rb") as answer:
            assert len(answer.read()) > 3_000_000
        assert server.wait(timeout=60) == 0


@pytest.mark.parametrize(
    ("request_head", "status", "word"),
    [
        # Just as much as is too much: what is left unread would reset the connection.
        (b"GET / HTTP/1.1\r\nX-Long: ".ljust(LIMITS["max_request_header_size"], b"x"), b"431", "för långa"),
        (b"POST /personal/logga-in HTTP/1.1\r\nContent-Length: 20000000", b"413", "för stort"),
        (b"GET / HTTP/1.1\r\nContent-Length: many", b"400", "inte att förstå"),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: zip", b"501", "inte att förstå"),
    ],
    ids=["431", "413", "400", "501"],
)
def test_what_never_reaches_khcal_is_refused_as_khcal_does(
    installation: Installation, listener: socket.socket, request_head: bytes, status: bytes, word: str
) -> None:
    with (
        started(serve(listener), listener, ROOT, **installation.environment),
        socket.create_connection(listener.getsockname()) as reader,
    ):
        reader.sendall((request_head + b"\r\n\r\n")[: LIMITS["max_request_header_size"]])
        with reader.makefile("rb") as answer:
            head, _, body = answer.read().partition(b"\r\n\r\n")
    assert head.split()[1] == status
    assert word in body.decode()
    assert b"waitress" not in (head + body).lower()
    for name, value in HEADERS.items():
        assert f"\r\n{name}: {value}".encode() in head


def ask_on(reader: socket.socket, etag: str, version: str = "1.1", connection: str = "") -> str:
    """The head of the answer to who has the page with this tag; empty when the connection was closed."""
    wanted = f"Connection: {connection}\r\n" if connection else ""
    lines = f"GET / HTTP/{version}\r\nHost: 127.0.0.1\r\nIf-None-Match: {etag}\r\n{wanted}\r\n"
    reader.sendall(lines.encode())
    head = b""
    while not head.endswith(b"\r\n\r\n") and (came := reader.recv(1)):
        head += came
    return head.decode()


def test_who_has_the_page_may_ask_again_on_the_same_connection(
    installation: Installation, listener: socket.socket
) -> None:
    with started(serve(listener), listener, ROOT, **installation.environment):
        with asked(listener, "/") as answer:
            etag = answer.headers["ETag"]
        with socket.create_connection(listener.getsockname()) as reader:
            for _ in range(3):
                head = ask_on(reader, etag)
                assert head.startswith("HTTP/1.1 304 NOT MODIFIED\r\n")
                assert "\r\nConnection:" not in head
            assert "\r\nConnection: close\r\n" in ask_on(reader, etag, connection="TE, Close")
            assert reader.recv(1) == b""


@pytest.mark.parametrize("connection", ["", "keep-alive"])
def test_who_speaks_the_old_way_is_told_by_the_end_of_the_connection(
    installation: Installation, listener: socket.socket, connection: str
) -> None:
    with started(serve(listener), listener, ROOT, **installation.environment):
        with asked(listener, "/") as answer:
            etag = answer.headers["ETag"]
        with socket.create_connection(listener.getsockname()) as reader:
            assert "\r\nConnection: close\r\n" in ask_on(reader, etag, "1.0", connection)
            assert reader.recv(1) == b""


@pytest.mark.parametrize("path", ["/304", "/200"])
def test_in_a_crowd_each_is_let_go_after_its_answer(listener: socket.socket, path: str) -> None:
    command = [sys.executable, "-c", CROWDED, str(listener.fileno())]
    with started(command, listener, ROOT), ExitStack() as readers:
        crowd = [
            readers.enter_context(closing(HTTPConnection(*listener.getsockname(), timeout=60)))
            for _ in range(4)
        ]
        closes = []
        for reader in crowd:
            reader.request("GET", path)
            with reader.getresponse() as answer:
                answer.read()
                closes.append(answer.headers["Connection"])
    assert closes == [None, None, None, "close"]


def test_no_address_is_logged(installation: Installation, listener: socket.socket) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.7", "Forwarded": "for=203.0.113.7"}
    with started(serve(listener), listener, ROOT, **installation.environment) as server:
        with asked(listener, "/finns-inte", **forwarded) as answer:
            answer.read()
        server.send_signal(signal.SIGTERM)
        logged = "".join(server.communicate(timeout=60))
    assert "203.0.113.7" not in logged
    assert "127.0.0.1" not in logged


def test_a_port_that_is_taken(installation: Installation, listener: socket.socket) -> None:
    port = str(listener.getsockname()[1])
    result = installation.run("serve", "--port", port)
    assert result.exit_code == 1
    assert result.output.startswith(f"Det går inte att lyssna på 127.0.0.1 port {port}: ")
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("key", ["", "change-me", "kort"])
def test_without_a_good_key_it_does_not_start(installation: Installation, key: str) -> None:
    installation.environment["KHCAL_SECRET_KEY"] = key
    result = installation.run("serve")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    ("peer", "seen"),
    [("127.0.0.1", ("203.0.113.7", "https", False)), ("198.51.100.1", ("198.51.100.1", "http", False))],
)
def test_only_a_proxy_on_this_machine_is_believed(peer: str, seen: tuple[str, str, bool]) -> None:
    told = {"HTTP_X_FORWARDED_FOR": "203.0.113.7", "HTTP_X_FORWARDED_PROTO": "https"}
    environ = (
        create_environ() | told | {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_HOST": "elsewhere.example.org"}
    )
    found = {}

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        found.update(environ)
        return []

    behind_proxy(app)(environ, lambda status, headers, fault=None: lambda body: None)
    assert (found["REMOTE_ADDR"], found["wsgi.url_scheme"], "HTTP_X_FORWARDED_HOST" in found) == seen


def test_what_staff_ask_for_is_seen_as_the_proxy_tells_it(
    installation: Installation, listener: socket.socket
) -> None:
    with started(serve(listener), listener, ROOT, **installation.environment):
        # Nobody asks in two ways at once; whoever reads that it was so says no.
        with asked(listener, "/personal/logga-in", **{"X-Forwarded-Proto": "https,http"}) as answer:
            assert answer.status == 400
        with asked(listener, "/personal/logga-in", **{"X-Forwarded-Proto": "https"}) as answer:
            assert answer.status == 200
