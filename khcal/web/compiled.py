"""Compiled templates are kept in the data folder: to compile them is more than half of a first page.

What is kept will be run. So it has a mark that only the secret key makes, with the versions and ways it was
compiled in; what is damaged, of another version or of somebody else is compiled anew and written over. Jinja
works out filters of constants while it compiles: no template has one, or old words would stay.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from secrets import compare_digest

from flask import Flask
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from khcal import __version__
from khcal.config import Settings

FOLDER = "templates"
_MARK = 32


def init_app(app: Flask) -> None:
    """Keep what ``app`` compiles; without a key nothing can be trusted, and nothing is kept."""
    settings: Settings = app.extensions["khcal"]
    if settings.secret_key:
        kept = CompiledTemplates(settings.data_dir / FOLDER, settings.secret_key, app.jinja_env)
        app.jinja_env.bytecode_cache = kept


class CompiledTemplates(BytecodeCache):
    """One file a template. Jinja looks itself whether the template has changed since."""

    def __init__(self, folder: Path, secret_key: str, environment: Environment) -> None:
        ways = (sorted(environment.extensions), environment.trim_blocks, environment.lstrip_blocks)
        made_with = repr((secret_key, __version__, version("jinja2"), ways))
        self._folder, self._key = folder, blake2b(made_with.encode()).digest()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """By name alone: a release in another place writes over what the one before it kept."""
        return super().get_cache_key(name)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if we wrote it and it is whole."""
        with suppress(OSError):
            written = (self._folder / bucket.key).read_bytes()
            mark, code = written[:_MARK], written[_MARK:]
            if compare_digest(mark, self._mark(code)):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it. On a disk that is full or can only be read, the next start takes longer: no more."""
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            (self._folder / bucket.key).write_bytes(self._mark(code) + code)

    def _mark(self, code: bytes) -> bytes:
        return blake2b(code, key=self._key, digest_size=_MARK).digest()
