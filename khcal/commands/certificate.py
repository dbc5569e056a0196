"""Whether those who come by the public address will still be let in: its certificate, as they meet it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from khcal.calendaring import clock
from khcal.config import Settings

# Those who renew by themselves do so when a third of the time is left: later than this they have failed.
SOON = timedelta(days=21)
PART = 4
# What OpenSSL finds wrong, by its own numbers (x509_vfy.h).
FAULTS = {
    10: "det har gått ut",
    **dict.fromkeys((18, 19, 20, 21), "ingen känd utfärdare går i god för det"),
    62: "det gäller en annan adress",
}
PATIENCE_SECONDS = 10


def certificate_faults(settings: Settings) -> Iterator[str]:
    """What is wrong with the certificate, in a sentence; asks the public address over the network."""
    address = urlsplit(settings.public_url)
    host = address.hostname
    if not settings.is_secure or host is None:
        return
    try:
        begins_at, ends_at = _span_of(host, address.port or 443)
    except ssl.SSLCertVerificationError as fault:
        reason = FAULTS.get(fault.verify_code, fault.verify_message)
        yield f"Webbläsare och skärmar godtar inte certifikatet för {host}: {reason}."
    except OSError as fault:
        yield f"Certifikatet för {host} kunde inte kontrolleras: {fault}."
    else:
        if ends_at - clock.now() < min(SOON, (ends_at - begins_at) / PART):
            yield f"Certifikatet för {host} går ut {ends_at:%Y-%m-%d}. Förnya det innan dess."


def _span_of(host: str, port: int) -> tuple[datetime, datetime]:
    """From when until when the certificate that is shown there is good. Raises :class:`OSError`."""
    believed = ssl.create_default_context()
    with (
        socket.create_connection((host, port), PATIENCE_SECONDS) as connection,
        believed.wrap_socket(connection, server_hostname=host) as shown,
    ):
        certificate = shown.getpeercert() or {}
    first, last = (ssl.cert_time_to_seconds(str(certificate[name])) for name in ("notBefore", "notAfter"))
    return clock.from_epoch_seconds(first), clock.from_epoch_seconds(last)
