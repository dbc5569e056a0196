"""What bin/demo and bin/test do before they start: Debian's packages, .venv and the locked list.

Standard library only. A second run asks no network and takes a few hundredths of a second.
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN_LIST = "requirements.txt"
TEST_LIST = "requirements-test.txt"
_STAMP = VENV / "installed.json"
# Debian keeps the part of Python that makes environments in a package of its own.
VENV_PROBE = (
    f"python3.{sys.version_info.minor}-venv",
    lambda: PYTHON.exists() or importlib.util.find_spec("ensurepip"),
)


def stop(sentence: str) -> NoReturn:
    """End with one sentence on standard error and exit status 1."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def prepare(list_name: str) -> None:
    """See to it that .venv holds exactly what ``list_name`` names; stops with a sentence if it can't."""
    with _one_at_a_time():
        wanted = _fingerprint(list_name)
        if _installed().get(list_name) == wanted and _works("import waitress"):
            return
        _make_venv()
        _install(list_name)
        covered = [RUN_LIST, TEST_LIST] if list_name == TEST_LIST else [RUN_LIST]
        _STAMP.write_text(json.dumps({name: _fingerprint(name) for name in covered}))


def need_debian_packages(missing: list[str]) -> None:
    """Install Debian packages as root; otherwise stop and say the exact line to type."""
    if not missing:
        return
    names = " ".join(missing)
    install = f"apt-get install --no-install-recommends --yes {names}"
    if shutil.which("apt-get") is None:
        stop(f"Det här behövs men saknas: {names}. Installera det och försök igen.")
    if os.geteuid() != 0:
        line = f"sudo apt-get update && sudo {install}"
        stop(f"Det saknas paket i systemet. Skriv så här och försök sedan igen:\n  {line}")
    _say(f"Installerar {names} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update", install):
        done = subprocess.run(command.split(), env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [""])[-1]
            stop(f"Det gick inte att installera {names}. {last}\nPröva själv:\n  apt-get update && {install}")


def missing_packages(probes: Iterable[tuple[str, Callable[[], object]]]) -> list[str]:
    """The Debian packages whose probe finds nothing."""
    return [package for package, is_there in probes if not is_there()]


def has_library(name: str) -> bool:
    """Whether the system can load a shared library such as ``libatomic.so.1``."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def child_environment(**more: str) -> dict[str, str]:
    """The environment for Python under .venv: bytecode is kept, or each start takes seconds."""
    left_out = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if name not in left_out} | more


def _say(sentence: str) -> None:
    print(sentence, flush=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two terminals may start at once; the second waits until the first has set up."""
    with open(__file__, "rb") as itself:
        fcntl.flock(itself, fcntl.LOCK_EX)
        yield


def _fingerprint(list_name: str) -> str:
    return hashlib.sha256((ROOT / list_name).read_bytes()).hexdigest()


def _installed() -> dict[str, str]:
    try:
        stamps: dict[str, str] = json.loads(_STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamps


def _works(statement: str) -> bool:
    """Whether .venv's Python can run ``statement``: not after a change of the system's Python."""
    if not PYTHON.exists():
        return False
    done = subprocess.run(
        [PYTHON, "-c", statement], env=child_environment(), capture_output=True, check=False
    )
    return done.returncode == 0


def _make_venv() -> None:
    if _works("import pip, sys; assert sys.version_info >= (3, 11)"):
        return
    need_debian_packages(missing_packages([VENV_PROBE]))
    _say("Gör en egen Python-miljö i .venv …")
    _run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        "Det gick inte att göra mappen .venv i projektets mapp.",
    )


def _install(list_name: str) -> None:
    _say("Hämtar paketen som khcal bygger på. Det görs bara första gången …")
    options = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--no-deps",
        "--no-compile",
        "--require-hashes",
    ]
    _run(
        [PYTHON, "-m", "pip", "install", *options, "-r", ROOT / list_name], "Det gick inte att hämta paketen."
    )
    # All cores at once, where pip compiles one file after the other. Left out: what hardly any start
    # reads; Python compiles it then. A file that is only a template may not compile, and need not.
    rare = r"/site-packages/(pip|holidays/(countries|financial))/"
    compiling = [PYTHON, "-m", "compileall", "-qq", "-j", "0", "-x", rare, VENV / "lib"]
    subprocess.run(compiling, env=child_environment(), capture_output=True, check=False)


def _run(command: list[str | Path], complaint: str) -> None:
    done = subprocess.run(command, env=child_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
        stop("\n".join([complaint, *lines[-3:]]))
