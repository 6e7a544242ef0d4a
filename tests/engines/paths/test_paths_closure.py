"""The closure against brute force on random rules and facts with cycles, and every path replayed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_closure import costs, put

from nephograph.engines.paths import closure as closure_module
from nephograph.engines.paths.attack import Paths, Target, paths_to
from nephograph.engines.paths.closure import Closure, close
from nephograph.engines.paths.proofs import Graph
from nephograph.model.facts import Fact
from nephograph.model.rule import Atom, StepRule, atom
from nephograph.model.verdict import Evidence, Verdict

WORDS = ["a", "b", "c", "d"]
SHAPES = {"door": 1, "edge": 2, "key": 3}
DERIVED = {"has": 1, "owns": 2}
VARIABLES = ["?x", "?y", "?z"]


class Table:
    """Facts as a list."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = facts

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        for fact in self.facts:
            if fact.predicate == predicate and all(a in (None, b) for a, b in zip(args, fact.args, strict=True)):
                yield fact


def fact(predicate: str, *args: str, answer: str = "yes") -> Fact:
    name = f"{predicate}({','.join(args)})"
    on = (f"whether {name}",) if answer == "depends" else ()
    return Fact(predicate, args, Verdict(answer, (Evidence(name, args[0]),), on))  # type: ignore[arg-type]


@st.composite
def fact_tables(draw: st.DrawFn) -> list[Fact]:
    chosen = draw(
        st.lists(
            st.sampled_from(sorted(SHAPES)).flatmap(
                lambda p: st.tuples(st.just(p), st.tuples(*[st.sampled_from(WORDS)] * SHAPES[p]))
            ),
            max_size=18,
            unique=True,
        )
    )
    answers = draw(
        st.lists(st.sampled_from(["yes", "yes", "depends", "no"]), min_size=len(chosen), max_size=len(chosen))
    )
    return [fact(p, *args, answer=a) for (p, args), a in zip(chosen, answers, strict=True)]


def step(name: str, then: Atom, *when: Atom) -> StepRule:
    return StepRule(name, then, when, source="?x", target="?x", says="{x} does it", label="it")


COMMON = [
    step("common-enter", atom("has", "?x"), atom("door", "?x")),
    step("common-move", atom("has", "?y"), atom("has", "?x"), atom("edge", "?x", "?y")),
    step("common-both", atom("owns", "?x", "?y"), atom("has", "?x"), atom("has", "?y"), atom("key", "?x", "?y", "?x")),
    step("common-all", atom("has", "?z"), atom("owns", "?x", "?y"), atom("has", "?y"), atom("edge", "?y", "?z")),
]
"""Rules as libraries have them; without them random bodies rarely join two premises."""


@st.composite
def rule_sets(draw: st.DrawFn) -> list[StepRule]:
    rules = draw(st.lists(st.sampled_from(COMMON), unique_by=lambda rule: rule.name))
    for number in range(draw(st.integers(1, 4))):
        entry = number == 0 or draw(st.booleans())
        shapes = [] if entry and number == 0 else draw(st.lists(st.sampled_from(sorted(DERIVED)), max_size=2))
        others = draw(st.lists(st.sampled_from(sorted(SHAPES)), min_size=0 if shapes else 1, max_size=2))
        terms = st.sampled_from([*VARIABLES, *VARIABLES, *VARIABLES, "a", "b"])
        body = [
            Atom(p, tuple(draw(terms) for _ in range({**SHAPES, **DERIVED}[p])))
            for p in draw(st.permutations(shapes + others))
        ]
        bound = sorted({t for a in body for t in a.terms}) or ["a"]
        head = draw(st.sampled_from(sorted(DERIVED)))
        pick = st.sampled_from(bound)
        rules.append(
            StepRule(
                name=f"rule-{number}",
                when=tuple(body),
                then=Atom(head, tuple(draw(pick) for _ in range(DERIVED[head]))),
                source=draw(st.one_of(pick, st.just("internet"))),
                target=draw(pick),
                says="{x} does it",
                label="it",
            )
        )
    return rules


def best_costs(closure: Closure) -> dict[Atom, tuple[int, int]]:
    graph = Graph(closure.moves)
    return graph.best(graph.entries).cost


def every_path(closure: Closure, many: int = 10_000) -> Paths:
    targets = [Target(a) for a in closure.atoms]
    return paths_to(closure, targets, lambda _: None, per_target=many)


@settings(max_examples=600, deadline=None)
@given(rule_sets(), fact_tables())
def test_closure_and_costs_equal_brute_force(rules: list[StepRule], facts: list[Fact]) -> None:
    closure = close(rules, Table(facts))
    expected = costs(rules, facts, WORDS)
    assert set(closure.atoms) == set(expected)
    assert best_costs(closure) == expected
    assert closure.cut == ""


@settings(max_examples=300, deadline=None)
@given(rule_sets(), fact_tables(), st.randoms(use_true_random=False))
def test_the_order_of_rules_and_facts_does_not_matter(
    rules: list[StepRule], facts: list[Fact], shuffle: random.Random
) -> None:
    first = close(rules, Table(facts))
    rules, facts = list(rules), list(facts)
    shuffle.shuffle(rules)
    shuffle.shuffle(facts)
    second = close(rules, Table(facts))
    assert first == second
    assert every_path(first) == every_path(second)


@settings(max_examples=200, deadline=None)
@given(rule_sets(), fact_tables())
def test_which_atom_is_joined_first_does_not_matter(rules: list[StepRule], facts: list[Fact]) -> None:
    """Small classes are gone through before what relates things, large ones behind it: the same moves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closure_module, "_FEW", -1)
        large = close(rules, Table(facts))
    assert large == close(rules, Table(facts))


@settings(max_examples=400, deadline=None)
@given(rule_sets(), fact_tables())
def test_every_path_replays(rules: list[StepRule], facts: list[Fact]) -> None:
    by_name = {rule.name: rule for rule in rules}
    possible = {Atom(f.predicate, f.args): f for f in facts if f.verdict.answer != "no"}
    derived = {"has", *(rule.then.predicate for rule in rules)}
    closure = close(rules, Table(facts))
    found = every_path(closure)
    for target in closure.atoms:
        alone = paths_to(closure, [Target(target)], lambda _: None, per_target=10_000)
        assert alone.paths
        assert all(proof[-1].head == target for proof in alone.proofs.values())
    for path in found.paths:
        had: set[Atom] = set()
        proof = found.proofs[path.id]
        assert len(proof) == len(path.steps)
        for move, step in zip(proof, path.steps, strict=True):
            rule = by_name[move.key.rule]
            assert step.rule == rule.name
            for way in move.ways:
                binding = dict(way.binding)
                body = {put(a, binding) for a in rule.when}
                assert {a for a in body if a.predicate in derived} <= had
                assert {a for a in body if a.predicate not in derived} == {Atom(f.predicate, f.args) for f in way.facts}
                assert all(possible[Atom(f.predicate, f.args)] == f for f in way.facts)
                assert put(rule.then, binding) == move.head
                assert (step.source.urn, step.target.urn) == (
                    binding.get(rule.source, rule.source),
                    binding.get(rule.target, rule.target),
                )
            assert {e.text for e in step.because} <= {e.text for f in facts for e in f.verdict.because}
            assert move.head not in had, "a path takes nothing twice"
            had.add(move.head)
        assert path.verdict == ("depends" if any(s.verdict == "depends" for s in path.steps) else "yes")


@settings(max_examples=300, deadline=None)
@given(rule_sets(), fact_tables())
def test_every_way_in_has_its_path(rules: list[StepRule], facts: list[Fact]) -> None:
    closure = close(rules, Table(facts))
    found = every_path(closure)
    alone = {
        (proof[0].key, proof[-1].head)
        for proof in found.proofs.values()
        if sum(not move.premises for move in proof) == 1
    }
    reached = {proof[-1].head for proof in found.proofs.values()}
    assert reached == set(closure.atoms)
    graph = Graph(closure.moves)
    for entry in graph.entries:
        bodies = frozenset(
            (entry.key.rule, entry.head, tuple(put(a, dict(way.binding)) for a in entry.step.when))
            for way in entry.ways
        )
        for target in costs(rules, facts, WORDS, bodies):
            if (entry.key, target) not in alone:
                # Rules without any premise but with another arrow are other entries of the same instance.
                assert any(k.rule == entry.key.rule and k.head == entry.head for k, t in alone if t == target)


def rule(name: str, then: Atom, *when: Atom, source: str = "?x", target: str = "?y") -> StepRule:
    return StepRule(name, then, when, source, target, f"{name}: {{x}} to {{y}}", f"{name} {{p}}")


ENTER = StepRule(
    "enter",
    atom("has", "?y"),
    (atom("exposed", "?y", "?p"),),
    "internet",
    "?y",
    "the internet reaches {y} on {p}",
    "{p}",
)
BECOME = rule("become", atom("has", "?y"), atom("has", "?x"), atom("runs_as", "?x", "?y"))
READ = rule("read", atom("reads", "?y"), atom("has", "?x"), atom("can", "?x", "?y"))


def test_a_path_is_told_in_order_with_its_proof() -> None:
    facts = [fact("exposed", "web", "tcp/443"), fact("runs_as", "web", "role"), fact("can", "role", "bucket")]
    closure = close([READ, BECOME, ENTER], Table(facts))
    (path,) = paths_to(closure, [Target(atom("reads", "bucket"))], lambda _: None).paths
    assert [step.text for step in path.steps] == [
        "the internet reaches web on tcp/443",
        "become: web to role",
        "read: role to bucket",
    ]
    assert [[e.text for e in step.because] for step in path.steps] == [
        ["exposed(web,tcp/443)"],
        ["runs_as(web,role)"],
        ["can(role,bucket)"],
    ]
    assert (path.entry.urn, path.target.urn, path.verdict) == ("internet", "bucket", "yes")


def test_doors_of_one_thing_are_one_step() -> None:
    facts = [
        fact("exposed", "web", "tcp/443"),
        fact("exposed", "web", "tcp/22"),
        fact("exposed", "web", "tcp/8080", answer="depends"),
        fact("runs_as", "web", "role"),
    ]
    closure = close([ENTER, BECOME], Table(facts))
    (path,) = paths_to(closure, [Target(atom("has", "role"))], lambda _: None).paths
    assert path.steps[0].label == "tcp/22, tcp/443"
    assert path.steps[0].verdict == "yes"


def test_ways_that_a_step_does_not_name_are_not_all_told() -> None:
    pushed = StepRule(
        "push", atom("has", "?y"), (atom("fronted", "?w", "?y"),), "internet", "?y", "the internet reaches {y}", "front"
    )
    facts = [fact("fronted", w, "lb") for w in ("api", "web", "worker")]
    (path,) = paths_to(close([pushed], Table(facts)), [Target(atom("has", "lb"))], lambda _: None).paths
    assert [e.text for e in path.steps[0].because] == ["fronted(api,lb)"]


def test_two_ways_in_are_two_paths() -> None:
    facts = [fact("exposed", w, "tcp/443") for w in ("web", "api")]
    facts += [fact("runs_as", w, "role") for w in ("web", "api")]
    closure = close([ENTER, BECOME], Table(facts))
    found = paths_to(closure, [Target(atom("has", "role"))], lambda _: None)
    assert [path.steps[0].target.urn for path in found.paths] == ["api", "web"]
    first = paths_to(closure, [Target(atom("has", "role"))], lambda _: None, per_target=1)
    assert len(first.paths) == 1
    assert first.cut == "attack paths: 1 more ways to role are not listed"


def test_a_proven_detour_beats_a_doubtful_shortcut() -> None:
    facts = [
        fact("exposed", "web", "tcp/443"),
        fact("runs_as", "web", "role", answer="depends"),
        fact("runs_as", "web", "middle"),
        fact("runs_as", "middle", "role"),
    ]
    closure = close([ENTER, BECOME], Table(facts))
    (path,) = paths_to(closure, [Target(atom("has", "role"))], lambda _: None).paths
    assert [step.target.urn for step in path.steps] == ["web", "middle", "role"]
    assert path.verdict == "yes"


def test_a_target_that_needs_two_entries_gets_a_path_that_shares_nothing_twice() -> None:
    both = rule("both", atom("owns", "?y"), atom("has", "?x"), atom("has", "?z"), atom("pair", "?x", "?z", "?y"))
    facts = [fact("exposed", "one", "tcp/1"), fact("exposed", "two", "tcp/2"), fact("pair", "one", "two", "vault")]
    closure = close([ENTER, both], Table(facts))
    (path,) = paths_to(closure, [Target(atom("owns", "vault"))], lambda _: None).paths
    assert [step.rule for step in path.steps] == ["enter", "enter", "both"]


def test_an_entry_that_is_not_needed_makes_no_path() -> None:
    both = rule("both", atom("owns", "?y"), atom("has", "?x"), atom("has", "?z"), atom("pair", "?x", "?z", "?y"))
    facts = [
        *(fact("exposed", word, "tcp/1") for word in ("one", "two")),
        fact("runs_as", "one", "middle"),
        fact("runs_as", "middle", "two"),
        fact("pair", "one", "two", "vault"),
    ]
    found = paths_to(close([ENTER, BECOME, both], Table(facts)), [Target(atom("owns", "vault"))], lambda _: None)
    assert [[s.target.urn for s in path.steps] for path in found.paths] == [["one", "middle", "two", "vault"]]


def test_ids_do_not_change_with_a_detour() -> None:
    facts = [fact("exposed", "web", "tcp/443"), fact("runs_as", "web", "role")]
    detour = [fact("exposed", "web", "tcp/443"), fact("runs_as", "web", "mid"), fact("runs_as", "mid", "role")]
    ids = {
        path.id
        for table in (facts, detour)
        for path in paths_to(close([ENTER, BECOME], Table(table)), [Target(atom("has", "role"))], lambda _: None).paths
    }
    assert len(ids) == 1


def test_a_closure_that_grows_too_large_says_so() -> None:
    facts = [fact("exposed", "n0", "tcp/1"), *(fact("runs_as", f"n{i}", f"n{i + 1}") for i in range(50))]
    closure = close([ENTER, BECOME], Table(facts), limit=10)
    assert len(closure.moves) == 10
    assert "more than 10 steps" in closure.cut
    assert "more than 10 steps" in paths_to(closure, [Target(atom("has", "n3"))], lambda _: None).cut


def test_a_search_that_takes_too_long_says_so() -> None:
    facts = [fact("exposed", f"n{i}", "tcp/1") for i in range(20)]
    closure = close([ENTER, BECOME], Table(facts))
    assert "the search was ended" in paths_to(closure, [Target(atom("has", "n3"))], lambda _: None, work=5).cut


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    facts = [fact("exposed", "n0", "tcp/1"), *(fact("runs_as", f"n{i}", f"n{i + 1}") for i in range(1500))]
    closure = close([ENTER, BECOME], Table(facts))
    (path,) = paths_to(closure, [Target(atom("has", "n1500"))], lambda _: None).paths
    assert len(path.steps) == 1501


def test_rules_that_cannot_be_evaluated_are_refused() -> None:
    with pytest.raises(ValueError, match=r"rule-x: .?account stands in no atom"):
        close([rule("rule-x", atom("admin", "?account"), atom("has", "?x"), target="?x")], Table([]))
    with pytest.raises(ValueError, match="two step rules are called enter"):
        close([ENTER, ENTER], Table([]))
