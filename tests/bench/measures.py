"""The measures themselves. Of turns that alternate between servers the middle one counts."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, files
from itertools import chain, permutations, product
from pathlib import Path

from werkzeug.test import Client

from khcal.db import db
from khcal.models import Chapter, Event, Occurrence
from khcal.web.kept import kept_answers_of
from tests import databases
from tests.bench.load import Load, asking, drive
from tests.bench.servers import KHCAL, ROOT, Server, answering, radicale, serving
from tests.moments import MOMENT

FEED = "/sjuharad.ics"
KEPT = {
    "feed": FEED,
    "list": "/sjuharad/",
    "week": "/sjuharad/vecka/2026-v48",
    "month": "/sjuharad/manad/2026-11",
    "snapshot": "/skarm/sjuharad/program.json",
}
SEARCH = "/sjuharad/?sok=fika"
FORMS = ("200", "gzip", "304")
# Many rounds of short turns: a machine that others share is now fast and now slow, for seconds at a time.
ROUNDS, TURNS, SAVES, STARTS = 15, 5, 21, 15
ORDERS = [*permutations(range(3))]
MANY = 100_000
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One address in one form; in each turn khcal, it with very many dates stored, and the bare server.

    The ratios are of one turn, so that what else the machine does at the time is in both of their sides.
    """

    name: str
    form: str
    size: int
    turns: tuple[tuple[Load, Load, Load], ...]

    @property
    def ours(self) -> Load:
        return Load.median([ours for ours, _grown, _bare in self.turns])

    @property
    def bare(self) -> Load:
        return Load.median([bare for _ours, _grown, bare in self.turns])

    @property
    def is_kept(self) -> bool:
        return self.name in KEPT

    @property
    def ratio(self) -> float:
        """Of what waitress can do at most."""
        return statistics.median(ours.rate / bare.rate for ours, _grown, bare in self.turns)

    @property
    def growth(self) -> float:
        """With very many dates stored, of what it is with few."""
        return statistics.median(grown.rate / ours.rate for ours, grown, _bare in self.turns)


def khcal(folder: Path) -> dict[str, str]:
    """Settings of a khcal whose data lie in ``folder``."""
    return {"KHCAL_DATA_DIR": str(folder), "KHCAL_NOW": f"{MOMENT:%Y-%m-%dT%H:%M}", "KHCAL_SECRET_KEY": _KEY}


_KEY = databases.SETTINGS.secret_key


def rows(few: Path, many: Path, seconds: float) -> list[Row]:
    """Every address in every form, and a search, which is never kept.

    The servers are started anew for each round: two starts of one program differ by a tenth for as long
    as they live, as their memory happens to lie.
    """
    rounds = []
    for number in range(ROUNDS):
        with serving(KHCAL, **khcal(few)) as ours, serving(KHCAL, **khcal(many)) as grown:
            rounds.append([*_rows((ours, grown), number, seconds)])
    return [
        replace(same[0], turns=tuple(chain.from_iterable(row.turns for row in same)))
        for same in zip(*rounds, strict=True)
    ]


def _rows(servers: tuple[Server, Server], number: int, seconds: float) -> Iterator[Row]:
    short = [seconds / TURNS] * TURNS
    for name, form in product(KEPT, FORMS):
        yield _row(name, form, servers, number, short)
    # So few are answered in a second that a short turn tells more of the machine than of khcal.
    yield _row("search", "gzip", servers, number, [4 * seconds])


def _row(name: str, form: str, servers: tuple[Server, Server], number: int, turns: Sequence[float]) -> Row:
    (ours, grown), path = servers, KEPT.get(name, SEARCH)
    headers = {} if form == "200" else {"Accept_Encoding": "gzip"}
    if form == "304":
        headers["If_None_Match"] = ours.ask(path, **headers).etag
    answer = ours.ask(path, **headers)
    assert grown.ask(path, **headers).body == answer.body, f"{path} tells of what is long past."
    request = asking(path, **headers)
    with answering(answer) as bare:
        bare.ask("/")
        three = (ours, grown, bare)
        loads = [_one_turn(three, number + turn, request, long) for turn, long in enumerate(turns)]
    return Row(name, form, len(answer.body), tuple(loads))


def _one_turn(
    servers: tuple[Server, Server, Server], number: int, request: bytes, seconds: float
) -> tuple[Load, Load, Load]:
    """The load of each, in another order each turn, so that neither place nor neighbour favours any."""
    order = ORDERS[number % len(ORDERS)]
    loads = {each: drive(servers[each].port, [request], seconds) for each in order}
    return loads[0], loads[1], loads[2]


def beside_radicale(ours: Server, folder: Path, seconds: float) -> tuple[Load, Load]:
    """The same feed from khcal and from Radicale, not zipped, for Radicale's is not kept either way."""
    feed = ours.ask(FEED).body
    with radicale(feed, folder) as (other, address):
        told = other.ask(address).body
        assert told.count(b"BEGIN:VEVENT") == feed.count(b"BEGIN:VEVENT")
        pairs = [
            (drive(ours.port, [asking(FEED)], seconds), drive(other.port, [asking(address)], seconds))
            for _ in range(ROUNDS)
        ]
    mine, theirs = zip(*pairs, strict=True)
    return Load.median(mine), Load.median(theirs)


def first_after_a_save(folder: Path) -> tuple[int, float, float]:
    """Dates in the feed; ms that its first reader waits after one date was changed: the middle, the most."""
    app = databases.make_app(folder, folder / "khcal.db", now=MOMENT)
    reader = Client(kept_answers_of(app))
    # As a server does before it answers anybody; what else was measured in this process is not khcal's.
    gc.freeze()
    waits = []
    with app.app_context():
        house = db.select(Chapter.id).filter_by(slug="sjuharad").scalar_subquery()
        coming = db.select(Occurrence.id).join(Event)
        coming = coming.where(Event.chapter_id == house, Occurrence.starts_at > MOMENT)
        number = db.session.scalars(coming.limit(1)).one()
        for turn in range(SAVES):
            db.session.get_one(Occurrence, number).title = f"Något annat {turn}"
            db.session.commit()
            began = time.perf_counter()
            answer = reader.get(FEED, base_url=databases.PUBLIC_URL, headers={"Accept-Encoding": "gzip"})
            waits.append(1000 * (time.perf_counter() - began))
            assert answer.status_code == 200
        dates = reader.get(FEED, base_url=databases.PUBLIC_URL).text.count("BEGIN:VEVENT")
    databases.close_app(app)
    # The first one ever finds no text of any date.
    return dates, statistics.median(waits[1:]), max(waits[1:])


def memory_after_many(server: Server) -> tuple[float, float]:
    """MiB before and after very many requests for everything; one in a hundred is a search."""
    zipped = {"Accept_Encoding": "gzip"}
    each = [asking(path, **headers) for path in KEPT.values() for headers in ({}, zipped)]
    each += [asking(path, If_None_Match=server.ask(path).etag) for path in KEPT.values()]
    weeks = [asking(f"/sjuharad/vecka/2027-v{week:02}", **zipped) for week in range(1, 53)]
    mixed = [request for week in weeks for request in (*each, week)] + [asking(SEARCH)] * (len(weeks) // 6)
    before = server.memory
    drive(server.port, mixed, most=MANY)
    return before, server.memory


def cold_start(folder: Path) -> float:
    """Seconds from nothing to the first page, with very many dates stored."""
    waits = []
    for _ in range(STARTS):
        began = time.perf_counter()
        with serving(KHCAL, **khcal(folder)) as server:
            assert server.ask(KEPT["list"]).status.startswith("200")
            waits.append(time.perf_counter() - began)
    return statistics.median(waits)


def installed() -> float:
    """MiB that khcal and what it runs on take on disk."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    names = [line.partition("==")[0].partition("[")[0] for line in lines if "==" in line]
    ours = [
        path for folder in ("khcal", "templates", "static", "kiosk") for path in (ROOT / folder).rglob("*")
    ]
    sizes = [path.stat().st_size for path in ours if path.is_file()]
    return (sum(sizes) + sum(_size_of(name) for name in names)) / MIB


def _size_of(package: str) -> int:
    """Bytes of an installed package; none of one that is for another machine."""
    try:
        found = files(package) or []
    except PackageNotFoundError:
        return 0
    places = [Path(str(each.locate())) for each in found]
    return sum(place.stat().st_size for place in places if place.is_file())
