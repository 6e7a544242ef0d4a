"""Condition operators: one statement with one comparison, as the certificate decides it; and how people read it."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from permission_worlds import HOME, agreement

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.permissions import variables
from nephograph.engines.permissions.comparison import Comparison, parsed
from nephograph.engines.permissions.context import ABSENT, UNKNOWN, Context, closed, spelled, values_of
from nephograph.engines.permissions.diagram import FALSE, TRUE, Diagram
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.formulas import Expands, Matches, Open, Questions, answer, conditions, positive
from nephograph.engines.permissions.glob import elements, literal
from nephograph.engines.permissions.operators import OPERATORS, meets, moment, number
from nephograph.engines.permissions.policyset import Entity, PolicySet

ANN = f"arn:aws:iam::{HOME}:user/ann"
TEXTS = (
    "a",
    "A",
    "ab",
    "*",
    "a*",
    "?",
    "${aws:username}",
    "${*}",
    "${k:v, 'a'}",
    "${k:w}",
    "",
    "${}",
    "a${$}",
    "${k:v}*",
)
ARNS = (
    "arn:aws:s3:::a", "arn:aws:*:::a", "arn:aws:s3:::*", "arn:*:s3:::a?", "arn:aws:s3", "arn:aws:s3:*", "arn:*", "nope",
    "arn:aws:sns:eu:1:a:b", "arn:aws:sns:*:a:b", "arn:aws:sns:eu:1:*", "arn:aws:sns:eu:1:a?b", "arn:aws:s?s:eu:1:a:b",
    "arn:aws:sns:*:*:*", "arn:aws:sns:?*:1:*b", "${k:v}:aws:s3:::a",
)  # fmt: skip
NUMBERS = ("10", "1e1", "10.0", "9", "-1", ".5", "x", " 10 ", "", "0.50")
DATES = (
    "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2025-12-31T23:30:00-0030", "2026", "2026-01", "1767225600",
    "1767225600.5", "2026-01-01T00:00:00.5Z", "2026-13-01", "then", "2026-01-01T00:00", "2025-12-31T23:00:00-01:30",
)  # fmt: skip
ADDRESSES = ("10.0.0.0/8", "10.0.0.1", "192.0.2.0/24", "2001:db8::/32", "10.0.0.1/8", "x", "0.0.0.0/0", " 10.0.0.1 ")
FAMILIES: tuple[tuple[tuple[str, ...], tuple[Any, ...], tuple[Any, ...]], ...] = (
    (
        tuple(
            f"String{n}" for n in ("Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike")
        ),
        TEXTS,
        ("a", "A", "ab", "ann", "", "*", "Ann", "$", "a$"),
    ),
    (
        ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"),
        ARNS,
        (
            "arn:aws:s3:::a",
            "arn:aws:s3:::ab",
            "arn:aws:sns:eu:1:a:b",
            "arn:aws:sns:eu:1:aXb",
            "nope",
            "arn:aws:s3",
            "",
            "a",
        ),
    ),
    (
        tuple(
            f"{kind}{n}"
            for kind in ("Numeric",)
            for n in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
        ),
        (*NUMBERS, 10, 9.5),
        (*NUMBERS, 10, 9.5),
    ),
    (
        tuple(
            f"Date{n}"
            for n in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
        ),
        DATES,
        DATES,
    ),
    (
        ("Bool",),
        ("true", "false", "TRUE", True, False, "x", "${aws:username}"),
        ("true", "false", "True", True, "x", ""),
    ),
    (("BinaryEquals",), ("YQ==", "Yg==", "no bytes!", ""), ("YQ==", "Yg==", "no bytes!", "")),
    (
        ("IpAddress", "NotIpAddress"),
        ADDRESSES,
        ("10.0.0.1", "10.9.9.9", "192.0.2.255", "192.0.3.0", "2001:db8::1", "2001:db9::1", "x", ""),
    ),
    (("Null",), ("true", "false", "TRUE", True, False), ("a", "")),
)


def ours_and_theirs(operator: str, key: str, values: Any, context: Any, unknown: Any, version: str) -> tuple[str, Any]:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {key: values}}}
    document = {"Version": version, "Statement": [statement]}
    policies = PolicySet()
    policies.entity(Entity(ANN, (policies.policy(document),)))
    queue = f"arn:aws:sqs:eu-west-1:{HOME}:jobs"
    ours = Engine(policies).can(ANN, "sqs:SendMessage", queue, HOME, context, unknown).effect
    request = Request(ANN, "sqs:SendMessage", queue, HOME, {**context, "aws:username": "ann"}, tuple(unknown))
    return ours, decide(request, Policies(identity=[document]))


@pytest.mark.parametrize("family", range(len(FAMILIES)))
def test_one_comparison_is_what_the_certificate_says(family: int) -> None:
    names, wanted, got = FAMILIES[family]
    pick = random.Random(family)
    finer = total = 0
    every = list(itertools.product(names, wanted, got))
    for name, value, here in pick.sample(every, min(len(every), 300)):
        operator, values, given = name, value, here
        context: dict[str, Any] = {"k:here": given}
        if name != "Null":
            roll = pick.random()
            if roll < 0.3:
                values = [value, pick.choice(wanted)]
            quantifier = pick.choice(("", "", "", "ForAllValues:", "ForAnyValue:"))
            if quantifier:
                context["k:here"] = pick.choice(([here], [here, pick.choice(got)], [], [""], ["", here]))
            elif roll > 0.95:
                context["k:here"] = [here, pick.choice(got)]
            operator = f"{quantifier}{name}{pick.choice(('', '', 'IfExists'))}"
        elif pick.random() < 0.4:
            values = [value, pick.choice(wanted)]
        roll = pick.random()
        unknown = ["k:here"] if roll < 0.05 else ["k:v"] if roll < 0.1 else []
        if roll > 0.9:
            del context["k:here"]
        if pick.random() < 0.5:
            context["K:V"] = pick.choice(("a", "arn", "", ["a", "b"], []))
        version = pick.choice(("2012-10-17", "2012-10-17", "2008-10-17"))
        ours, theirs = ours_and_theirs(operator, pick.choice(("k:here", "K:Here")), values, context, unknown, version)
        found = agreement(ours, theirs)
        assert found.same or found.finer, (operator, values, context, unknown, version, ours, theirs.effect)
        finer += found.finer
        total += 1
    assert finer <= max(2, total / 20)


@pytest.mark.parametrize(
    ("operator", "value", "got", "effect"),
    [
        *(
            (operator, "arn:aws:iam::*:user/${aws:username}", got, effect)
            for operator in ("ArnEquals", "ArnLike", "StringLike")
            for got, effect in (
                ("arn:aws:iam::1:user/ann", "allowed"),
                ("arn:aws:iam::1:user/bob", "implicitly_denied"),
            )
        ),
        ("ArnNotLike", "arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::1:user/ann", "implicitly_denied"),
        ("ArnNotEquals", "arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::1:user/bob", "allowed"),
        ("StringEqualsIgnoreCase", "${aws:username}", "ANN", "allowed"),
        ("BinaryEquals", "YQ==", "YQ==", "allowed"),
        ("BinaryEquals", "YQ==", "YQ==!", "depends"),
        ("BinaryEquals", "Y-Q==", "YQ==", "depends"),
    ],
)
def test_what_single_values_come_to(operator: str, value: str, got: str, effect: str) -> None:
    ours, theirs = ours_and_theirs(operator, "k:here", value, {"k:here": got}, [], "2012-10-17")
    assert ours == theirs.effect == effect


@pytest.mark.parametrize(
    ("operator", "value", "got"),
    [
        ("IpAddress", "${k:v}", "10.0.0.1"),
        ("NotIpAddress", "${k:v}", "10.0.0.1"),
        ("NumericEquals", "${k:v}", "3"),
        ("DateLessThan", "${k:v}", "2026"),
        ("BinaryEquals", "${k:v}", "YQ=="),
        ("Bool", "${k:v}", "true"),
    ],
)
def test_variables_stand_only_where_texts_are_compared(operator: str, value: str, got: str) -> None:
    """Elsewhere the text stays, and AWS does not say what it is compared as."""
    ours, theirs = ours_and_theirs(operator, "k:here", value, {"k:here": got, "k:v": got}, [], "2012-10-17")
    assert ours == theirs.effect == "depends"


@pytest.mark.parametrize(
    ("operator", "key", "values", "words"),
    [
        ("IpAddress", "aws:SourceIp", ("10.0.0.0/8", "192.0.2.0/24"), "aws:SourceIp in 10.0.0.0/8 or 192.0.2.0/24"),
        ("NotIpAddress", "aws:SourceIp", ("10.0.0.0/8",), "aws:SourceIp not in 10.0.0.0/8"),
        ("Null", "k:v", ("true",), "k:v is absent"),
        ("Null", "k:v", ("false",), "k:v is present"),
        ("StringLikeIfExists", "k:v", ("a*",), "k:v like a* (or absent)"),
        ("ForAllValues:StringEquals", "k:v", ("a",), "every k:v = a"),
        ("ForAnyValue:StringNotEquals", "k:v", ("a",), "some k:v not = a"),
        ("NumericLessThan", "k:v", ("3",), "k:v < 3"),
        ("NumericNotEquals", "k:v", ("3",), "k:v not == 3"),
        ("StringEqualsIgnoreCase", "k:v", ("a",), "k:v = (any case) a"),
    ],
)
def test_how_a_comparison_is_read(operator: str, key: str, values: tuple[str, ...], words: str) -> None:
    assert Comparison(operator, key, values).words() == words


def test_every_operator_has_a_negation_or_none() -> None:
    """Both forms are one question: what holds of one does not hold of the other, whatever the value."""
    for name, operator in OPERATORS.items():
        if not operator.negated:
            continue
        question, wanted = positive(Comparison(name, "k:v", ("a",)))
        assert not wanted
        found = OPERATORS[question.said.lower()]
        assert (found.family, found.wild, found.folds, found.arn) == (
            operator.family,
            operator.wild,
            operator.folds,
            operator.arn,
        )
        assert not found.negated
        assert positive(question) == (question, True)
    assert {name for name, one in OPERATORS.items() if one.negated} == {
        "stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals", "arnnotlike", "notipaddress",
        "numericnotequals", "datenotequals",
    }  # fmt: skip
    assert positive(Comparison("StringNotEqualsIfExists", "k", ("a",))) == (
        Comparison("StringEquals", "k", ("a",)),
        False,
    )
    assert positive(Comparison("StringEqualsIfExists", "k", ("a",)))[1]
    assert positive(Comparison("ForAnyValue:StringNotEquals", "k", ("a",)))[1]
    assert positive(Comparison("Null", "k", ("false",))) == (Comparison("Null", "k", ("true",), False), False)
    assert positive(Comparison("Null", "k", ("true", "false")))[1]


@pytest.mark.parametrize(
    "name", ["Nothing", "ForAllValues", "ForSomeValues:StringEquals", "ForAllValues:Null", "NullIfExists", "If"]
)
def test_what_is_no_operator(name: str) -> None:
    with pytest.raises(KeyError):
        parsed(name)


def test_equal_questions_are_one_variable() -> None:
    questions = Questions()
    one = questions.number(Comparison("StringEquals", "K:v", ("a", "b")))
    assert questions.number(Comparison("stringequals", "k:V", ("b", "a"))) == one
    assert questions.number(Comparison("StringEquals", "K:v", ("a", "b"), False)) != one
    assert questions.number(Comparison("StringEquals", "K:v", ("a",))) != one
    assert questions.number(Comparison("ArnEquals", "k", ("a",))) == questions.number(
        Comparison("ArnLike", "k", ("a",))
    )
    pattern, expands, open_ = (questions.number(q) for q in (Matches("a"), Expands("a"), Open("a")))
    assert pattern < expands < one < open_
    assert questions.question(pattern) == Matches("a")
    assert questions.question(expands) == Expands("a")
    assert questions.question(open_) == Open("a")
    assert questions.question(questions.number(Matches("b"))) == Matches("b")
    assert questions.question(one) == Comparison("StringEquals", "K:v", ("a", "b"))


def test_several_comparisons_are_their_conjunction() -> None:
    diagram, questions = Diagram(), Questions()
    ones = [Comparison("StringEquals", f"k:{name}", ("x",)) for name in "abcd"]
    ones[2] = Comparison("StringNotEquals", "k:c", ("x",))
    singly = [conditions(diagram, questions, (one,)) for one in ones]
    assert conditions(diagram, questions, tuple(reversed(ones))) == diagram.all_of(singly)
    assert conditions(diagram, questions, (ones[2], Comparison("StringEquals", "k:c", ("x",)))) == FALSE
    assert conditions(diagram, questions, ()) == TRUE


def test_what_a_request_answers() -> None:
    known = closed({"aws:username": "a*b", "k:many": ["a", "b"], "k:none": None, "k:flag": True, "k:n": 3})
    assert known.get("k:many") == ("a", "b")
    assert known.get("k:none") is ABSENT
    assert known.get("k:flag") == ("true",)
    assert known.get("k:n") == ("3",)
    assert answer(Matches("a*"), "ab", known) is True
    assert answer(Matches("a*"), "ba", known) is False
    assert answer(Expands("x/${aws:username}"), "x/a*b", known) is True
    assert answer(Expands("x/${aws:username}"), "x/aab", known) is False
    assert answer(Expands("x/${k:many}"), "x/a", known) is False
    assert answer(Expands("x*/${aws:username}"), "xyz/a*b", known) is True
    assert answer(Open("who knows"), "x", known) is None
    unknown = closed({}, ["aws:UserName"])
    assert answer(Expands("x/${aws:username}"), "x/y", unknown) is None
    assert answer(Expands("x/${aws:username}"), "y/y", unknown) is False
    assert answer(Expands("x${*}/${aws:username}"), "x*/y", unknown) is None
    assert answer(Expands("x${*}/${aws:username}"), "xab/y", unknown) is False


def test_open_contexts() -> None:
    opened = Context({"a": ("1",)}, UNKNOWN, ("aws:principaltag/",))
    assert opened.get("a") == ("1",)
    assert opened.get("b") is UNKNOWN
    assert opened.get("aws:principaltag/x") is ABSENT
    assert opened.over({"b": ("2",)}).get("b") == ("2",)
    assert opened.over({"b": ("2",)}).get("aws:principaltag/x") is ABSENT
    assert opened.over({"b": ("2",)}).get("c") is UNKNOWN
    assert Context({}).get("a") is ABSENT
    assert spelled(False) == "false"
    assert values_of((1, True)) == ("1", "true")


def test_variables_in_a_text() -> None:
    assert variables.keys("${aws:UserName}/${*}/${k:v, 'a'}/${}") == ["aws:username", "k:v"]
    assert variables.stars("a${*}b${k:v}c${$}") == "a?b*c?"
    assert variables.present("a${b}")
    assert not variables.present("a$b")
    known = closed({"k:v": "a*"}, ["k:open"])
    assert variables.expanded("x*${k:v}?", known, True) == (*elements("x*"), "a", "*", *elements("?"))
    assert variables.expanded("x*${k:v}?", known, False) == literal("x*a*?")
    assert variables.expanded("${k:absent, 'b'}c", known, True) == ("b", "c")
    assert variables.expanded("${k:absent}c", known, True) is None
    with pytest.raises(variables.OpenKeyError) as found:
        variables.expanded("${k:open}/${k:v}", known, True)
    assert found.value.key == "k:open"
    # A variable that can have no value settles it, whatever the open one is.
    assert variables.expanded("${k:open}/${k:absent}", known, True) is None


@pytest.mark.parametrize("text", ["a${}b", "${ }", "${a,b}", "${a, 'b'c}", "${, 'd'}"])
def test_what_names_no_key_has_no_value(text: str) -> None:
    """Neither where every other key is absent nor where it is not known."""
    assert variables.expanded(text, Context({}, UNKNOWN), True) is None
    assert variables.expanded(text, closed({}), True) is None


def test_keys_that_a_comparison_reads() -> None:
    assert Comparison("StringEquals", "K:V", ("${aws:UserName}", "a", "${k:v}")).reads == ("k:v", "aws:username")
    assert Comparison("StringEquals", "K:V", ("${aws:UserName}",), False).reads == ("k:v",)
    assert hash(Comparison("Bool", "k", ("a",))) == hash(Comparison("Bool", "k", ("a",)))


def test_numbers_and_dates() -> None:
    assert number("1e1") == 10
    assert number("1e") is None
    assert number("") is None
    assert moment("1970-01-02") == 86400
    assert moment("1970-01-01T01:00:00+01:30") == -1800
    assert moment("1970-01-01T01:00:00-0130") == 3600 + 5400
    assert moment("1970-01-01T00:00:00.25Z") == moment("1970-01-01t00:00:00,25z")
    assert moment("19700") == 19700
    assert moment("1970-02-30") is None
    assert moment("x") is None


def test_arns_are_compared_part_by_part() -> None:
    arn = OPERATORS["arnlike"]
    assert meets(arn, elements("arn:aws:sns:*:1:a"), "arn:aws:sns:eu:1:a") is True
    assert meets(arn, elements("arn:aws:sns:*:a"), "arn:aws:sns:eu:1:a") is None
    assert meets(arn, elements("arn:aws:sns:eu:1:a*"), "arn:aws:sns:eu:1:a:b") is True
    assert meets(arn, elements("arn:aws:sns:eu:1:?"), "arn:aws:sns:eu:1::") is True
    assert meets(arn, elements("arn:aws:sns:eu*:a"), "arn:aws:sns:eu:1:a") is None
    assert meets(arn, elements("arn:aws:sns:eu:*:a"), "arn:aws:sns:eu:1:2:a") is False
    assert meets(arn, elements("arn:aws"), "arn:aws") is False
    assert meets(arn, elements("arn:aws:sns:eu:?:a"), "arn:aws:sns:eu::a") is False
    assert meets(arn, elements("arn:aws:sns:e?:1:a"), "arn:aws:sns:e::1:a") is False
