"""The server's certificate is replaced by one that the screen does not believe, as one that has run out."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.wall.ground import WallServer
from tests.faults.wall.device import Device
from tests.faults.wall.faults import STATES, Fault
from tests.faults.wall.test_wall_battery import try_cell
from tests.tries import IS_SAMPLE

Screen = Callable[..., Device]


@pytest.mark.parametrize("state", STATES[2:] if IS_SAMPLE else STATES)
def test_a_certificate_that_is_not_believed(
    screen: Screen, server: WallServer, tmp_path: Path, state: str
) -> None:
    good, other = (certificate_in(tmp_path / name) for name in ("good.pem", "other.pem"))
    show(server, good)
    fault = Fault(
        "certificate", lambda device: show(device.server, other), end=lambda device: show(device.server, good)
    )
    # The screen believes this one key, as if somebody had vouched for it, and no other.
    device = screen(is_restarted=True, args=[f"--ignore-certificate-errors-spki-list={fingerprint(good)}"])
    assert device.page.url.startswith("https://")
    try_cell(device, fault, state)


def show(server: WallServer, certificate: Path) -> None:
    """Answer under this certificate from now on."""
    server.stop()
    server.certificate = certificate
    server.start()


def certificate_in(path: Path) -> Path:
    """A new key and its certificate, in one file."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*command, "-keyout", path, "-out", f"{path}.crt"], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


def fingerprint(path: Path) -> str:
    """The SHA-256 of the key, as browsers write it."""
    public = ["openssl", "pkey", "-in", path, "-pubout", "-outform", "DER"]
    told = subprocess.run(public, check=True, capture_output=True).stdout
    return base64.b64encode(hashlib.sha256(told).digest()).decode()
