"""What REDbot, the Resource Expert Droid, has to say of some addresses: run as a program of its own.

``python -m tests.interop.redbot_notes TIME URL …`` looks at all of them at once, its clock started at TIME,
and prints JSON: for each address its status and every note on it and on the requests made to try it.
"""

from __future__ import annotations

import json
import sys
from configparser import ConfigParser
from datetime import datetime
from typing import Any

import thor  # type: ignore[import-untyped]
import time_machine
from redbot.resource import HttpResource  # type: ignore[import-untyped]


def look_at(addresses: list[str]) -> dict[str, Any]:
    """What is found at each of them."""
    settings = ConfigParser()
    settings.read_dict({"redbot": {"enable_local_access": "True"}})
    resources = {address: HttpResource(settings["redbot"]) for address in addresses}
    waiting = set(addresses)

    def arrived(address: str) -> None:
        waiting.discard(address)
        if not waiting:
            thor.stop()

    for address, resource in resources.items():
        resource.set_request(address)
        resource.on("check_done", lambda address=address: arrived(address))
        resource.check()
    thor.run()
    return {address: found(resource) for address, resource in resources.items()}


def found(resource: Any) -> dict[str, Any]:
    """The answer's status, and the notes by name: each with its level and its words."""
    looked_at = [resource, *resource.subreqs.values()]
    notes = {
        type(note).__name__: [note.level.value, f"{note.summary}"]
        for each in looked_at
        for note in each.response.notes
    }
    return {"status": resource.response.status_code, "notes": notes}


if __name__ == "__main__":
    with time_machine.travel(datetime.fromisoformat(sys.argv[1]), tick=True):
        print(json.dumps(look_at(sys.argv[2:])))
