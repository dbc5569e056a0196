"""Files that take long to make and never change: made by whoever comes first, for all who test beside."""

from __future__ import annotations

import atexit
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp


def _own_folder() -> str:
    folder = mkdtemp(prefix="khcal-alone-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


# Where the lanes of ``bin/test`` meet; who tests alone has one of her own.
FOLDER = Path(os.environ.get("KHCAL_TEST_RUN") or _own_folder())


def made_once(name: str, make: Callable[[Path], Path]) -> Path:
    """The file that ``make`` leaves in the folder it is given; who comes meanwhile waits for it."""
    place = FOLDER / name
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            making = Path(mkdtemp(dir=FOLDER))
            (making / "made").symlink_to(make(making).relative_to(making))
            making.rename(place)
    return (place / "made").resolve()
