"""Actions as bits: what patterns cover, what is new, and future actions, against what patterns mean, spelled out."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from nephograph.engines.permissions import glob, universe
from nephograph.engines.permissions.document import Patterns
from nephograph.engines.permissions.universe import Universe, everything

SERVICES = ("sqs", "sts", "zzz", "newservice", "sq")
PATTERNS = (
    "*", "**", "*:*", "***:**", "", ":", ":*", "*:", "sqs", "sqs:", "sqs:*", "sq*:*", "sq*:send*", "s?s:*", "?:*",
    "sqs:send*", "sqs:sendmessage", "sqs:*message", "sqs:?endmessage", "sqs:*e*e*", "sts:assumerole*", "sts:*",
    "zzz:do", "zzz:d?", "zzz:*", "*:send*", "*message", "nonsense", "sqs:**", "*:send?essage", "sts:get*",
    "sqs:sendmessagenow",
)  # fmt: skip
LETTERS = "sendgtmagqz"


def means(pattern: str, action: str) -> bool:
    """Without a colon a pattern names no action, save one of stars alone."""
    if ":" not in pattern:
        return bool(pattern) and set(pattern) == {"*"}
    parts = (".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)
    return re.fullmatch("".join(parts), action, re.DOTALL) is not None


def element(pick: random.Random) -> Patterns:
    return Patterns(tuple(pick.sample(PATTERNS, pick.randint(1, 3))), pick.random() < 0.3)


def covered(patterns: Patterns, action: str) -> bool:
    return any(means(text, action) for text in patterns.texts) != patterns.excluded


def test_bits_are_the_actions_that_patterns_mean() -> None:
    pick = random.Random(1)
    known = Universe()
    met = 0
    for number in range(400):
        patterns = element(pick)
        if number % 2:
            known.learn(patterns)
        for service in SERVICES:
            bits = known.bits(service, patterns)
            expected = {a.spelled for a in known.service(service).actions if covered(patterns, a.spelled.lower())}
            assert {a.spelled for a in known.in_words(service, bits)} == expected, (patterns, service)
            assert bits >> len(known.service(service).actions) == 0
            met += len(expected)
    assert met > 1000


def test_what_a_statement_names_is_learnt_once() -> None:
    known = Universe()
    assert not known.learn(
        Patterns(("sqs:sendmessage", "sqs:*", "sqs:se?d", "*", "sq*:do", "?qs:do", "nonsense", "sqs:", ":do"))
    )
    assert "sq*" not in known.names
    assert "" not in known.names
    old = known.bits("sqs", Patterns(("sqs:*",)))
    assert known.learn(Patterns(("sqs:donothing",)))
    new = known.bits("sqs", Patterns(("sqs:*",)))
    assert new & old == old
    (learnt,) = known.in_words("sqs", new & ~old)
    assert (learnt.spelled, learnt.exists, learnt.future) == ("sqs:donothing", False, False)
    assert not known.learn(Patterns(("sqs:donothing",)))
    assert known.learn(Patterns(("brandnew:*",)))
    assert "brandnew" in known.names
    assert not known.learn(Patterns(("brandnew:g*",)))
    assert known.learn_all([Patterns(("brandnew:get",)), Patterns(("brandnew:put",))])
    assert {"get", "put"} <= set(known.service("brandnew").bit)
    assert not known.learn_all([Patterns(("brandnew:get",)), Patterns(("brandnew:put",))])
    assert not known.learn_all([])


def test_learning_nothing_new_keeps_what_is_known_and_new_names_do_not() -> None:
    known = Universe()
    wide = Patterns(("zzz:*",), True)
    assert known.bits("zzz", wide) == 0
    assert known.means(Patterns(("zzz:do",))) == (frozenset({"zzz"}), False)
    known.learn(Patterns(("zzz:do",)))
    assert known.bits("zzz", Patterns(("sqs:*",), True)) == known.service("zzz").every


def test_services_that_an_element_names_are_those_it_covers() -> None:
    pick = random.Random(2)
    known = Universe()
    for _ in range(400):
        patterns = element(pick)
        named, others = known.means(patterns)
        here = {service for service in SERVICES if known.bits(service, patterns)}
        if others:
            assert not named
        else:
            assert here <= named, patterns
            assert all(any(text.startswith(f"{one}:") for text in patterns.texts) for one in named)
        if len(here) == len(SERVICES) or patterns.excluded:
            assert others, patterns
        known_wild = any(
            set(text) == {"*"} or (":" in text and set("*?") & set(text.partition(":")[0])) for text in patterns.texts
        )
        assert others == (known_wild or patterns.excluded), patterns


@pytest.mark.parametrize("text", ["*", "**", "*:*", "***"])
def test_patterns_of_everything(text: str) -> None:
    assert everything(text)


@pytest.mark.parametrize("text", ["", "*:", ":*", "s3:*", "?", "*?", "a", "**:*a"])
def test_patterns_of_less(text: str) -> None:
    assert not everything(text)


def test_an_action_that_nobody_knows_is_like_one_that_the_same_patterns_mean() -> None:
    pick = random.Random(3)
    found = none = 0
    for _ in range(40):
        known = Universe()
        texts = pick.sample(PATTERNS, 6)
        for text in texts:
            known.learn(Patterns((text,)))
        for service in ("sqs", "zzz"):
            name = "".join(pick.choices(LETTERS, k=pick.randint(1, 6))) if pick.random() < 0.5 else "sendmessages"
            if name in known.service(service).bit:
                continue
            wanted = {text for text in texts if means(text, f"{service}:{name}")}
            alike = {
                bit
                for bit, action in enumerate(known.service(service).actions)
                if {text for text in texts if means(text, action.spelled.lower())} == wanted
            }
            bit = known.alike(service, name)
            assert (bit in alike) if alike else bit is None, (texts, service, name)
            found += bit is not None
            none += bit is None
            if known.service(service).bit["futureaction"] in alike:
                assert bit == known.service(service).bit["futureaction"]
    assert found > 20
    assert none > 0


def test_an_action_may_be_added() -> None:
    known = Universe()
    other = known.bits("sqs", Patterns(("*",)))
    before = known.bits("zzz", Patterns(("*",)))
    bit = known.add("zzz", "Do")
    assert known.add("zzz", "dO") == bit
    assert known.action("zzz", bit).spelled == "zzz:Do"
    assert not known.action("zzz", bit).exists
    assert known.bits("zzz", Patterns(("*",))) == before | 1 << bit
    assert known.bits("sqs", Patterns(("*",))) == other
    assert "zzz" in known.names


def test_future_actions_stand_for_every_name_that_is_not_known() -> None:
    pick = random.Random(4)
    met = 0
    for _ in range(12):
        known = Universe()
        known.names = dict.fromkeys(("sqs", "newservice"))  # some of them: all would take long
        texts = pick.sample([p for p in PATTERNS if p not in ("", ":")], 6)
        for text in texts:
            known.learn(Patterns((text,)))
        known.refine()
        assert not known.approximated
        for service in ("sqs", "newservice", *(("zzz",) if "zzz" in known.names else ())):
            future = [action for action in known.service(service).actions if action.future]
            assert not any(action.exists for action in future)
            signatures = {frozenset(t for t in texts if means(t, action.spelled.lower())) for action in future}
            for _ in range(60):
                name = pick.choice(("send", "get", "", "do", "assumerole")) + "".join(pick.choices(LETTERS, k=3))
                if name in known.service(service).bit:
                    continue
                signature = frozenset(text for text in texts if means(text, f"{service}:{name}"))
                assert signature in signatures, (texts, service, name)
                met += bool(signature)
            # No name of today stands for one of tomorrow.
            today = {action.name.lower() for action in known.service(service).actions if action.exists}
            assert not today & {action.name.lower() for action in future}
    assert met > 100


def test_patterns_of_one_service_make_no_bits_in_others() -> None:
    known = Universe()
    size = len(known.service("sts").actions)
    for text in ("sqs:send*", "sqs:?et*", "sqs:*", "sts:*", "sts:getcalleridentity", "nonsense*", "*"):
        known.learn(Patterns((text,)))
    known.refine()
    assert len(known.service("sts").actions) == size
    assert {a.name for a in known.service("sqs").actions if a.future} > {universe.FUTURE}


def test_a_future_action_is_one_that_is_not_taken() -> None:
    """All names of one letter are taken but one: it is found, and when it is taken, too, there is none."""
    for free in ("q", ""):
        known = Universe()
        known.learn(Patterns(("zzz:?",)))
        for letter in "abcdefghijklmnopqrstuvwxyz0123456789-_":
            if letter != free:
                known.add("zzz", letter)
        known.refine()
        assert [a.name for a in known.service("zzz").actions if a.future and len(a.name) == 1] == [*free]


def test_too_many_ways_to_tell_apart_are_said_to_be_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(universe, "MOST_REGIONS", 4)
    known = Universe()
    for text in ("zzz:a*", "zzz:*b"):
        known.learn(Patterns((text,)))
    known.refine()
    assert known.approximated == set()  # four ways: as many as may be
    for text in ("zzz:*c*", "zzz:*d*"):
        known.learn(Patterns((text,)))
    known.refine()
    assert known.approximated == {"zzz"}
    known = Universe()
    monkeypatch.setattr(glob, "MOST_STATES", 3)
    known.learn(Patterns(("zzz:abcdefgh*",)))
    known.refine()
    assert known.approximated == {"zzz"}


def test_what_an_action_is() -> None:
    known = Universe()

    def action(spelled: str) -> Any:
        service, _, name = spelled.partition(":")
        return known.action(service, known.service(service).bit[name.lower()])

    read = action("s3:GetObject")
    assert (read.level, read.exists, read.future) == ("read", True, False)
    assert read.shapes
    assert all(shape.startswith("arn:*:s3:") and "$" not in shape for shape in read.shapes)
    assert action("s3:ListAllMyBuckets").shapes == ()
    assert action("sts:GetCallerIdentity").shapes == ()
    unheard = known.action("zzz", known.service("zzz").bit["futureaction"])
    assert (unheard.spelled, unheard.shapes, unheard.level) == ("zzz:FutureAction", None, "not known")
    assert hash(read) == hash(action("s3:getobject"))
    assert action("sqs:FutureAction").future
    assert not action("sqs:FutureAction").exists
    for service in ("s3", "sqs", "iam", "ec2"):
        assert any(one.shapes for one in known.service(service).actions)
