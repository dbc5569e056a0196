"""The command ``khcal``: one file a command, read only when that command is asked for."""

from __future__ import annotations

import gc
import os
from functools import cache
from importlib import import_module

import click

from khcal import __version__

# What each command does, and the module and name it is found under.
COMMANDS = {
    "init": ("Gör i ordning mapp, nyckel och databas.", "init:init"),
    "serve": ("Svara besökare, prenumerationer och skärmar.", "serve:serve"),
    "create-user": ("Ge en medarbetare ett användarnamn och lösenord.", "create_user:create_user"),
    "import": ("Läs in hus och program från filer.", "import_programme:import_programme"),
    "export": ("Skriv programmet till en fil.", "export:export"),
    "backup": ("Gör en säkerhetskopia.", "backup:backup"),
    "restore": ("Läs in en säkerhetskopia.", "restore:restore"),
    "upgrade": ("Ställ om databasen till en ny version.", "upgrade:upgrade"),
    "doctor": ("Kontrollera att allt är säkert och rätt.", "doctor:doctor"),
}


class _Program(click.Group):
    """Lists its commands without reading them: ``khcal --help`` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return _command(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, told) for name, (told, _) in COMMANDS.items()])


@cache
def _command(name: str) -> click.Command:
    """Read what a command needs. It stays to the end, so that looking through it for garbage is in vain."""
    module, attribute = COMMANDS[name][1].split(":")
    gc.disable()
    try:
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), attribute)
    finally:
        gc.freeze()
        gc.enable()
    return command


@click.group(cls=_Program)
@click.version_option(__version__, prog_name="khcal")
def main() -> None:
    """Kalendern för Kraftens hus: sidor, kalenderprenumerationer och skärmar.

    Inställningarna läses ur miljön, se README.
    """
    # What khcal writes is for the user it runs as and nobody else.
    os.umask(0o077)
