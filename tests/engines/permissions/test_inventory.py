"""What patterns cover of known resources, against trying them one by one; and sets of them as sets."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from nephograph.engines.permissions.comparison import Comparison
from nephograph.engines.permissions.diagram import FALSE, TRUE, Diagram
from nephograph.engines.permissions.formulas import Expands, Matches, Questions
from nephograph.engines.permissions.glob import matches
from nephograph.engines.permissions.inventory import Inventory, Projection, Ranges, common, size, union, without

ACCOUNTS = ("111111111111", "222222222222", "", "aws")


def some_arn(pick: random.Random, mixed: bool) -> str:
    service = pick.choice(("sqs", "s3", "sns", "sq", "iam"))
    partition = pick.choice(("aws", "aws-cn")) if mixed else "aws"
    if service == "s3":
        return f"arn:{partition}:s3:::{pick.choice(('a', 'ab', 'b/x', 'b:111111111111:q', 'abc/a'))}"
    names = ("q", "q1", "111111111111:q", "x:222222222222:q", "t/q", "x::q")
    region = pick.choice(("eu", "us", ""))
    return f"arn:{partition}:{service}:{region}:{pick.choice(ACCOUNTS)}:{pick.choice(names)}"


def members(ranges: Ranges) -> set[int]:
    return {one for low, high in zip(ranges[::2], ranges[1::2], strict=True) for one in range(low, high)}


def test_patterns_cover_what_they_match() -> None:
    pick = random.Random(1)
    covered = 0
    for _ in range(4000):
        mixed = pick.random() < 0.3
        inventory = Inventory([some_arn(pick, mixed) for _ in range(25)])
        pattern = some_arn(pick, mixed)
        for _ in range(pick.randint(0, 3)):
            begin = pick.randrange(len(pattern) + 1)
            pattern = pattern[:begin] + pick.choice("*?*") + pattern[begin + pick.randint(0, 6) :]
        ranges = inventory.matching(pattern)
        assert list(ranges) == sorted(set(ranges))
        found = members(ranges)
        assert found == {n for n, arn in enumerate(inventory.arns) if matches(pattern, arn)}, pattern
        covered += len(found)
    assert covered > 1000


@pytest.mark.parametrize(
    ("pattern", "arn"),
    [
        ("ar?:aw?:sq?:eu:111111111111:q", "arn:aws:sqs:eu:111111111111:q"),
        ("arn:aws:sns:*:aws:q", "arn:aws:sns:eu:111111111111:x:aws:q"),
        ("arn:aws:sns:*::q", "arn:aws:sns:eu:111111111111:x::q"),
        ("arn:aws:sns:*:222222222222:q", "arn:aws:sns:eu:111111111111:222222222222:q"),
        ("arn:aws:sqs:e?:111111111111:q", "arn:aws:sqs:eu:111111111111:q"),
        ("arn:aws:sqs:eu:1?1111111111:q", "arn:aws:sqs:eu:111111111111:q"),
    ],
)
def test_wildcards_pass_colons_and_stand_anywhere(pattern: str, arn: str) -> None:
    others = ["arn:aws:sqs:eu:333333333333:q", "arn:aws:sns:us:333333333333:q", "arn:aws:s3:::a"]
    inventory = Inventory([arn, *others])
    assert [inventory.arns[n] for n in members(inventory.matching(pattern))] == [arn]


def test_ranges_are_sets() -> None:
    pick = random.Random(2)
    for _ in range(2000):
        a = tuple(sorted(pick.sample(range(24), 2 * pick.randint(0, 4))))
        b = tuple(sorted(pick.sample(range(24), 2 * pick.randint(0, 4))))
        for made in (common(a, b), without(a, b), union(a, b)):
            assert list(made) == sorted(set(made))  # none is empty, and none meets the next
        assert members(common(a, b)) == members(a) & members(b)
        assert members(without(a, b)) == members(a) - members(b)
        assert members(union(a, b)) == members(a) | members(b)
        assert size(a) == len(members(a))


def test_the_resources_of_a_service() -> None:
    inventory = Inventory(["arn:aws:s3:::b", "arn:aws:sqs:eu:1:q", "arn:aws:s3:::a", "odd", "arn:aws:s3:::a"])
    assert len(inventory) == 4
    assert {inventory.arns[n] for n in members(inventory.of_service("s3"))} == {"arn:aws:s3:::a", "arn:aws:s3:::b"}
    assert inventory.of_service("kms") == ()
    assert members(inventory.matching("o*")) == {n for n, arn in enumerate(inventory.arns) if arn == "odd"}
    assert Inventory([]).every == ()


def test_a_function_over_resources_is_disjoint_and_complete() -> None:
    pick = random.Random(3)
    for _ in range(200):
        inventory = Inventory([some_arn(pick, False) for _ in range(20)])
        diagram, questions = Diagram(), Questions()
        projection = Projection(inventory, diagram, questions)
        condition = diagram.node(questions.number(Comparison("Bool", "k", ("true",), False)), FALSE, TRUE)
        pieces = [condition, TRUE]
        texts = [some_arn(pick, False)[: pick.randint(4, 20)] + "*" for _ in range(4)]
        for text in texts:
            one = diagram.node(questions.number(Matches(text)), FALSE, TRUE)
            pieces.append(diagram.both(one, pick.choice(pieces)))
            pieces.append(pick.choice((diagram.either, diagram.without))(pick.choice(pieces), one))
        for function in pieces:
            seen: set[int] = set()
            for residual, ranges in projection.of(function):
                here = members(ranges)
                assert not here & seen
                seen |= here
                for number in here:
                    arn = inventory.arns[number]

                    assert diagram.restricted(function, _values(questions, arn), {}) == residual != FALSE
            for number in set(range(len(inventory))) - seen:
                arn = inventory.arns[number]
                assert diagram.restricted(function, _values(questions, arn), {}) == FALSE


def test_what_is_not_of_resources_is_left() -> None:
    """Of a pattern with a variable it is not known what it covers: it stays, asked of every resource."""
    inventory = Inventory(["arn:aws:s3:::a", "arn:aws:s3:::b"])
    diagram, questions = Diagram(), Questions()
    projection = Projection(inventory, diagram, questions)
    expands = diagram.node(questions.number(Expands("arn:aws:s3:::${aws:username}")), FALSE, TRUE)
    one = diagram.node(questions.number(Matches("arn:aws:s3:::a")), FALSE, TRUE)
    assert projection.of(expands) == ((expands, (0, 2)),)
    assert projection.of(diagram.both(one, expands)) == ((expands, (0, 1)),)
    assert projection.of(TRUE) == ((TRUE, (0, 2)),)
    assert projection.of(FALSE) == ()


def _values(questions: Questions, arn: str) -> Callable[[int], bool | None]:
    def value(var: int) -> bool | None:
        question = questions.question(var)
        return matches(question.pattern, arn) if isinstance(question, Matches) else None

    return value
