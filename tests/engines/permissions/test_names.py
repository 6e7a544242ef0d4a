"""Action patterns as sets and matchers, held to the matching of one pattern at a time."""

from __future__ import annotations

import random

import pytest

from nephograph.engines.identity.match import covers_action
from nephograph.engines.identity.pattern import match_action
from nephograph.engines.identity.statement import Element, Place, Statement
from nephograph.engines.permissions.names import names
from nephograph.model.value import CLOSE, OPEN

PIECES = ("s3", "S3", "ec2", ":", "Get", "get", "Object", "*", "?", "**", "Describe", "a", "-")
ACTIONS = ("s3:GetObject", "S3:getobject", "ec2:DescribeInstances", "s3:a", "s3", "ec2:Get-a", "get:s3", "")


def test_names_cover_what_a_pattern_matches() -> None:
    choice = random.Random(3)
    met = 0
    for _ in range(3000):
        patterns = tuple("".join(choice.choices(PIECES, k=choice.randint(1, 5))) for _ in range(choice.randint(1, 3)))
        known = names(patterns)
        assert known is not None
        for action in ACTIONS:
            expected = any(match_action(one, action) == "yes" for one in patterns)
            assert known.cover(action) is expected, (patterns, action)
            met += expected
    assert met > 1000


@pytest.mark.parametrize("pattern", ["s?:get*", "*3:getobject", "s*:?etobject", "?3:GETOBJECT"])
def test_a_service_may_be_a_pattern(pattern: str) -> None:
    known = names((pattern,))
    assert known is not None
    assert known.cover("s3:GetObject")
    assert not known.cover("ec2:GetObject")


@pytest.mark.parametrize("negated", [False, True])
def test_a_statement_covers_the_same_actions_with_an_unknown_piece_beside(negated: bool) -> None:
    unknown = f"{OPEN}prefix{CLOSE}:Get*"
    place = Place("a policy")
    known = Statement(place, 0, "Allow", actions=Element(("s3:Get*",), negated))
    open_one = Statement(place, 0, "Allow", actions=Element(("s3:Get*", unknown), negated))
    assert names(open_one.actions.patterns) is None
    assert covers_action(known, "s3:GetObject").answer == ("no" if negated else "yes")
    assert covers_action(open_one, "s3:GetObject").answer == ("no" if negated else "yes")
    assert covers_action(known, "ec2:GetConsoleOutput").answer == ("yes" if negated else "no")
    assert covers_action(open_one, "ec2:GetConsoleOutput").answer == "depends"
