"""What waitress refuses before khcal sees it is refused in Swedish and under the same headers.

A request that can't be read, or is larger than anything khcal takes, never becomes a request of Flask's.
"""

from __future__ import annotations

from collections.abc import Mapping

from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

SENTENCES = {
    413: "Det du skickar är för stort. Dela upp det eller gör det mindre och försök igen.",
    431: "Adressen eller webbläsarens uppgifter är för långa. Ladda om sidan och försök igen.",
}
OTHER = "Det gick inte att förstå vad webbläsaren bad om. Ladda om sidan och försök igen."


def refuse_politely(server: BaseWSGIServer, headers: Mapping[str, str]) -> None:
    """Let ``server`` answer what it refuses as khcal answers everything, with these headers."""
    all_headers = [*headers.items(), ("Content-Type", "text/plain; charset=utf-8")]

    class Refusing(ErrorTask):
        def execute(self) -> None:
            error = self.request.error  # type: ignore[attr-defined]
            body = f"{SENTENCES.get(error.code, OTHER)}\n".encode()
            self.status = f"{error.code} {error.reason}"
            self.response_headers = list(all_headers)
            self.set_close_on_finish()
            self.content_length = len(body)
            self.write(body)

    server.channel_class = type("Channel", (server.channel_class,), {"error_task_class": Refusing})
