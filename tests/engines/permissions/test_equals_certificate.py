"""The engine against the certificate, which shares no code with it, on random small organizations."""

from __future__ import annotations

from collections import Counter

import pytest
from permission_worlds import PRINCIPALS, World, agreement

from nephograph.engines.certificate import decide as certificate
from nephograph.engines.permissions.asking import who_can
from nephograph.engines.permissions.diagram import TRUE
from nephograph.engines.permissions.document import read
from nephograph.engines.permissions.organization import Organization

SEEDS = range(70)


def test_every_decision_is_the_certificates() -> None:
    effects: Counter[str] = Counter()
    finer = 0
    for seed in SEEDS:
        world = World(seed)
        for _ in range(60):
            request = world.request()
            found = world.compared(request)
            assert found.same or found.finer, (seed, request)
            finer += found.finer
            effects[found.decision.effect] += 1
    assert finer <= effects.total() / 1000
    assert 0.4 <= effects["allowed"] / effects.total() <= 0.6
    assert min(effects.values()) > 50


ASKED = (*PRINCIPALS[:3], PRINCIPALS[5], PRINCIPALS[7])


def test_whoever_can_is_found_and_nobody_else() -> None:
    yes = 0
    for seed in range(45):
        world = World(seed)
        organization = Organization(world.set)
        organization.evaluate()
        for _ in range(10):
            request = world.request()
            action, resource, context = request["action"], request["resource"], request["context"]
            found = dict(who_can(organization, action, resource, context).principals())
            for principal in ASKED:
                effect = world.engine.can(principal, action, resource, context=context).effect
                told = {None: "no", TRUE: "allowed"}.get(found.get(principal), "depends")
                assert told == (effect if effect in ("allowed", "depends") else "no"), (seed, principal, request)
                yes += told == "allowed"
    assert yes > 300


@pytest.mark.parametrize("start", [0, 1630, 3140, 7680])
def test_who_can_is_what_the_certificate_says_of_each(start: int) -> None:
    """Roles that are linked to a service and sessions of federated users share policies with others, not limits."""
    for seed in range(start, start + 8):
        world = World(seed)
        organization = Organization(world.set)
        organization.evaluate()
        for _ in range(6):
            request = {**world.request(), "unknown": [], "session": (), "endpoint": ()}
            found = who_can(organization, request["action"], request["resource"], request["context"])
            told = dict(found.principals())
            for principal in (*world.set.entities, PRINCIPALS[5]):
                decision = certificate.decide(*world.case({**request, "principal": principal}))
                ours = {None: "implicitly_denied", TRUE: "allowed"}.get(told.get(principal), "depends")
                theirs = "implicitly_denied" if decision.effect == "explicitly_denied" else decision.effect
                assert ours == theirs or agreement(ours, decision).finer, (seed, principal, request)


def test_what_is_not_said_is_left_open() -> None:
    """Without a context the answer is a condition: a closed context never contradicts it."""
    for seed in range(40):
        world = World(seed)
        for _ in range(15):
            request = world.request()
            request["unknown"] = []
            closed = world.engine.can(**request).effect
            open_one = world.engine.can(**{**request, "context": None}).effect
            if open_one == "allowed":
                assert closed == "allowed", (seed, request)
            elif open_one != "depends":
                assert closed not in ("allowed", "depends"), (seed, request)


@pytest.mark.parametrize("seed", range(24))
def test_a_policy_in_the_place_of_another_is_as_if_it_had_been_there(seed: int) -> None:
    world, other = World(seed), World(1000 + seed)
    organization = Organization(world.set)
    organization.evaluate()
    asked = [world.request() for _ in range(6)]
    for request in asked[:2]:
        who_can(organization, request["action"], request["resource"])
    identity = [n for n, name in enumerate(world.set.names) if name in ("identity", "scp", "boundary")]
    replacement = next(n for n, name in enumerate(other.set.names) if name == "identity")
    for number in identity[:3]:
        organization.replace(number, read(other.raw[replacement]))
    fresh = Organization(world.set)
    fresh.evaluate()
    for request in asked:
        action, resource, context = request["action"], request["resource"], request["context"]
        now = dict(who_can(organization, action, resource, context).principals())
        then = dict(who_can(fresh, action, resource, context).principals())
        assert {k: v == TRUE for k, v in now.items()} == {k: v == TRUE for k, v in then.items()}, request
    assert _what(organization) == _what(fresh)


def _what(organization: Organization) -> dict[str, set[str]]:
    return {
        arn: {a.spelled for _, actions, _ in organization.what(arn) for a in actions if a.exists}
        for arn in organization.class_of
    }


def test_rectangles_are_what_can_says() -> None:
    for seed in range(25):
        world = World(seed)
        world.set.inventory += [arn for arn in world.set.holdings if ":s3:" not in arn]
        organization = Organization(world.set)
        organization.evaluate()
        assert organization.project() > 0
        engine = organization.engine
        for arn, number in organization.class_of.items():
            seen: set[tuple[str, int, int]] = set()
            for rectangle in organization.rectangles(number):
                low, high = rectangle.resources[:2]
                for bit in range(len(engine.universe.service(rectangle.service).actions)):
                    if rectangle.bits >> bit & 1:
                        cell = (rectangle.service, bit, low)
                        assert cell not in seen
                        seen.add(cell)
                action = engine.universe.in_words(rectangle.service, rectangle.bits)[0]
                resource = organization.inventory.arns[low]
                assert low < high
                account = arn.split(":")[4]
                effect = world.engine.can(arn, action.spelled, resource, account).effect
                own = not world.set.holder(resource).policies  # type: ignore[union-attr]
                if (
                    own
                    and not engine.set.accounts[account].rcp
                    and ":role/" not in resource
                    and ":key/" not in resource
                ):
                    assert effect != "implicitly_denied"
                    if rectangle.residual == TRUE:
                        assert effect == "allowed", (seed, arn, action, resource)
