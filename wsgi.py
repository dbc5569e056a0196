"""For WSGI servers: ``wsgi:app``."""

from khcal.app import create_app

app = create_app()
