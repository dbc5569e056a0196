"""Where the player lies, its programs as modules, and a folder made a machine by its own script."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

FOLDER = Path(__file__).parents[2] / "kiosk" / "player"
PROGRAMS = Path("usr/local/lib/khcal-screen")
UNITS = Path("etc/systemd/system")
ADDRESS = "https://kalender.example.org/skarm/"


class Run(NamedTuple):
    """What the script printed, and the sentence with which it refused, if it did."""

    printed: str
    refusal: str


def load(name: str, path: Path) -> ModuleType:
    """A program of the player as a module; it stands in no package, since it runs on another machine."""
    loader = SourceFileLoader(name, str(path))
    spec = spec_from_loader(name, loader)
    assert spec
    module = sys.modules[name] = module_from_spec(spec)
    loader.exec_module(module)
    return module


def run_install(root: Path, *words: str) -> Run:
    """The script with those words, as somebody types it, for a folder in place of the machine."""
    printed = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        patch.setattr(sys, "argv", ["install", "--root", str(root), *words])
        try:
            install.main()
        except SystemExit as ended:
            return Run(printed.getvalue(), str(ended.code))
    return Run(printed.getvalue(), "")


def programs(names: dict[str, str], folder: Path) -> Path:
    """Executables with those texts, in place of the machine's own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in names.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


machine = load("machine", FOLDER / "machine.py")
install = load("install", FOLDER / "install")
watch = load("watch", FOLDER / "files" / PROGRAMS / "watch.py")
