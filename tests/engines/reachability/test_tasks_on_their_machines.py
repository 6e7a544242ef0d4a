"""Tasks of ECS on the network of their machine, in random estates: both engines say the same of them."""

from __future__ import annotations

import pathlib
import random
import sys
from collections.abc import Iterator
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from agreement import Comparison
from random_networks import Maker, Things, build

from nephograph.engines.reachability.through import nodes, through
from nephograph.engines.tracer.places import table
from nephograph.engines.tracer.question import Candidate
from nephograph.model.value import Reason, Unknown

VAR = Unknown(Reason.NO_VALUE, "var.x")


def with_tasks(seed: int) -> Things:
    """A random estate with a service of ECS in each VPC, known and not known in many ways."""
    maker = Maker(seed)
    things = maker.make()
    dice = random.Random(seed)
    for vpc in maker.vpcs:
        short = vpc.partition(".")[2]
        if f"aws_lb.{short}" not in things:
            maker.balancer(vpc)
        groups = maker.groups[vpc]
        registered = things[f"aws_lb_target_group.{short}"]["targets"]
        if registered and dice.random() < 0.4:
            other = {"port": dice.choice((80, 443, 1500, 40000)), "health": dice.choice(("healthy", "unhealthy"))}
            registered.append({**registered[0], **other})
        if dice.random() < 0.5:
            everybody = {"protocol": "tcp", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"}
            things[dice.choice(groups)]["ingress"].append(everybody)
        template: dict[str, Any] = {
            "security_groups": [f"@{dice.choice(groups)}"],
            "public_ip": dice.choice((None, True, False, VAR)),
        }
        things[f"aws_launch_template.{short}"] = {"versions": [template] * dice.choice((1, 1, 1, 1, 2))}
        held = dice.sample(maker.subnets[vpc], dice.choice((1, min(2, len(maker.subnets[vpc])))))
        things[f"aws_autoscaling_group.{short}"] = {
            "name": short,
            "launch_template": f"@aws_launch_template.{short}" if dice.random() < 0.9 else VAR,
            "subnets": [f"@{s}" for s in held] if dice.random() < 0.9 else VAR,
        }
        if dice.random() < 0.9:
            provider = {"name": short, "autoscaling_group": f"@aws_autoscaling_group.{short}"}
            things[f"aws_ecs_capacity_provider.{short}"] = provider
        things[f"aws_ecs_cluster.{short}"] = {"name": short, "capacity_providers": ["FARGATE", short]}
        mapping = {"container": "8080", "host": dice.choice((None, "0", "443", "1500", VAR))}
        things[f"aws_ecs_task_definition.{short}"] = {
            "network_mode": dice.choice((None, "bridge", "bridge", "host", "awsvpc", "none", VAR)),
            "containers": dice.choice(([{"name": "web", "ports": [mapping]}],) * 4 + ([], VAR)),
        }
        things[f"aws_ecs_service.{short}"] = {
            "cluster": f"@aws_ecs_cluster.{short}",
            "cluster_name": short,
            "task_definition": f"@aws_ecs_task_definition.{short}",
            "load_balancers": [{"target_group": f"@aws_lb_target_group.{short}", "container": "web", "port": 8080}],
        }
        held = [k for k, c in things.items() if k.startswith("aws_instance.") and c["subnet"][1:] in maker.subnets[vpc]]
        if held and dice.random() < 0.2:
            things[f"aws_autoscaling_group.{short}"]["instances"] = [f"@{k}" for k in dice.sample(held, 1)]
        for name, config in things.items():
            if name.startswith(f"aws_instance.{short}") and dice.random() < 0.2:
                config["user_data"] = f"ECS_CLUSTER={short}"
    return things


class OfTasks(Comparison):
    """The same questions, of services: behind balancers, from others, from the internet, and to it."""

    def differences(self) -> Iterator[str]:
        every = list(table(self.ground).by_urn.values())
        machines, services = self.hosts, [i for i in every if i.resource.kind == "aws_ecs_service"]
        for node in nodes(self.found):
            if self._doubled(node.vpc):
                continue
            door = table(self.ground).by_urn[node.urn]
            for a in machines[:3]:
                for b in [*services, *(m for m in machines if m.urn != a.urn)]:
                    value = through(self.found, a.urn, node.urn, b.urn)
                    yield from self._same("balanced", value, Candidate(a, b, 4, door, False))
        for a, b in [(m, s) for m in machines[:3] for s in services] + [(s, m) for s in services for m in machines[:3]]:
            if b.subnet is None or a.urn.partition("#")[2].startswith(b.urn):
                continue
            yield from self._same("pair", self.found.between(a.urn, b.urn, 4), Candidate(a, b, 4, b, False))
        self.hosts = [s for s in services if s.subnet is not None]
        yield from self._inward()
        yield from self._outward()


@pytest.mark.parametrize("seed", range(600, 612))
def test_both_engines_say_the_same_of_tasks_on_machines(seed: int) -> None:
    assert list(OfTasks(build(with_tasks(seed), "code"), filled=False).differences()) == []


def test_some_tasks_are_reached_behind_balancers_and_some_perhaps() -> None:
    counts = {"balanced sure": 0, "balanced open": 0, "inward sure": 0}
    for seed in range(600, 612):
        compared = OfTasks(build(with_tasks(seed), "code"), filled=False)
        assert list(compared.differences()) == []
        for name in counts:
            counts[name] += compared.counts[name]
    assert all(counts.values()), counts
