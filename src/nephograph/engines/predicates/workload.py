"""Workloads: as whom they run, and who manages them."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.engines.predicates.service_things import roles_of, things
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, Verdict, depends, yes


@predicate(2)
def runs_as(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Code on the workload holds the credentials of the role.

    Instances through their profile and the metadata service
    (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html), functions through
    their execution role (https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html), and what a
    service runs or does for somebody through the role it was given (`service_things`).
    """
    for instance in bound(facts, args[0], facts.resources("aws_instance")):
        for profile in facts.attached(instance, "has_instance_profile"):
            for role in facts.attached(profile, "has_role"):
                if args[1] in (None, role.urn):
                    yield fact("runs_as", instance.urn, role.urn, verdict=_through_metadata(instance, profile, role))
    for function in bound(facts, args[0], facts.resources("aws_lambda_function")):
        for role in facts.attached(function, "runs_as"):
            if args[1] in (None, role.urn):
                proof = evidence(f"function {name(function)} runs as role {name(role)}", function, "role")
                yield fact("runs_as", function.urn, role.urn, verdict=yes(proof))
    for thing in bound(facts, args[0], things(facts)):
        for role, verdict in roles_of(facts, thing):
            if args[1] in (None, role.urn):
                yield fact("runs_as", thing.urn, role.urn, verdict=verdict)


def _through_metadata(instance: Resource, profile: Resource, role: Resource) -> Verdict:
    proof: tuple[Evidence, ...] = (
        evidence(f"instance {name(instance)} has profile {name(profile)}", instance, "instance_profile"),
        evidence(f"profile {name(profile)} holds role {name(role)}", profile, "role"),
    )
    endpoint = instance.get("metadata", "endpoint")
    if endpoint == "disabled":
        return Verdict("no", (evidence("the metadata service is off", instance, "metadata", "endpoint"),))
    tokens = instance.get("metadata", "tokens")
    if tokens == "optional":
        text = "metadata answers without a session token (IMDSv1)"
        proof = (*proof, evidence(text, instance, "metadata", "tokens"))
    if is_unknown(endpoint):
        return depends(f"whether the metadata service is on: {endpoint}", because=proof)
    return yes(*proof)


@predicate(1)
def has_instance_profile(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """An instance profile holds the role, so that an instance can be started with it."""
    for role in bound(facts, args[0], facts.resources("aws_iam_role")):
        for profile in facts.holders(role, "has_role", "aws_iam_instance_profile"):
            proof = evidence(f"instance profile {name(profile)} holds role {name(role)}", profile, "role")
            yield fact("has_instance_profile", role.urn, verdict=yes(proof))
            break


@predicate(1)
def managed_by_ssm(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Systems Manager can run commands on the instance: its role lets the agent register.

    The agent itself is part of the image, which code does not show: the best answer is depends
    (https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html).
    """
    for instance in bound(facts, args[0], facts.resources("aws_instance")):
        for role in (
            r for p in facts.attached(instance, "has_instance_profile") for r in facts.attached(p, "has_role")
        ):
            registers = facts.can(role, "ssm:UpdateInstanceInformation", "*").verdict
            if registers.possible:
                agent = "whether the Systems Manager agent runs on the image"
                on = (agent, *registers.depends_on)
                yield fact("managed_by_ssm", instance.urn, verdict=depends(*on, because=registers.because))
                break


@predicate(1)
def answers_without_token(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The instance's metadata service answers requests that carry no session token (version 1).

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
    """
    for instance in bound(facts, args[0], facts.resources("aws_instance")):
        if instance.get("metadata", "endpoint") == "enabled" and instance.get("metadata", "tokens") == "optional":
            text = "metadata answers without a session token (IMDSv1)"
            proof = evidence(text, instance, "metadata", "tokens")
            yield fact("answers_without_token", instance.urn, verdict=yes(proof))


@predicate(1)
def takes_serial_console(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The serial console leads to the instance: the account lets it, and some user of the image has a password.

    Neither is in the data: the best answer is depends.
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html
    """
    for instance in bound(facts, args[0], facts.resources("aws_instance")):
        told = f"whether the account lets people use the serial console, and a user of {name(instance)} signs in there"
        yield fact("takes_serial_console", instance.urn, verdict=depends(told))
