"""Requests that are found for functions: each is one for which the function holds, and where none is found none is."""

from __future__ import annotations

import ipaddress
import itertools
import random
from typing import Any

import pytest
from permission_worlds import HOME, PATTERNS, RESOURCES, VALUES, comparison

from nephograph.engines.permissions import glob, solve
from nephograph.engines.permissions.comparison import Comparison
from nephograph.engines.permissions.context import ABSENT, UNKNOWN, Context, closed, values_of
from nephograph.engines.permissions.diagram import FALSE, TRUE, Diagram
from nephograph.engines.permissions.document import Patterns
from nephograph.engines.permissions.formulas import Open, Question, Questions, answer, conditions, covers
from nephograph.engines.permissions.glob import elements, literal, shortest
from nephograph.engines.permissions.solve import Search, Solver, partition_of, regions

ANYWHERE = [[((elements("*"),), True)]]
OPEN = Context({}, UNKNOWN)


class Asked:
    """Functions of one diagram, and what a request makes of them."""

    def __init__(self) -> None:
        self.diagram, self.questions = Diagram(), Questions()
        self.solver = Solver(self.diagram, self.questions)

    def when(self, said: dict[str, dict[str, Any]]) -> int:
        """The function of a Condition element."""
        asked = [Comparison(o, k, values_of(v)) for o, keys in said.items() for k, v in keys.items()]
        return conditions(self.diagram, self.questions, tuple(asked))

    def on(self, *patterns: str, excluded: bool = False, when: int = TRUE) -> int:
        """The function of a Resource element."""
        return covers(self.diagram, self.questions, Patterns(patterns, excluded), True, when)

    def open(self, words: str) -> int:
        return self.diagram.node(self.questions.number(Open(words)), FALSE, TRUE)

    def holds(self, function: int, resource: str, context: Context) -> int:
        def value(number: int) -> bool | None:
            question: Question = self.questions.question(number)
            return answer(question, resource, context)

        return self.diagram.restricted(function, value, {})

    def search(self, function: int, known: Context = OPEN, areas: Any = ANYWHERE) -> Search:
        found = self.solver.search(function, areas, known)
        if found.found is not None:
            context = Context({**known.keys, **found.found.context}, ABSENT)
            left = self.holds(function, found.found.resource, context)
            assert (left == TRUE) if not found.found.open else left != FALSE
        return found


def texts(value: Any) -> tuple[str, ...]:
    return values_of(value)


def test_what_is_found_holds_and_what_is_not_found_is_not_there() -> None:
    pick = random.Random(7)
    found = none = 0
    for _ in range(250):
        asked = Asked()
        said: dict[str, dict[str, Any]] = {}
        for _ in range(pick.randint(1, 3)):
            operator, key, values = comparison(pick)
            said.setdefault(operator, {})[key] = values
        when = asked.when(said)
        if pick.random() < 0.5:
            more = asked.when(dict([(lambda o, k, v: (o, {k: v}))(*comparison(pick))]))
            when = pick.choice((asked.diagram.either, asked.diagram.without))(when, more)
        when = asked.on(*pick.sample(PATTERNS, 2), excluded=pick.random() < 0.2, when=when)
        search = asked.search(when)
        found += search.found is not None
        if search.found is None and search.complete:
            none += 1
            keys = [key for keys in said.values() for key in keys]
            pools = [[None, *VALUES.get(key, ("x", "red", HOME))] for key in dict.fromkeys(keys)]
            for values, resource in itertools.islice(itertools.product(itertools.product(*pools), RESOURCES), 150):
                context = closed(dict(zip(dict.fromkeys(keys), values, strict=True)))
                assert asked.holds(when, resource, context) != TRUE, (said, values, resource)
    assert found > 150
    assert none > 5


@pytest.mark.parametrize(
    ("said", "possible"),
    [
        ({"StringEquals": {"k:s": ["a", "b"]}, "StringNotEquals": {"K:S": "a"}}, True),
        ({"StringEquals": {"k:s": "a"}, "StringNotEquals": {"K:S": "a"}}, False),
        ({"StringLike": {"k:s": "a*"}, "StringNotLike": {"k:s": "*b"}, "StringEquals": {"k:s": "ab"}}, False),
        ({"StringLike": {"k:s": "a*"}, "StringNotLike": {"k:s": "*b"}}, True),
        ({"StringEquals": {"k:s": ""}, "Null": {"k:s": "false"}}, True),
        ({"StringEquals": {"k:s": "a"}, "Null": {"k:s": "true"}}, False),
        ({"StringNotEquals": {"k:s": "a"}, "Null": {"k:s": "true"}}, True),
        ({"StringEqualsIgnoreCase": {"k:s": "aB"}, "StringNotEquals": {"k:s": ["aB", "ab", "AB"]}}, True),
        ({"ArnLike": {"k:a": "arn:aws:s3:::a"}, "ArnNotLike": {"k:a": "arn:*:s3:::a"}}, False),
        ({"ArnLike": {"k:a": "arn:*:s3:::a?"}, "ArnNotLike": {"k:a": "arn:aws:s3:::ax"}}, True),
        ({"ArnLike": {"k:a": "arn:aws"}}, False),
        ({"NumericGreaterThan": {"k:n": "3"}, "NumericLessThan": {"k:n": "3.5"}}, True),
        ({"NumericGreaterThan": {"k:n": "3"}, "NumericLessThan": {"k:n": "3"}}, False),
        ({"NumericGreaterThanEquals": {"k:n": "3"}, "NumericLessThanEquals": {"k:n": "3"}}, True),
        ({"NumericNotEquals": {"k:n": ["3", "4"]}, "NumericLessThan": {"k:n": "3"}}, True),
        ({"NumericGreaterThan": {"k:n": ["7", "9"]}, "NumericLessThan": {"k:n": "8"}}, True),
        ({"DateGreaterThan": {"k:d": "2026-01-01"}, "DateLessThan": {"k:d": "2026-01-02"}}, True),
        ({"DateGreaterThan": {"k:d": "2026-01-02"}, "DateLessThan": {"k:d": "2026-01-01"}}, False),
        ({"DateLessThan": {"k:d": "2026-01-01"}}, True),
        ({"DateGreaterThan": {"k:d": "9999-12-31T23:59:59Z"}}, True),
        ({"IpAddress": {"k:i": "10.0.0.0/8"}, "NotIpAddress": {"k:i": "10.0.0.0/9"}}, True),
        ({"IpAddress": {"k:i": "10.0.0.0/8"}, "NotIpAddress": {"k:i": "10.0.0.0/7"}}, False),
        ({"IpAddress": {"k:i": "10.128.0.0/9"}, "NotIpAddress": {"k:i": "10.129.0.0/16"}}, True),
        ({"NotIpAddress": {"k:i": ["0.0.0.0/0"]}, "Null": {"k:i": "false"}}, True),
        ({"NotIpAddress": {"k:i": ["0.0.0.0/0", "::/0"]}, "Null": {"k:i": "false"}}, False),
        ({"IpAddress": {"k:i": "255.255.255.255"}}, True),
        ({"IpAddress": {"k:i": "10.0.0.1/8"}}, True),
        ({"IpAddress": {"k:i": "0.0.0.0/1"}, "NotIpAddress": {"k:i": "0.0.0.1/32"}}, True),
        ({"Bool": {"k:b": "true"}, "BoolIfExists": {"k:b": "false"}}, False),
        ({"BoolIfExists": {"k:b": "false"}, "Null": {"k:b": "false"}}, True),
        ({"BinaryEquals": {"k:y": "YQ=="}}, True),
        ({"ForAllValues:StringEquals": {"k:m": ["a", "b"]}, "ForAnyValue:StringEquals": {"k:m": "a"}}, True),
        ({"ForAllValues:StringEquals": {"k:m": "b"}, "ForAnyValue:StringEquals": {"k:m": "a"}}, False),
        ({"ForAnyValue:StringEquals": {"k:m": "a"}, "ForAnyValue:StringLike": {"k:m": "b*"}}, True),
        (
            {
                "ForAnyValue:StringEquals": {"k:m": "a"},
                "ForAnyValue:StringLike": {"k:m": "b*"},
                "ForAllValues:StringLike": {"k:m": ["a", "?c"]},
            },
            True,
        ),
        ({"ForAllValues:StringEquals": {"k:m": "a"}, "Null": {"k:m": "false"}}, True),
        ({"ForAnyValue:NumericEquals": {"k:m": "1"}, "ForAnyValue:NumericLessThan": {"k:m": "1"}}, True),
        ({"ForAnyValue:NumericEquals": {"k:m": "1"}, "ForAllValues:NumericLessThan": {"k:m": "1"}}, False),
        ({"StringEquals": {"k:s": "${k:t}", "k:t": "x"}}, True),
        ({"StringNotEquals": {"k:s": "${k:t}"}, "StringEquals": {"k:t": "x"}}, True),
    ],
)
def test_values_that_pass_a_condition(said: dict[str, dict[str, Any]], possible: bool) -> None:
    asked = Asked()
    search = asked.search(asked.when(said))
    assert (search.found is not None) is possible
    if not possible:
        assert search.complete


def test_the_negation_of_a_condition_is_found_too() -> None:
    for said in (
        {"ForAllValues:StringEquals": {"k:m": "a"}},
        {"ForAnyValue:StringLike": {"k:m": "a*"}},
        {"ForAllValues:NumericLessThan": {"k:m": "3"}},
        {"StringEqualsIfExists": {"k:s": "a"}},
        {"NumericLessThanIfExists": {"k:n": "3"}},
        {"Null": {"k:s": "true"}},
        {"BinaryEquals": {"k:y": ["YQ==", "Yg=="]}, "Null": {"k:y": "false"}},
    ):
        asked = Asked()
        when = asked.when(said)
        present = asked.when({"Null": {key: "false" for keys in said.values() for key in keys}})
        assert asked.search(asked.diagram.both(asked.diagram.negation(when), present)).found or "Null" in said, said
        assert asked.search(asked.diagram.negation(when)).found is not None, said


def test_known_keys_stay_as_they_are() -> None:
    asked = Asked()
    when = asked.when({"StringEquals": {"k:s": ["a", "b"]}})
    assert asked.search(when, Context({"k:s": ("c",)}, UNKNOWN)).found is None
    found = asked.search(when, Context({"k:s": ("b",)}, UNKNOWN)).found
    assert found is not None
    assert found.context == {}
    tagged = asked.when({"StringEquals": {"aws:principaltag/x": "a"}})
    absent = asked.search(tagged, Context({}, UNKNOWN, ("aws:principaltag/",)))
    assert absent.found is None
    assert absent.complete
    assert asked.search(when, Context({"k:s": ("b",)}, ABSENT)).found is not None


def test_variables_are_chosen_with_what_hangs_on_them() -> None:
    asked = Asked()
    when = asked.on("arn:aws:s3:::${aws:username}/x", when=asked.when({"StringLike": {"aws:username": "a*"}}))
    search = asked.search(when)
    assert search.found is not None
    (name,) = search.found.context["aws:username"]
    assert name.startswith("a")
    assert search.found.resource == f"arn:aws:s3:::{name}/x"
    search = asked.search(asked.on("arn:aws:s3:::${aws:userid}"), OPEN, [[((literal("arn:aws:s3:::q"),), True)]])
    assert search.found is None
    assert not search.complete  # only some values were tried
    found = asked.search(asked.on("arn:aws:s3:::${k:v, 'd'}"), Context({}, ABSENT)).found
    assert found is not None
    assert found.resource == "arn:aws:s3:::d"
    assert asked.search(asked.on("arn:aws:s3:::${k:v}"), Context({}, ABSENT)).found is None
    found = asked.search(asked.on("arn:aws:s3:::${k:v}", excluded=True), Context({}, ABSENT)).found
    assert found is not None


def test_variables_that_hang_on_variables() -> None:
    asked = Asked()
    when = asked.on(
        "arn:aws:s3:::${k:b}", when=asked.when({"StringEquals": {"k:b": "${k:a}"}, "StringLike": {"k:a": "y*"}})
    )
    found = asked.search(when).found
    assert found is not None
    assert found.resource == "arn:aws:s3:::" + found.context["k:a"][0]


def test_wildcards_beside_variables_are_wildcards() -> None:
    asked = Asked()
    area = [[((literal("arn:aws:s3:::d/abc"),), True)]]
    found = asked.search(asked.on("arn:aws:s3:::${k:v, 'd'}/*"), Context({}, ABSENT), area).found
    assert found is not None


def test_what_nobody_can_answer_comes_last() -> None:
    asked = Asked()
    sure = asked.when({"Bool": {"k:b": "true"}})
    search = asked.search(asked.diagram.either(asked.open("who knows"), sure))
    assert search.found is not None
    assert search.found.open == ()
    search = asked.search(asked.open("who knows"))
    assert search.found is not None
    assert search.found.open == (("who knows", True),)
    search = asked.search(asked.diagram.negation(asked.open("who knows")))
    assert search.found is not None
    assert search.found.open == (("who knows", False),)
    assert asked.search(FALSE).found is None
    assert asked.search(FALSE).complete


def test_searches_that_are_too_large_are_not_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked()
    when = FALSE
    for letter in "abc":
        more = {"StringEquals": {f"k:{letter}": "x"}, "Null": {f"k:{letter}": "true"}}
        when = asked.diagram.either(when, asked.when(more))
    assert asked.search(when).complete
    monkeypatch.setattr(solve, "MOST_PATHS", 2)
    assert not asked.search(when).complete
    monkeypatch.setattr(solve, "MOST_PATHS", 400)
    monkeypatch.setattr(glob, "MOST_STATES", 3)
    found = asked.search(asked.when({"StringLike": {"k:s": "abcdefgh*"}}))
    assert (found.found, found.complete) == (None, False)
    found = asked.search(asked.on("abcdefgh"))
    assert (found.found, found.complete) == (None, False)


def test_as_many_ways_as_may_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked()
    never = {"StringEquals": {"k:a": "x"}, "Null": {"k:a": "true"}}
    monkeypatch.setattr(solve, "MOST_PATHS", 1)
    assert asked.search(asked.when(never)).complete
    twice = {"StringEquals": {"k:b": "x"}, "Null": {"k:b": "true"}}
    assert not asked.search(asked.diagram.either(asked.when(never), asked.when(twice))).complete


def test_of_open_ways_the_first_that_is_possible_is_told() -> None:
    for order in ((True, False), (False, True)):
        asked = Asked()
        never = asked.when({"StringEquals": {"k:a": "x"}, "Null": {"k:a": "true"}})
        ways = [
            asked.diagram.both(asked.open(f"question {place}"), TRUE if possible else never)
            for place, possible in enumerate(order)
        ]
        search = asked.search(asked.diagram.any_of(ways))
        assert search.found is not None
        assert (f"question {order.index(True)}", True) in search.found.open


def test_the_only_address_that_is_left() -> None:
    everything = ipaddress.ip_network("0.0.0.0/0")
    for left in ("0.0.0.0", "10.0.0.1", "255.255.255.255"):
        others = [str(one) for one in everything.address_exclude(ipaddress.ip_network(left))]
        asked = Asked()
        said = {"NotIpAddress": {"k:i": [*others, "::/0"]}, "Null": {"k:i": "false"}}
        found = asked.search(asked.when(said)).found
        assert found is not None
        assert found.context == {"k:i": (left,)}


def test_a_document_that_knows_no_variables_takes_them_for_texts() -> None:
    asked = Asked()
    one = Comparison("StringEquals", "k:s", ("${k:v}",), False)
    found = asked.search(conditions(asked.diagram, asked.questions, (one,))).found
    assert found is not None
    assert found.context == {"k:s": ("${k:v}",)}


def test_nicer_regions_come_first() -> None:
    shapes = ("arn:*:sqs:*:*:*",)
    found = [shortest(area) for area in regions(shapes, HOME)]
    assert found[0] is not None
    assert found[0].startswith(f"arn:aws:sqs:us-east-1:{HOME}:")
    assert found[0].partition(f"{HOME}:")[2] != ""
    assert len(found) == 2
    assert regions((), HOME) == [[((literal("*"),), True)]]
    assert regions((), HOME, foreign=True) == []
    for area in regions(shapes, HOME, foreign=True):
        arn = shortest(area)
        assert arn is not None
        assert len(arn.split(":")[4]) == 12
        assert arn.split(":")[4] != HOME
        assert arn.split(":")[4].isdigit()
    bucket = shortest(regions(("arn:*:s3:::*",), HOME, foreign=True)[0])
    assert bucket is not None
    assert bucket.startswith("arn:aws:s3:::")
    for area in regions(("arn:*:s3:*:*:job/*",), HOME):
        assert shortest([*area, ((literal(f"arn:aws:s3:a:b:{HOME}:job/x"),), True)]) is None
    china = [shortest(area) or "" for area in regions(shapes, HOME, partition="aws-cn")]
    assert all(arn.startswith("arn:aws-cn:sqs:") for arn in china)
    assert [partition_of(one) for one in ("arn:aws-cn:iam::1:role/x", "anonymous")] == ["aws-cn", "aws"]
    # Keys of S3 hold colons, names of queues do not; a bucket is nobody's by its name.
    assert shortest([*regions(shapes, HOME)[0], ((elements("*:*:*:*:*:*:*"),), True)]) is None
    keys = regions(("arn:*:s3:::*/*",), HOME)[0]
    assert shortest([*keys, ((elements("arn:aws:s3:::?*/?*:?*"),), True)]) is not None
    assert shortest([*keys, ((literal("arn:aws:s3:::/x"),), True)]) is None
    for area in regions(("arn:*:s3:::*/*",), HOME):
        assert shortest([*area, ((literal("arn:a:b:s3:::x/y"),), True)]) is None
    assert shortest(regions(None, HOME)[0]) is not None
    fixed = regions(("arn:aws:iam::*:role/*", "arn:aws:iam::aws:policy/*"), HOME, foreign=True)
    assert all((shortest(area) or "").startswith("arn:aws:iam::") for area in fixed)
    assert not any("aws:policy" in (shortest(area) or "") for area in fixed)
    role = shortest(regions(("arn:*:iam::*:role/*",), HOME)[0])
    assert role is not None
    assert role.startswith(f"arn:aws:iam::{HOME}:role/")
