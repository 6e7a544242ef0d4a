"""Which actions a statement's resources leave: those that act on something the patterns can match."""

from __future__ import annotations

import random
from typing import Any

import pytest

from nephograph.engines.identity import Identity, acting
from nephograph.engines.identity.reach import reach
from nephograph.engines.permissions.glob import ONE_IN_PART, STAR_IN_PART, Any_, Elements, elements, shortest

from .estates import HOME, Builder, allow, document

FULL = {"Version": "2012-10-17", "Statement": [allow("*")]}


def told(*statements: dict[str, Any], boundary: bool = False) -> set[str]:
    """Every action that is told of a role with these statements."""
    build = Builder()
    role = build.add(
        "aws_iam_role",
        "app",
        f"arn:aws:iam::{HOME}:role/app",
        inline_policies=[{"name": "own", "document": document(*statements)}],
    )
    if boundary:
        bound = build.add("aws_iam_policy", "bound", f"arn:aws:iam::{HOME}:policy/bound", document=FULL)
        build.link("bounded_by", role, bound, "boundary")
    estate = build.build()
    found = reach(Identity(estate), estate, role)
    return {name for grants in found.services.values() for grant in grants for name in grant.actions}


@pytest.mark.parametrize(
    ("resource", "there", "not_there"),
    [
        # Jobs are no buckets, and what takes no resource is asked of `*`:
        # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
        ("arn:aws:s3:::data/*", {"s3:GetObject", "s3:PutObject"}, {"s3:DescribeJob", "s3:ListAllMyBuckets"}),
        ("arn:aws:s3:::data", {"s3:ListBucket", "s3:DeleteBucket"}, {"s3:GetObject", "s3:DescribeJob"}),
        (f"arn:aws:s3:eu-west-1:{HOME}:job/*", {"s3:DescribeJob"}, {"s3:GetObject", "s3:ListAllMyBuckets"}),
        # A wildcard passes colons, and keys of objects hold them.
        (f"arn:aws:s3:*:{HOME}:job/*", {"s3:DescribeJob", "s3:GetObject"}, {"s3:ListAllMyBuckets"}),
        ("arn:aws:s3:::*", {"s3:GetObject", "s3:ListBucket"}, {"s3:ListAllMyBuckets", "s3:DescribeJob"}),
        ("*", {"s3:GetObject", "s3:ListAllMyBuckets", "s3:DescribeJob"}, set()),
        ("arn:*", {"s3:GetObject", "s3:DescribeJob"}, {"s3:ListAllMyBuckets"}),
        ("arn:aws:*", {"s3:GetObject", "s3:DescribeJob"}, {"s3:ListAllMyBuckets"}),
        ("arn:aws:s?:::data/*", {"s3:GetObject"}, {"s3:DescribeJob"}),
        ("arn:aws:sqs:*:*:data", set(), {"s3:GetObject", "s3:DescribeJob", "s3:ListAllMyBuckets"}),
    ],
)
@pytest.mark.parametrize("boundary", [False, True])
def test_actions_that_never_act_on_the_resources_of_a_statement_are_not_told(
    resource: str, there: set[str], not_there: set[str], boundary: bool
) -> None:
    found = told(allow("s3:*", resource), boundary=boundary)
    assert there <= found
    assert not not_there & found


def test_a_not_resource_and_a_second_statement_leave_the_rest() -> None:
    elsewhere = {"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::data/*"}
    assert {"s3:GetObject", "s3:DescribeJob"} <= told(elsewhere)
    assert "s3:DescribeJob" in told(allow("s3:*", "arn:aws:s3:::data"), allow("s3:DescribeJob", "*"))


PIECES = [
    "arn:aws:",
    "arn:*:",
    "logs:",
    "s3:",
    "sqs:",
    "*:",
    "eu:",
    ":",
    f"{HOME}:",
    "log-group:",
    "a",
    "?",
    "*",
    "b/",
    "a*",
]
SHAPES = ["arn:*:logs:*:*:log-group:*", "arn:*:logs:*:*:log-group:*:log-stream:*", "arn:*:sqs:*:*:*", "arn:*:s3:::*/*"]


def as_elements(shape: str) -> Elements:
    end = len("arn:*:s3:::") if ":s3:" in shape else len(shape)
    head, inside = shape[:end], shape[end:]
    head = ":".join("?*" if part == "*" else part for part in head.split(":"))
    parts = ((STAR_IN_PART if one.many else ONE_IN_PART) if isinstance(one, Any_) else one for one in elements(head))
    return (*parts, *elements(inside))


def test_overlaps_are_those_of_the_automata() -> None:
    """Held to the intersection of automata: wildcards of a shape pass no colon (in names of S3 they do); no part of it
    is empty."""
    choice = random.Random(7)
    met = 0
    for _ in range(1500):
        text = choice.choice(("arn:aws:logs:", "arn:aws:s3:", "arn:*:", ""))
        text += "".join(choice.choice(PIECES) for _ in range(choice.randint(1, 5)))
        shape = choice.choice(SHAPES)
        expected = shortest([((as_elements(shape),), True), ((elements(text),), True)]) is not None
        assert acting._overlap(text, shape) is expected, (text, shape)
        met += expected
    assert 200 < met < 1300
