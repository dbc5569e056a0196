"""The faults of the battery: how each begins and ends, and what a wall cannot know meanwhile."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.browser.wall.ground import Spoiler
from tests.faults.wall import answers, programme
from tests.faults.wall.device import Device

RUNNING, RELOAD, COLD = "running", "reload", "cold start"
STATES = (RUNNING, RELOAD, COLD)
Step = Callable[[Device], object]


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong.

    It begins before a screen is switched on, or within its browser once that runs; in the states of
    ``unknown`` the wall may say that it does not know. ``is_heard`` when the server answers all the time.
    """

    name: str
    begin: Step = lambda device: None
    within: Step = lambda device: None
    end: Step = lambda device: None
    states: tuple[str, ...] = STATES
    unknown: tuple[str, ...] = ()
    is_heard: bool = False
    # Whether another release is to be on the wall when it is over.
    ends_in_new_release: bool = False
    # How the screen is: its zone, and the moment at which it has got its programme.
    options: Mapping[str, str] = field(default_factory=dict)


def answering(name: str, spoiler: Spoiler) -> Fault:
    """The programme is answered so."""
    return Fault(name, lambda device: device.server.spoiled.update({"program.json": spoiler}), end=unspoiled)


def everything(name: str, spoiler: Spoiler) -> Fault:
    """Whatever is asked for is answered so."""
    return Fault(name, lambda device: device.server.spoiled.update({"*": spoiler}), end=unspoiled)


def deploying(name: str, file: str, spoiler: Spoiler) -> Fault:
    """A new release comes, and one of its files is answered so."""

    def begin(device: Device) -> None:
        device.server.deploy()
        device.server.spoiled.update({file: spoiler})

    return Fault(f"new release, {name}", begin, end=unspoiled, is_heard=True, ends_in_new_release=True)


def unspoiled(device: Device) -> None:
    device.server.spoiled.clear()


_OTHER = programme.told(word="Annat")


def _of_stockholm(document: dict[str, Any]) -> None:
    document.update(copy.deepcopy(_OTHER))
    document["chapter"]["slug"] = "stockholm"


def _with_other_words(document: dict[str, Any]) -> None:
    document.update(copy.deepcopy(_OTHER))
    document["words"]["week"] = {"one": "Vecka", "many": "Veckor"}


def _set_last_year(document: dict[str, Any]) -> None:
    document.update(programme.told(date(2025, 11, 24)))


def _drop_hours(document: dict[str, Any]) -> None:
    del document["days"][0]["events"][1]["end_ms"]


def answers_for_the_programme() -> Iterator[Fault]:
    yield answering("hangs", answers.silent)
    yield answering("begins and never ends", answers.dripping)
    yield answering("connection torn", answers.reset)
    yield answering("cut short", answers.cut)
    yield answering("half, told as whole", answers.half)
    for number in (400, 401, 403, 404, 410, 429, 500, 502, 503):
        yield answering(f"status {number}", answers.status(number, Retry_After="120"))
    other = json.dumps(programme.told(word="Annat")).encode()
    yield answering("500 with a programme", answers.status(500, other, Content_Type="application/json"))
    yield answering("portal", answers.portal)
    yield answering("redirect to a log-in", answers.redirected("/logga-in"))
    yield answering("redirect to another programme", answers.redirected("/skarm/stockholm/program.json"))
    yield answering("empty", answers.body(b""))
    yield answering("{}", answers.body(b"{}"))
    yield answering("null", answers.body(b"null"))
    yield answering("a list", answers.body(b"[]"))
    yield answering("not text", answers.body(bytes(range(128, 256)) * 100))
    yield answering("huge", answers.body(b"[" + b" " * 5_000_000))
    yield answering("wrong type", answers.of_type("text/plain"))
    yield answering("304 unasked", answers.unasked_304)
    yield answering("wrong house", answers.changed(_of_stockholm))
    yield answering("old schema", answers.changed(lambda told: told.update(_OTHER, schema="khcal-wall/0")))
    yield answering("new schema", answers.changed(lambda told: told.update(_OTHER, schema="khcal-wall/2")))
    yield answering("no days", answers.changed(lambda told: told.pop("days")))
    yield answering("a day is null", answers.changed(lambda told: told["days"].__setitem__(3, None)))
    yield answering("no hours", answers.changed(_drop_hours))
    yield answering("words of a newer release", answers.changed(_with_other_words))
    yield answering("no words", answers.changed(lambda told: told.pop("words")))
    yield answering("last year's", answers.changed(_set_last_year))


def answers_for_everything() -> Iterator[Fault]:
    yield Fault("server gone", gone, end=back)
    yield Fault(
        "no network",
        within=lambda device: device.context.set_offline(True),
        end=lambda device: device.context.set_offline(False),
    )
    yield everything("portal for everything", answers.portal)
    yield everything("500 for everything", answers.status(500))
    yield everything("everything hangs", answers.silent)
    yield everything("everything leads to a log-in", answers.redirected("/logga-in"))
    yield everything("everything is empty", answers.body(b""))


def releases() -> Iterator[Fault]:
    yield deploying("worker 500", "worker.js", answers.status(500))
    yield deploying("worker is a portal's page", "worker.js", answers.portal)
    yield deploying("worker does not parse", "worker.js", answers.body(b"{", Content_Type="text/javascript"))
    yield deploying("script empty", "main.js", answers.body(b"", Content_Type="text/javascript"))
    yield deploying("script is a portal's page", "today.js", answers.portal)
    yield deploying("script cut short", "main.js", answers.cut)
    yield deploying("script redirected", "main.js", answers.redirected("/skarm/fil/0/today.js"))
    yield deploying("style 404", "wall.css", answers.status(404))
    yield deploying("font of another release", "atkinson-hyperlegible-next.woff2", answers.half)
    yield deploying("page hangs", "index.html", answers.dripping)
    yield deploying("nothing wrong", "nothing", answers.portal)


def storage() -> Iterator[Fault]:
    yield Fault("all storage cleared", within=cleared, states=(RUNNING,), is_heard=True)
    yield Fault("programme cleared", within=without("khcal-wall-data"), states=(RUNNING,), is_heard=True)
    yield Fault("client cleared", within=without("khcal-wall-shell"), states=(RUNNING, RELOAD), is_heard=True)
    yield Fault("state cleared", within=without("khcal-wall-state"), states=(RUNNING, RELOAD), is_heard=True)
    yield Fault("no room on disk", within=no_room, end=room, states=(RUNNING, RELOAD), is_heard=True)
    yield Fault("one slot torn", within=torn(1), states=(RUNNING, RELOAD), is_heard=True)
    yield Fault("both slots torn", within=torn(2), states=(RUNNING, RELOAD), is_heard=True, unknown=(RELOAD,))
    yield Fault(
        "one slot altered, server gone",
        within=lambda device: (altered(device), gone(device)),
        end=back,
        states=(RELOAD,),
        unknown=(RELOAD,),
    )
    yield Fault("workers stopped", within=workers_stopped, states=(RUNNING, RELOAD), is_heard=True)


def clocks() -> Iterator[Fault]:
    yield Fault("an hour ahead", lambda device: device.set_off(hours=1), end=put_right, is_heard=True)
    yield Fault("an hour behind", lambda device: device.set_off(hours=-1), end=put_right, is_heard=True)
    yield Fault("a day ahead", lambda device: device.set_off(days=1), end=put_right, is_heard=True)
    yield Fault("a day behind", lambda device: device.set_off(days=-1), end=put_right, is_heard=True)
    yield Fault("two years behind", lambda device: device.set_off(days=-700), end=put_right, is_heard=True)
    yield Fault("five years ahead", ahead, end=put_right, is_heard=True)
    yield Fault(
        "at the beginning of time",
        lambda device: device.set_off(days=-365 * 56),
        end=put_right,
        is_heard=True,
    )


def nights() -> Iterator[Fault]:
    """The server is away while the day or the hour changes."""
    for name, moment in (
        ("midnight", "2026-11-24 23:59:30"),
        ("spring forward", "2027-03-28 01:59:30"),
        ("autumn back", "2026-10-25 01:59:30"),
        ("new year", "2026-12-31 23:59:30"),
        ("week 53 begins", "2026-12-27 23:59:30"),
    ):
        yield Fault(name, gone, end=back, options={"moment": moment})
    for zone in ("America/New_York", "Asia/Tokyo", "Pacific/Kiritimati", "UTC"):
        yield Fault(
            f"device in {zone}", gone, end=back, options={"zone": zone, "moment": "2026-11-24 23:59:30"}
        )


def clocks_without_server() -> Iterator[Fault]:
    # Only while it runs: one that is switched on a day late, with nobody to ask, cannot know.
    yield Fault(
        "a day behind, server gone",
        within=lambda device: (gone(device), device.set_off(days=-1)),
        end=put_right,
        states=(RUNNING,),
    )
    for name, span, unknown in (
        ("two years behind", -700, (RELOAD, COLD)),
        ("five years ahead", 1800, STATES),
    ):
        yield Fault(
            f"{name}, server gone",
            lambda device, span=span: (gone(device), device.set_off(days=span)),  # type: ignore[misc]
            end=put_right,
            unknown=unknown,
        )


def gone(device: Device) -> None:
    device.server.stop()


def back(device: Device) -> None:
    device.server.stop()
    device.server.start()


def put_right(device: Device) -> None:
    back(device)
    device.set_off()


def ahead(device: Device) -> None:
    device.set_off(days=1800)


def cleared(device: Device) -> None:
    device.devtools("Storage.clearDataForOrigin", origin=device.origin, storageTypes="all")


def no_room(device: Device) -> None:
    device.devtools("Storage.overrideQuotaForOrigin", origin=device.origin, quotaSize=1000)


def room(device: Device) -> None:
    device.devtools("Storage.overrideQuotaForOrigin", origin=device.origin)


def workers_stopped(device: Device) -> None:
    device.devtools("ServiceWorker.enable")
    device.devtools("ServiceWorker.stopAllWorkers")


def without(name: str) -> Step:
    """The caches whose names begin so are lost."""
    lost = f"""caches.keys().then((names) =>
      Promise.all(names.filter((name) => name.startsWith('{name}')).map((name) => caches.delete(name))))"""
    return lambda device: device.page.evaluate(lost)


def altered(device: Device) -> None:
    """Some letters of the newest slot are others now."""
    device.page.evaluate("""async () => {
      const cache = await caches.open('khcal-wall-data')
      for (const slot of await cache.keys()) {
        if (!slot.url.includes('/program/')) continue
        const kept = await cache.match(slot)
        const text = await kept.text()
        if (JSON.parse(text).serial % 2)
          await cache.put(slot, new Response(text.replaceAll('Samtal', 'Dans'), { headers: kept.headers }))
      }
    }""")


def torn(count: int) -> Step:
    """So many slots of the programme are cut in the middle, the newest first."""
    tear = """async (count) => {
      const cache = await caches.open('khcal-wall-data')
      const slots = (await cache.keys()).filter((request) => request.url.includes('/program/'))
      const found = await Promise.all(slots.map(async (slot) => {
        const kept = await cache.match(slot)
        return { slot, text: await kept.text(), headers: kept.headers }
      }))
      const serial = ({ text }) => JSON.parse(text).serial
      found.sort((one, other) => serial(other) - serial(one))
      for (const { slot, text, headers } of found.slice(0, count))
        await cache.put(slot, new Response(text.slice(0, text.length / 2), { headers }))
    }"""
    return lambda device: device.page.evaluate(tear, count)


FAULTS = [
    *answers_for_the_programme(),
    *answers_for_everything(),
    *releases(),
    *storage(),
    *clocks(),
    *clocks_without_server(),
    *nights(),
]
