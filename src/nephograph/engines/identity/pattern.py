"""Wildcard matching as IAM does it, three-valued where a text holds unknown pieces.

`*` stands for any text, also none and also across `:` and `/`; `?` for exactly one character.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html

A symbol (`⟨…⟩`) is an unknown text. "yes" holds whatever the symbols stand for: a symbol in the text is covered by `*`
or equals the same symbol in the pattern. When no value of the symbols could match, the answer is "no", else "depends".
Both questions run one bit-parallel automaton over the text: time grows with the text, whatever the pattern.

The same few patterns and names are compared again and again, so texts are cut into tokens once and answers are kept:
pure functions of texts, in caches of a fixed size.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from nephograph.model.value import CLOSE, OPEN
from nephograph.model.verdict import Answered

ANY = "**"
"""Token of `*`. Tokens of literal characters have one character, symbols start with ⟨: nothing collides."""
ONE = "??"
"""Token of `?`."""

_ONLY_STAR = (ANY,)

Tokens = tuple[str, ...]
Resolver = Callable[[str], Tokens | None]
"""Gives the tokens that a policy variable (the text between `${` and `}`) stands for; None: it has no value."""


_KEPT = 1 << 14
"""Answers of one function that are kept."""


class NoValueError(Exception):
    """A policy variable of the text has no value in this request and no default."""


@functools.lru_cache(maxsize=_KEPT)
def literal(text: str) -> Tokens:
    """The tokens of a text in which `*` and `?` mean themselves."""
    return tuple(text) if OPEN not in text else tuple(_tokens(text, None, wild=False))


def pattern(text: str, resolve: Resolver | None = None, wild: bool = True) -> Tokens:
    """The tokens of a pattern. Raises `NoValueError` when a policy variable stands for nothing.

    With `resolve`, `${name}` is a policy variable whose value is never a wildcard, and `${*}`, `${?}`, `${$}` are the
    characters themselves: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    if resolve is None or "${" not in text:
        return _wildcards(text) if wild else literal(text)
    return tuple(_tokens(text, resolve, wild))


@functools.lru_cache(maxsize=_KEPT)
def _wildcards(text: str) -> Tokens:
    """The tokens of a pattern without variables."""
    plain = "*" not in text and "?" not in text
    return literal(text) if plain else tuple(_tokens(text, None, wild=True))


def _tokens(text: str, resolve: Resolver | None, wild: bool) -> list[str]:
    tokens: list[str] = []
    position = 0
    while position < len(text):
        character = text[position]
        if character == OPEN:
            end = _symbol_end(text, position)
            tokens.append(text[position:end])
            position = end
            continue
        if resolve is not None and text.startswith("${", position):
            end = text.find("}", position)
            if end > 0:
                tokens.extend(_variable(text[position + 2 : end], resolve))
                position = end + 1
                continue
        if wild and character in "*?":
            token = ANY if character == "*" else ONE
            if token == ONE or tokens[-1:] != [ANY]:
                tokens.append(token)
        else:
            tokens.append(character)
        position += 1
    return tokens


def _variable(name: str, resolve: Resolver) -> Tokens:
    if name in ("*", "?", "$"):
        return (name,)
    value = resolve(name)
    if value is None:
        raise NoValueError(name)
    return value


def _symbol_end(text: str, start: int) -> int:
    """Behind the symbol that opens at `start`; a symbol that is never closed runs to the end."""
    depth = 0
    for position in range(start, len(text)):
        if text[position] == OPEN:
            depth += 1
        elif text[position] == CLOSE:
            depth -= 1
            if depth == 0:
                return position + 1
    return len(text)


def is_symbol(token: str) -> bool:
    """True for the token of an unknown piece."""
    return token.startswith(OPEN)


@functools.lru_cache(maxsize=_KEPT)
def has_symbols(tokens: Tokens) -> bool:
    """Is a piece of the text not known?"""
    return OPEN in "".join(tokens)


@functools.lru_cache(maxsize=1 << 16)
def matches(wanted: Tokens, text: Tokens) -> Answered:
    """Does the pattern match the text, whatever its symbols stand for?"""
    if _reaches(wanted, text, loose=False):
        return "yes"
    if has_symbols(wanted) or has_symbols(text):
        return "depends" if _reaches(wanted, text, loose=True) else "no"
    return "no"


@functools.lru_cache(maxsize=1 << 16)
def match_action(wanted: str, action: str) -> Answered:
    """Does an `Action` pattern cover an action? Case is ignored.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """
    return matches(folded(pattern(wanted)), folded(literal(action)))


@functools.lru_cache(maxsize=_KEPT)
def folded(tokens: Tokens) -> Tokens:
    """The tokens in lower case; symbols stay as they are."""
    return tuple([token if is_symbol(token) else token.lower() for token in tokens])


def components(tokens: Tokens) -> list[Tokens]:
    """The six parts of an ARN; colons behind the fifth belong to the last part.

    A symbol is taken to hold no colon: unknown accounts, regions and partitions have none.
    """
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == ":" and len(parts) < 6:
            parts.append([])
        else:
            parts[-1].append(token)
    return [tuple(part) for part in parts]


def match_arn(wanted: Tokens, text: Tokens) -> Answered:
    """`ArnLike`: each of the six parts is compared by itself, so a wildcard of the first five does not pass a colon.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    if wanted == text:
        return "yes"
    left, right = components(wanted), components(text)
    if len(left) != 6 or len(right) != 6:
        # A part that is a whole ARN in one symbol: only what holds of the whole text can be told.
        unsure = has_symbols(wanted) or has_symbols(text)
        return "depends" if unsure and _reaches(wanted, text, loose=True) else "no"
    answers = [matches(a, b) for a, b in zip(left, right, strict=True)]
    return "no" if "no" in answers else "depends" if "depends" in answers else "yes"


def _reaches(wanted: Tokens, text: Tokens, loose: bool) -> bool:
    """Runs the pattern's automaton; bit p of `state` says that the first p tokens are matched.

    `loose` asks whether some value of the symbols would match: a symbol is then any text, on either side.
    """
    if loose:
        wanted = _loosened(wanted)
    accepts, star, one, plain = _automaton(wanted)
    if not loose or not has_symbols(text):
        # Most texts differ from a pattern, or are covered by it, by how it begins.
        if text[:plain] != wanted[:plain]:
            return False
        if wanted[plain:] == _ONLY_STAR:
            return True
    else:
        plain = 0
    everything = (1 << (len(wanted) + 1)) - 1
    state = 1 << plain
    state |= (state & star) << 1
    for token in text[plain:]:
        if is_symbol(token):
            if loose:
                state = everything & -(state & -state)
                continue
            state = ((state & accepts.get(token, 0)) << 1) | (state & star)
        else:
            state = ((state & (accepts.get(token, 0) | one)) << 1) | (state & star)
        state |= (state & star) << 1  # `*` also matches nothing; two never stand side by side
        if not state:
            return False
    return bool(state >> len(wanted) & 1)


@functools.lru_cache(maxsize=_KEPT)
def _automaton(wanted: Tokens) -> tuple[dict[str, int], int, int, int]:
    """Bit p says what takes the automaton from p tokens to the next: each token, any text, any one character.

    Behind them, how many tokens stand before the first wildcard.
    """
    accepts: dict[str, int] = {}
    star = one = 0
    for position, token in enumerate(wanted):
        bit = 1 << position
        if token == ANY:
            star |= bit
        elif token == ONE:
            one |= bit
        else:
            accepts[token] = accepts.get(token, 0) | bit
    wild = star | one
    return accepts, star, one, (wild & -wild).bit_length() - 1 if wild else len(wanted)


@functools.lru_cache(maxsize=_KEPT)
def residuals(wanted: Tokens, prefix: Tokens) -> tuple[Tokens, ...] | None:
    """What a pattern leaves to match behind a prefix: the patterns of every rest. None when symbols leave it open."""
    positions = {0}
    for token in prefix:
        positions = _closed(wanted, positions)
        step: set[int] = set()
        for position in positions:
            if position == len(wanted):
                continue
            one = wanted[position]
            if one == ANY:
                step.add(position)
            elif one == token or (one == ONE and not is_symbol(token)):
                step.add(position + 1)
            elif is_symbol(one) or is_symbol(token):
                return None
        positions = step
    # A rest that starts with `*` covers the rests behind that `*`; both are kept, the sharper one for its words.
    return tuple(wanted[position:] for position in sorted(_closed(wanted, positions)))


def _closed(wanted: Tokens, positions: set[int]) -> set[int]:
    reached = set(positions)
    for position in sorted(positions):
        while position < len(wanted) and wanted[position] == ANY:
            position += 1
            reached.add(position)
    return reached


@functools.lru_cache(maxsize=_KEPT)
def _loosened(wanted: Tokens) -> Tokens:
    """The pattern with `*` for every symbol, runs of `*` as one."""
    loosened: list[str] = []
    for token in wanted:
        if is_symbol(token) or token == ANY:
            if loosened[-1:] != [ANY]:
                loosened.append(ANY)
        else:
            loosened.append(token)
    return tuple(loosened)
