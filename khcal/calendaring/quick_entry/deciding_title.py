"""What it is called: the words that nothing else has taken; and which pieces nobody understood."""

from __future__ import annotations

from dataclasses import dataclass

from .church_days import capital
from .entry import Assumed, Unread
from .facts import Denied, Piece, TitleSaid
from .heard import Heard
from .known import Earlier
from .line import Line
from .titles import near_title, same_title
from .tokens import Sort

# Small words between pieces that mean nothing by themselves.
_SMALL_WORDS = """
och o samt med på i den det kl klockan för av under vid som är blir hålls ses träffas vi men då om från till
att plus alltid mellan dagen datum tid när var en ett
"""
_GLUE = frozenset(_SMALL_WORDS.split())
# Of them, those that no day and no hour comes after: they belong to the title ("Grattis till det").
_ENDS_TITLE = frozenset({"det", "av", "att", "om"})
_NO_BEGINNING = _GLUE | frozenset({"inte", "ej", "utan", "samling", "hos"})
_PLACE = frozenset({"vid", "samling"})
# Inside a title these would be odd: there they are something that was not understood.
_NEVER_IN_TITLE = frozenset(
    {
        "varannan",
        "udda",
        "ojämna",
        "jämna",
        "gånger",
        "ggr",
        "kl",
        "klockan",
        "terminen",
        "ej",
        "utom",
        "uppehåll",
    }
)
_ENDS_SENTENCE = frozenset({".", ";", "!"})
_APART = frozenset({",", "(", ")", *_ENDS_SENTENCE})


@dataclass(frozen=True)
class Named:
    """The title, the earlier activity with the same one, and the tokens it stands on."""

    title: str = ""
    earlier: Earlier | None = None
    tokens: range = range(0)
    place: str = ""


def decide_title(heard: Heard) -> Named:
    """The title that is quoted or known before; else words that begin the line, or the first left over."""
    if said := heard.one(TitleSaid):
        fact, piece = said
        known = next((each for each in heard.known.earlier if each.id == fact.earlier), None)
        if known:
            heard.assume(Assumed.EARLIER, piece, word=known.title)
        return Named(fact.title, known, range(piece.start, piece.end), _place(heard, range(0)))
    run = _trimmed(heard, _beginning(heard)) or _first_left_over(heard)
    title = " ".join(heard.line.piece(run.start, run.stop).split())
    if not title:
        return Named(place=_place(heard, run))
    title = _begun_with_capital(title)
    known = same_title(title, heard.known.earlier)
    if known is None and (known := near_title(title, heard.known.earlier)):
        heard.assume(Assumed.TITLE, Piece(run.start, run.stop, TitleSaid(title)), word=known.title)
    elif known:
        heard.assume(Assumed.EARLIER, None, word=known.title)
    return Named(known.title if known else title, known, run, _place(heard, run))


def pieces_not_understood(heard: Heard, named: Named) -> tuple[Unread, ...]:
    """Every stretch of words that no piece and no title has, but for small words between them."""
    groups = [run for run in _left_over(heard, named.tokens) if not _is_glue(heard.line, run)]
    if named.place:
        groups = [run for run in groups if heard.line.word(run.start) not in _PLACE]
    groups = [_without_glue(heard.line, run) for run in groups]
    groups += [range(piece.start, piece.end) for piece in heard.unread]
    groups += [range(piece.start, piece.end) for _, piece in heard.all(Denied)]
    ordered = sorted({(run.start, run.stop) for run in groups})
    return tuple(_unread(heard.line, start, stop) for start, stop in ordered)


def _unread(line: Line, start: int, stop: int) -> Unread:
    return Unread(line.piece(start, stop), line.tokens[start].start, line.tokens[stop - 1].end)


def _beginning(heard: Heard) -> range:
    """The tokens from the first one on that may be a title: free ones, and soft pieces among them."""
    end, owners = 0, _owners(heard)
    while end < len(heard.line) and _is_open(heard, owners, end):
        piece = owners.get(end)
        end = piece.end if piece else end + 1
    return range(end)


def _is_open(heard: Heard, owners: dict[int, Piece], at: int) -> bool:
    line, piece = heard.line, owners.get(at)
    if piece is None:
        ends_here = line.word(at) in _ENDS_SENTENCE and not line.touches(at + 1) and at > 0
        is_of_time = at > 0 and line.word(at) in _NEVER_IN_TITLE
        return (
            not ends_here
            and not is_of_time
            and at not in line.unclear
            and line.tokens[at].sort is not Sort.ADDRESS
        )
    if not piece.is_soft:
        return False
    is_after_word = at > 0 and line.word(at - 1) not in _APART
    return is_after_word if at else _is_open_after(line, owners, piece.end)


def _is_open_after(line: Line, owners: dict[int, Piece], at: int) -> bool:
    """Whether a word of the title follows a soft piece that begins the line."""
    return at not in owners and (line.is_word(at) or line.word(at) == ":")


def _trimmed(heard: Heard, run: range) -> range:
    """Without marks at the ends, and without small words last that only lead on to what follows."""
    line, start, stop = heard.line, run.start, run.stop
    leads_on = stop in _owners(heard)
    while start < stop and line.tokens[start].sort is Sort.MARK:
        start += 1
    while start < stop:
        if _is_mark_at_the_end(line, stop - 1) and line.word(stop - 1) not in {")", "?"}:
            leads_on = leads_on and line.word(stop - 1) != ","
        elif not leads_on or line.word(stop - 1) not in _GLUE or _ends_title(line, stop, run.stop):
            break
        stop -= 1
    has_word = any(line.is_word(at) for at in range(start, stop))
    return range(start, stop) if has_word else range(0)


def _ends_title(line: Line, stop: int, run_stop: int) -> bool:
    return stop == run_stop and line.word(stop - 1) in _ENDS_TITLE


def _is_mark_at_the_end(line: Line, at: int) -> bool:
    """Whether it is a mark that belongs to nothing; that of "65+" does."""
    is_of_number = line.word(at) == "+" and line.touches(at) and line.number(at - 1) is not None
    return line.tokens[at].sort is Sort.MARK and not is_of_number


def _first_left_over(heard: Heard) -> range:
    """The first stretch left over that can begin a title; what stands in brackets can't."""
    for run in _left_over(heard, range(0)):
        is_beginning = heard.line.is_word(run.start) and heard.line.word(run.start) not in _NO_BEGINNING
        in_brackets = run.start > 0 and heard.line.word(run.start - 1) == "("
        if is_beginning and not in_brackets and not set(run) & heard.line.unclear:
            return _with_soft(heard, run)
    return range(0)


def _with_soft(heard: Heard, run: range) -> range:
    """Longer by the soft pieces and free words that go on where it ends."""
    owners, end = _owners(heard), run.stop
    while (piece := owners.get(end)) and piece.is_soft and piece.start == end:
        end = piece.end
        while end < len(heard.line) and end not in owners and heard.line.word(end) not in _APART:
            end += 1
    return _trimmed(heard, range(run.start, end))


def _left_over(heard: Heard, taken: range) -> list[range]:
    """Stretches of tokens that nothing has, parted where a sentence, a comma or a bracket parts them."""
    owners, runs = _owners(heard), list[range]()
    start: int | None = None
    for at in range(len(heard.line) + 1):
        is_free = (
            at < len(heard.line)
            and at not in owners
            and at not in taken
            and heard.line.word(at) not in _APART
        )
        if is_free and start is None:
            start = at
        elif not is_free and start is not None:
            runs.append(_without_marks(heard.line, range(start, at)))
            start = None
    return [run for run in runs if run]


def _without_marks(line: Line, run: range) -> range:
    start, stop = run.start, run.stop
    while start < stop and line.tokens[start].sort is Sort.MARK:
        start += 1
    while start < stop and _is_mark_at_the_end(line, stop - 1):
        stop -= 1
    return range(start, stop)


def _place(heard: Heard, taken: range) -> str:
    """``vid Linnéplatsen``, ``samling vid entrén``: words of a place that stand apart from the title."""
    for run in _left_over(heard, taken):
        if heard.line.word(run.start) in _PLACE and len(run) > 1:
            text = capital(heard.line.piece(run.start, run.stop))
            heard.assume(Assumed.PLACE, None, word=text)
            return text
    return ""


def _owners(heard: Heard) -> dict[int, Piece]:
    return {at: piece for piece in heard.pieces for at in range(piece.start, piece.end)}


def _is_glue(line: Line, run: range) -> bool:
    return all(line.word(at) in _GLUE or line.tokens[at].sort is Sort.MARK for at in run)


def _without_glue(line: Line, run: range) -> range:
    start, stop = run.start, run.stop
    while start < stop and _is_glue(line, range(start, start + 1)):
        start += 1
    while start < stop and _is_glue(line, range(stop - 1, stop)):
        stop -= 1
    return range(start, stop)


def _begun_with_capital(title: str) -> str:
    first = title.split(maxsplit=1)[0]
    return capital(title) if first == first.lower() else title
