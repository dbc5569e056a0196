"""``khcal doctor --certificate`` warns in time that visitors and screens will soon be turned away."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
import time_machine

from khcal.calendaring import clock
from tests.commands.conftest import Installation

COMMAND = [
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-subj",
    "/CN=localhost",
    "-days",
    "30",
]
NAMED = ["-addext", "subjectAltName=DNS:localhost"]


@pytest.fixture(params=[90])
def certificate(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A key and its certificate in one file, good for three months from now or as long as a test wants."""
    key, own = tmp_path / "key.pem", tmp_path / "own.pem"
    long = ["-days", str(request.param)]
    subprocess.run([*COMMAND, *NAMED, *long, "-keyout", key, "-out", own], check=True, capture_output=True)
    whole = tmp_path / "whole.pem"
    whole.write_bytes(key.read_bytes() + own.read_bytes())
    return whole


def end_of(certificate: Path) -> int:
    """When it runs out, in seconds since 1970."""
    command = ["openssl", "x509", "-enddate", "-noout", "-in", certificate]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return ssl.cert_time_to_seconds(told.strip().removeprefix("notAfter="))


def shake_hands(listener: ssl.SSLSocket) -> None:
    """Show the certificate to whoever comes, until the door is closed."""
    while True:
        try:
            listener.accept()[0].close()
        except ssl.SSLError:
            continue
        except OSError:
            return


@pytest.fixture
def address(certificate: Path) -> Iterator[str]:
    """Where a server shows the certificate."""
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(certificate)
    with (
        socket.create_server(("127.0.0.1", 0)) as door,
        shown.wrap_socket(door, server_side=True) as listener,
    ):
        server = Thread(target=shake_hands, args=(listener,))
        server.start()
        yield f"https://localhost:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        server.join()


@pytest.fixture
def published(installation: Installation, address: str) -> Installation:
    """An installation at that address."""
    installation.environment["KHCAL_PUBLIC_URL"] = address
    return installation


@pytest.mark.parametrize(
    ("certificate", "days", "is_told"),
    [(90, 22, False), (90, 20, True), (90, -1, True), (44, 14, False), (44, 10, True), (6, 2, False)],
    indirect=["certificate"],
)
def test_it_is_told_before_the_end(
    published: Installation,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    frozen_clock: time_machine.Traveller,
    days: int,
    is_told: bool,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    ends_at = clock.from_epoch_seconds(end_of(certificate))
    frozen_clock.move_to(ends_at - timedelta(days=days))
    result = published.run("doctor", "--certificate")
    told = f"Certifikatet för localhost går ut {ends_at:%Y-%m-%d}. Förnya det innan dess.\n"
    assert (result.exit_code, result.output) == ((1, told) if is_told else (0, "Allt är i ordning.\n"))


def test_one_that_nobody_vouches_for(published: Installation) -> None:
    result = published.run("doctor", "--certificate")
    assert result.exit_code == 1
    assert result.output.startswith(
        "Webbläsare och skärmar godtar inte certifikatet för localhost: ingen känd utfärdare"
    )


def test_nobody_answers(published: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        published.environment["KHCAL_PUBLIC_URL"] = f"https://localhost:{door.getsockname()[1]}"
    result = published.run("doctor", "--certificate")
    assert result.exit_code == 1
    assert result.output.startswith("Certifikatet för localhost kunde inte kontrolleras: ")


def test_the_network_is_asked_only_when_told_to(published: Installation) -> None:
    assert published.run("doctor").output == "Allt är i ordning.\n"


def test_without_https_there_is_none(installation: Installation) -> None:
    installation.environment["KHCAL_PUBLIC_URL"] = "http://localhost:9"
    assert installation.run("doctor", "--certificate").output == "Allt är i ordning.\n"
