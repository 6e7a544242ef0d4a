"""What has to be there for a technique: something in the estate that any of the kind will do for, a way in by SSH."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, any_of, depends, no, yes

_SSH = 22


def _clusters(facts: EstateFacts) -> Iterator[Verdict]:
    for cluster in facts.resources("aws_ecs_cluster"):
        yield _there(cluster, f"there is ECS cluster {name(cluster)}")


def _container_instances(facts: EstateFacts) -> Iterator[Verdict]:
    """The ECS agent registers an instance with the cluster that its configuration names.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_container_instance.html
    """
    machines = [r for k in ("aws_instance", "aws_launch_template") for r in facts.resources(k)]
    for cluster in facts.resources("aws_ecs_cluster") if machines else ():
        joined = [m for m in machines if _joins(m, cluster)]
        if joined:
            yield _there(joined[0], f"{name(joined[0])} joins ECS cluster {name(cluster)}")
        else:
            yield depends(f"whether an instance is registered with ECS cluster {name(cluster)}")


def _joins(machine: Resource, cluster: Resource) -> bool:
    versions = machine.get("versions") if machine.kind == "aws_launch_template" else [machine.config]
    for version in versions if isinstance(versions, list) else ():
        text = version.get("user_data") if isinstance(version, dict) else None
        if isinstance(text, str) and "ECS_CLUSTER" in text and cluster.label in text:
            return True
    return False


def _event_sources(facts: EstateFacts) -> Iterator[Verdict]:
    """Queues, streams, and tables with a stream: what Lambda polls.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
    """
    for kind in ("aws_sqs_queue", "aws_kinesis_stream"):
        for source in facts.resources(kind):
            yield _there(source, f"there is {name(source)} for Lambda to poll")
    for table in facts.resources("aws_dynamodb_table"):
        stream = table.get("stream")
        if isinstance(stream, Unknown):
            yield depends(f"whether table {name(table)} has a stream ({stream})")
        elif stream:
            yield _there(table, f"table {name(table)} has a stream for Lambda to poll")


_FINDERS: dict[str, Callable[[EstateFacts], Iterator[Verdict]]] = {
    "container instance": _container_instances,
    "ECS cluster": _clusters,
    "event source": _event_sources,
}


@predicate(1)
def there_is(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The estate holds one of these, whichever: `container instance`, `ECS cluster`, `event source`."""
    for what in [args[0]] if args[0] is not None else sorted(_FINDERS):
        yield fact("there_is", what, verdict=any_of(_FINDERS[what](facts)))


def _there(resource: Resource, text: str) -> Verdict:
    if resource.existence is not None:
        return depends(f"whether {resource.address} exists: {resource.existence}")
    return yes(evidence(text, resource))


@predicate(1)
def takes_pushed_keys(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """EC2 Instance Connect can put a key on the instance, and SSH gets there: a group of it admits port 22.

    Whether the image holds EC2 Instance Connect is not in the data: the best answer is depends
    (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-connect-prerequisites.html).
    """
    for instance in bound(facts, args[0], facts.resources("aws_instance")):
        verdict = _ssh(facts, instance)
        if verdict.possible:
            on = ("whether the image holds EC2 Instance Connect", *verdict.depends_on)
            yield fact("takes_pushed_keys", instance.urn, verdict=depends(*on, because=verdict.because))


def _ssh(facts: EstateFacts, instance: Resource) -> Verdict:
    """Does a packet to port 22 get to the instance, from somewhere?"""
    for exposure in facts.exposed(instance):
        if exposure.ports.protocol in ("tcp", "all") and exposure.ports.low <= _SSH <= exposure.ports.high:
            return exposure.verdict
    groups: Sequence[Resource] = facts.attached(instance, "has_security_group")
    said = instance.get("security_groups")
    if not groups or not isinstance(said, list) or len(groups) < len(said):
        return depends(f"whether the security groups of {name(instance)} admit SSH")
    for group in groups:
        rules = group.get("ingress")
        if isinstance(rules, Unknown) or any(not isinstance(rule, dict) for rule in rules or ()):
            return depends(f"whether security group {name(group)} admits SSH")
        for position, rule in enumerate(rules or ()):
            if _admits(rule):
                proof = evidence(f"security group {name(group)} admits port 22", group, "ingress", position)
                return depends("whether the principal stands where SSH is admitted from", because=(proof,))
    return no(evidence(f"no security group of {name(instance)} admits port 22", instance, "security_groups"))


def _admits(rule: dict[str, object]) -> bool:
    """Does the rule of a group cover TCP port 22? What is not known may."""
    if isinstance(rule.get("protocol"), str) and rule["protocol"] not in ("tcp", "all", "6"):
        return False
    low, high = rule.get("from_port"), rule.get("to_port")
    if not isinstance(low, int | float) or not isinstance(high, int | float) or rule.get("protocol") == "all":
        return True
    return low <= _SSH <= high
