"""Whether those who come by the public address will still be let in: its certificate, as they meet it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from khcal.calendaring import clock
from khcal.config import Settings

# Those who renew by themselves do so a month before the end: later than this they have failed for a week.
SOON = timedelta(days=21)
PATIENCE_SECONDS = 10


def certificate_faults(settings: Settings) -> Iterator[str]:
    """What is wrong with the certificate, in a sentence; asks the public address over the network."""
    address = urlsplit(settings.public_url)
    host = address.hostname
    if not settings.is_secure or host is None:
        return
    try:
        ends_at = _end_of(host, address.port or 443)
    except ssl.SSLCertVerificationError as fault:
        yield f"Webbläsare och skärmar godtar inte certifikatet för {host}: {fault.verify_message}."
    except OSError as fault:
        yield f"Certifikatet för {host} kunde inte kontrolleras: {fault}."
    else:
        if ends_at - clock.now() < SOON:
            yield f"Certifikatet för {host} går ut {ends_at:%Y-%m-%d}. Förnya det innan dess."


def _end_of(host: str, port: int) -> datetime:
    """When the certificate that is shown there runs out. Raises :class:`OSError`."""
    believed = ssl.create_default_context()
    with (
        socket.create_connection((host, port), PATIENCE_SECONDS) as connection,
        believed.wrap_socket(connection, server_hostname=host) as shown,
    ):
        certificate = shown.getpeercert() or {}
    return clock.from_epoch_seconds(ssl.cert_time_to_seconds(str(certificate["notAfter"])))
