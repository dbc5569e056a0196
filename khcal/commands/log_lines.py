"""Logs as JSON, one line an event, so that no text from outside can fake a line of its own.

No addresses of visitors are ever written: nothing here or elsewhere logs requests.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

# What JSON lets through but a terminal or an editor may take for a line end, a command or a turn.
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time, level, where, message and, if there was one, the exception."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "where": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        line = json.dumps(told, ensure_ascii=False)
        return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def log_as_json_lines(level: int = logging.INFO) -> None:
    """Send every logger's records to standard error as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # The server tells of every burst of visitors; four threads catch up by themselves.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
