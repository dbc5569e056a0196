"""The wheel carries all that khcal needs and runs from any folder by the command ``khcal``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.commands.server import asked, handed_over, started

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """khcal as a wheel, built from this checkout without asking any network."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def khcal(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command, in an environment that borrows everything but khcal from this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    python = folder / "bin" / "python"
    options = ["--quiet", "--no-deps", "--no-index"]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", *options, wheel], check=True)
    return folder / "bin" / "khcal"


def files_of(folder: str) -> set[str]:
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)) for path in found if path.parent.name != "__pycache__"}


@pytest.mark.parametrize(
    ("folder", "packed"),
    [
        ("templates", "khcal/_assets/templates"),
        ("static", "khcal/_assets/static"),
        ("kiosk", "khcal/_assets/kiosk"),
        ("khcal", "khcal"),
    ],
)
def test_every_file_is_packed(wheel: Path, folder: str, packed: str) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {packed + file.removeprefix(folder) for file in files_of(folder)}
    assert len(wanted) > 3
    assert not wanted - names


def test_nothing_lies_beside_the_package(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"khcal", next(top for top in tops if top.endswith(".dist-info"))}


def test_it_runs_from_another_folder(khcal: Path, tmp_path: Path, listener: socket.socket) -> None:
    here = {"HOME": str(tmp_path), "KHCAL_DATA_DIR": str(tmp_path / "data"), "PATH": os.environ["PATH"]}
    (sample,) = khcal.parent.parent.glob("lib/python*/site-packages/khcal/sample")
    for arguments in (["init"], ["import", sample / "chapters.json", sample / "programme.csv"], ["doctor"]):
        subprocess.run([khcal, *arguments], cwd=tmp_path, env=here, stdout=subprocess.DEVNULL, check=True)
    _look_at_its_pages(khcal, tmp_path, here, listener)


def test_an_upload_is_read_by_a_process_of_its_own(khcal: Path, tmp_path: Path) -> None:
    code = (
        "from datetime import date; from khcal.reading_apart import read_apart; "
        "print(read_apart(b'Dag;Titel\\n2027-01-12;Yoga', date(2026, 11, 24))['table'])"
    )
    said = subprocess.run(
        [khcal.parent / "python", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={},
    )
    assert "Yoga" in said.stdout


def _look_at_its_pages(khcal: Path, folder: Path, here: dict[str, str], listener: socket.socket) -> None:
    with started(handed_over(listener, str(khcal), "serve"), listener, folder, **here):
        for path in ("/", "/sjuharad/", "/sjuharad.ics", "/skarm/sjuharad"):
            with asked(listener, path) as answer:
                assert answer.status == 200, path
                assert len(answer.read()) > 1000, path
