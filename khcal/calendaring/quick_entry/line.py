"""A line being read: its tokens, with small questions that every recogniser asks of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .known import Known
from .spelling import Shelves, is_like_weekday, nearest
from .tokens import Sort, Token, tokens_of

LONGEST_NUMBER = 4
_BETWEEN_THOUGHTS = frozenset({",", ";", ")", "(", "!"})
# Recognisers look a few tokens ahead of what they have seen, and one back from the first.
_NOTHING_AFTER = ("",) * 100


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word that means something to a recogniser, and those of them that say when."""

    words: frozenset[str]
    shelves: Shelves
    of_days: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """``words`` holds each token as it is understood: small letters, slips put right.

    ``unclear`` are the tokens that could be different words of the calendar. A position past the
    end is an empty token, so nobody has to ask how long the line is.
    """

    text: str
    known: Known
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    vocabulary: Vocabulary
    unclear: frozenset[int] = field(default_factory=frozenset)

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, at: int) -> str:
        """The word, mark or number at a token; empty past the end."""
        return self.words[at]

    def number(self, at: int) -> int | None:
        """The number there, if it is one of at most four figures."""
        if at >= len(self.tokens) or self.tokens[at].sort is not Sort.NUMBER:
            return None
        digits = self.tokens[at].folded
        return int(digits) if len(digits) <= LONGEST_NUMBER else None

    def digits(self, at: int) -> int:
        """How many figures the number there has; 0 when it is no number."""
        return len(self.words[at]) if self.number(at) is not None else 0

    def is_word(self, at: int) -> bool:
        """Whether there is a word, not a number or a mark."""
        return at < len(self.tokens) and self.tokens[at].sort is Sort.WORD

    def ends_thought(self, at: int) -> bool:
        """Whether the line ends there, or a comma or the like goes between this and what follows."""
        is_full_stop = self.word(at) == "." and not self.touches(at + 1)
        return at >= len(self.tokens) or is_full_stop or self.word(at) in _BETWEEN_THOUGHTS

    def may_begin(self, at: int) -> bool:
        """Whether a recogniser may find something that begins here: a number or a word it knows."""
        return self.word(at) in self.vocabulary.words or self.number(at) is not None

    def touches(self, at: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def past_dot(self, at: int) -> int:
        """The position after the full stop of an abbreviation, if there is one."""
        return at + 1 if self.word(at) == "." and self.touches(at) else at

    def past(self, at: int, *words: str) -> int:
        """The position after these words in a row; 0 when they are not there."""
        for n, word in enumerate(words):
            if self.word(at + n) != word:
                return 0
        return at + len(words)

    def past_letters(self, at: int, *letters: str) -> int:
        """The position after an abbreviation: ``t.o.m.``, ``t o m``, ``t. o. m.``; 0 when it is not there."""
        for letter in letters:
            if self.word(at) != letter:
                return 0
            at = self.past_dot(at + 1)
        return at

    def piece(self, start: int, end: int) -> str:
        """The text from one token to another, as it was typed."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""


def line_of(text: str, known: Known, vocabulary: Vocabulary) -> Line:
    """The line with its slips put right, as far as only one word can be meant."""
    tokens = tokens_of(text)
    own_words = _words_of_titles(known)
    words, unclear = [], []
    for at, token in enumerate(tokens):
        word = token.folded
        if token.sort is Sort.WORD and word not in vocabulary.words and word not in own_words:
            near = nearest(word, vocabulary.shelves)
            word = near[0] if len(near) == 1 else word
            if _is_unclear(word, near, vocabulary.of_days):
                unclear.append(at)
        words.append(word)
    return Line(text, known, tokens, (*words, *_NOTHING_AFTER), vocabulary, frozenset(unclear))


def _is_unclear(word: str, near: tuple[str, ...], of_days: frozenset[str]) -> bool:
    if near:
        return len(near) > 1 and bool(of_days.intersection(near))
    return is_like_weekday(word, of_days)


def _words_of_titles(known: Known) -> frozenset[str]:
    # A word that the house has used before is no slip, however near it is to another.
    return frozenset(word for earlier in known.earlier for word in earlier.title.casefold().split())
