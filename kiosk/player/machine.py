"""The machine that is made a screen: what is laid out, run and taken away, each told of as it is done."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

BOOK = "etc/khcal-screen/made.json"
BOOT_LINE = "boot/firmware/cmdline.txt"


class RefusedError(Exception):
    """Why it can't be done, in a sentence for the one who types."""


def mode_of(path: Path) -> int:
    """Who may read, write and run a file."""
    return stat.S_IMODE(path.stat().st_mode)


class Machine:
    """This machine, or a folder that holds the files of another; nothing is run for that one."""

    def __init__(self, root: Path, dry: bool) -> None:
        self.root = root
        self.dry = dry
        self.is_this = root == Path("/")
        self.changes = 0

    def run(self, *command: str) -> None:
        """Run what changes something; stops with a sentence when it fails."""
        if self.is_this and self._may(f"kör {' '.join(command)}"):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            if subprocess.run(command, env=environment, check=False).returncode:
                raise RefusedError(
                    f"Det gick inte: {' '.join(command)}. Rätta felet och kör samma rad en gång till."
                )

    def answer(self, *command: str) -> str:
        """What a command that changes nothing prints; nothing when it is not there."""
        if not self.is_this or not shutil.which(command[0]):
            return ""
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    def write(self, name: str, content: bytes, mode: int) -> None:
        """Lay out a file, whole or not at all, unless it is there."""
        path = self.root / name
        if path.is_file() and path.read_bytes() == content and mode_of(path) == mode:
            return
        if not self._may(f"skriver /{name}"):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A memory card's first partition has one mode for all files and takes no other.
        if mode_of(new) != mode:
            new.chmod(mode)
        new.replace(path)

    def remove(self, name: str) -> None:
        """Take away a file or a folder with all that is in it."""
        path = self.root / name
        if path.exists() and self._may(f"tar bort /{name}"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def remove_empty(self, names: list[str]) -> None:
        """Take away folders in which nobody else has put anything since."""
        for name in names:
            path = self.root / name
            if path.is_dir() and not any(path.iterdir()):
                self.remove(name)

    def book(self) -> dict[str, list[str]]:
        """What was made here from the first time on: packages, files, folders, user, boot."""
        file = self.root / BOOK
        made: dict[str, list[str]] = json.loads(file.read_text()) if file.exists() else {}
        return made

    def keep(self, made: dict[str, list[str]]) -> None:
        """Write the book anew, if it differs."""
        self.write(BOOK, (json.dumps(made, indent=2) + "\n").encode(), 0o644)

    def lacking_folders(self, names: list[str]) -> list[str]:
        """The folders that those files need and that are not there yet, outermost first."""
        above = {parent for name in names for parent in Path(name).parents if parent != Path(".")}
        return [str(folder) for folder in sorted(above) if not (self.root / folder).is_dir()]

    def boot_words(self) -> list[str]:
        """The kernel's words on a Raspberry Pi; none elsewhere, and none of a line that is no single one."""
        file = self.root / BOOT_LINE
        line = file.read_text().rstrip("\n") if file.exists() else ""
        return line.split(" ") if line and "\n" not in line else []

    def boot_with(self, words: list[str]) -> None:
        """Set the kernel's words, for the next start."""
        file = self.root / BOOT_LINE
        text = file.read_text()
        ending = text[len(text.rstrip("\n")) :]
        self.write(BOOT_LINE, (" ".join(words) + ending).encode(), mode_of(file))

    def _may(self, sentence: str) -> bool:
        """Tell of a change; false when it is only to be told of."""
        self.changes += 1
        print(f"  {sentence}", flush=True)
        return not self.dry
