"""Automata of patterns against brute force over short texts, and functions against their truth tables."""

from __future__ import annotations

import itertools
import random

import pytest

from nephograph.engines.permissions import glob
from nephograph.engines.permissions.diagram import FALSE, TRUE, Diagram
from nephograph.engines.permissions.glob import (
    ONE_IN_PART,
    STAR_IN_PART,
    Automaton,
    Element,
    TooLargeError,
    elements,
    folded,
    literal,
    shortest,
)

ALPHABET = "ab:"
TEXTS = ["".join(text) for length in range(6) for text in itertools.product(ALPHABET, repeat=length)]


def naive(pattern: tuple[Element, ...], text: str) -> bool:
    """The meaning of a pattern, spelled out."""
    if not pattern:
        return not text
    first, rest = pattern[0], pattern[1:]
    if isinstance(first, glob.Any_):
        if first.many and naive(rest, text):
            return True
        passes = bool(text) and text[0] not in first.but
        return passes and naive(pattern if first.many else rest, text[1:])
    return bool(text) and text[0] in first and naive(rest, text[1:])


def some_pattern(pick: random.Random) -> tuple[Element, ...]:
    parts: list[Element] = ["a", "b", ":", *elements("*?"), STAR_IN_PART, ONE_IN_PART, frozenset("ab")]
    return tuple(pick.choice(parts) for _ in range(pick.randint(0, 5)))


def test_an_automaton_accepts_what_the_pattern_means() -> None:
    pick = random.Random(1)
    for _ in range(150):
        pattern = some_pattern(pick)
        machine = Automaton(pattern)
        for text in TEXTS:
            assert machine.accepts(text) == naive(pattern, text), (pattern, text)


def test_the_shortest_text_is_one_and_is_shortest() -> None:
    pick = random.Random(2)
    empty = 0
    for _ in range(250):
        groups = [
            (tuple(some_pattern(pick) for _ in range(pick.randint(0, 2))), pick.random() < 0.6)
            for _ in range(pick.randint(1, 3))
        ]

        def admitted(text: str, groups: list[tuple[tuple[tuple[Element, ...], ...], bool]] = groups) -> bool:
            return all(any(naive(p, text) for p in patterns) == wanted for patterns, wanted in groups)

        found = shortest(groups)
        short = next((text for text in TEXTS if admitted(text)), None)
        if found is None:
            assert short is None, groups
            empty += 1
        else:
            assert admitted(found), (groups, found)
            assert short is None or len(found) <= len(short), (groups, found, short)
    assert 20 < empty < 230


def test_a_character_that_no_pattern_names_is_thought_of() -> None:
    text = shortest([((elements("?"),), True), ((literal("a"), literal("x"), literal("b")), False)])
    assert text is not None
    assert len(text) == 1
    assert text not in "axb"


def test_every_character_of_the_plain_ones_may_be_taken() -> None:
    taken = tuple(literal(char) for char in glob._PLAIN)
    text = shortest([((elements("?"),), True), (taken, False)])
    assert text is not None
    assert text not in glob._PLAIN


def test_a_search_that_is_too_large_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = [((elements("*a????????"),), True), ((elements("*b???????"),), True), ((elements("*"),), False)]
    monkeypatch.setattr(glob, "MOST_STATES", 50)
    with pytest.raises(TooLargeError):
        shortest(groups[:2])
    assert shortest(groups[2:]) is None


def test_as_many_states_as_may_be_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glob, "MOST_STATES", 4)
    assert shortest([((literal("abc"),), True)]) == "abc"
    with pytest.raises(TooLargeError):
        shortest([((literal("abcd"),), True)])


def test_what_can_be_in_no_set_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glob, "MOST_STATES", 12)
    many = elements("*a????????")
    assert shortest([((many,), True), ((elements("b*"), elements("?*"), ()), False)]) is None
    assert shortest([((many,), False), ((literal("bcd"),), True), ((literal("bcd"),), False)]) is None


def test_how_an_element_is_read() -> None:
    assert repr(elements("a*?")) == "('a', *, ?)"
    assert repr((STAR_IN_PART, ONE_IN_PART)) == "(*[^:], ?[^:])"


def test_matching_of_whole_patterns() -> None:
    pick = random.Random(3)
    for _ in range(400):
        pattern = "".join(pick.choice("ab:*?") for _ in range(pick.randint(0, 6)))
        for text in pick.sample(TEXTS, 60):
            assert glob.matches(pattern, text) == naive(elements(pattern), text), (pattern, text)


def test_letters_in_either_case() -> None:
    machine = Automaton(folded(elements("aB*1")))
    assert machine.accepts("Abx1")
    assert not machine.accepts("acx1")


def test_many_stars_cost_no_more_than_the_text() -> None:
    pattern = "*a" * 2000 + "*"
    assert glob.matches(pattern, "a" * 2000)
    assert not glob.matches(pattern, "a" * 1999)
    assert not glob.matches("?*" + pattern, "a" * 2000)


def test_functions_are_their_truth_tables() -> None:
    pick = random.Random(4)
    for _ in range(60):
        diagram = Diagram()
        numbers = range(5)
        tables = {TRUE: (True,) * 32, FALSE: (False,) * 32}
        worlds = list(itertools.product((False, True), repeat=5))
        for number in numbers:
            tables[diagram.node(number, FALSE, TRUE)] = tuple(world[number] for world in worlds)
        for _ in range(40):
            a, b = pick.choice(list(tables)), pick.choice(list(tables))
            made = {
                diagram.both(a, b): tuple(x and y for x, y in zip(tables[a], tables[b], strict=True)),
                diagram.either(a, b): tuple(x or y for x, y in zip(tables[a], tables[b], strict=True)),
                diagram.without(a, b): tuple(x and not y for x, y in zip(tables[a], tables[b], strict=True)),
                diagram.negation(a): tuple(not x for x in tables[a]),
            }
            for function, table in made.items():
                assert tables.setdefault(function, table) == table
        assert len(set(tables.values())) == len(tables)  # one function, one number
        for function, table in tables.items():
            support = diagram.support(function)
            for world, truth in zip(worlds, table, strict=True):
                assert diagram.restricted(function, world.__getitem__, {}) == int(truth)
                ways = [path for path in diagram.paths(function) if all(world[v] == wanted for v, wanted in path)]
                assert len(ways) == int(truth)
            assert support == [v for v in numbers if any(table[i] != table[i ^ (16 >> v)] for i in range(32))]


def test_some_variables_may_stay() -> None:
    diagram = Diagram()
    a, b = diagram.node(0, FALSE, TRUE), diagram.node(1, FALSE, TRUE)
    assert diagram.restricted(diagram.both(a, b), {0: True}.get, {}) == b
    assert diagram.restricted(diagram.both(a, b), {1: False}.get, {}) == FALSE
    assert diagram.one_of([1, 0, 1], TRUE, FALSE) == diagram.either(a, b)
    assert diagram.any_of([]) == FALSE
    assert diagram.all_of([]) == TRUE
    before = diagram.both(a, b)
    diagram.forget()
    assert diagram.both(a, b) == before
    assert len(diagram) == 2 + 2 + 2
