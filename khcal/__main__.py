"""``python -m khcal``, for where the command ``khcal`` is not on the path."""

from khcal.commands import main

main(prog_name="khcal")
