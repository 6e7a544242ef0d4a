"""The same probes asked of the tracer."""

from __future__ import annotations

from typing import NamedTuple

from nephograph.engines.tracer.came import End
from nephograph.engines.tracer.ends import of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.places import Interface, interface_of, interfaces_of
from nephograph.engines.tracer.question import Candidate, Question, Traced, trace
from scripts.net_oracle.generate import HOSTS4, HOSTS6, Case
from scripts.net_oracle.probe import Probe
from scripts.net_oracle.things import estate_of, of_kind

INTERNET = "internet"


class Asked(NamedTuple):
    """A probe, whom it means to reach, and the candidate of the tracer that is the same question."""

    probe: Probe
    start: str
    goal: str
    candidate: Candidate


class Questions:
    """All probes of a case: from every address to every address that could be sent to, on every port."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.ground = Ground(estate_of(case.things))

    def all(self, space: dict[str, str]) -> list[Asked]:
        """`space` names the namespace of every machine, and of the internet."""
        found: list[Asked] = []
        machines = of_kind(self.case.things, "aws_instance")
        for start in machines:
            for goal in machines:
                if start != goal:
                    found += self._between(space, start, goal)
            for host in (*HOSTS4, *HOSTS6):
                found += self._probes(space, start, INTERNET, host, None, False, self._end(host))
        for goal in machines:
            for door, host, public in self._doors(goal):
                if public:
                    for source in HOSTS6 if ":" in host else HOSTS4:
                        found += self._probes(space, source, goal, host, door, True, self._end(goal))
        return found

    def _between(self, space: dict[str, str], start: str, goal: str) -> list[Asked]:
        found = []
        own = self._end(start)
        for door, host, public in self._doors(goal):
            assert isinstance(own, Interface)
            same = own.vpc is door.vpc
            # A machine of the same VPC uses private addresses; what comes back from the edge is the gateway's matter.
            if public and (same or ":" in host):
                continue
            found += self._probes(space, start, goal, host, door, public, self._end(goal))
        return found

    def _probes(
        self, space: dict[str, str], start: str, goal: str, host: str, door: Interface | None, public: bool, end: End
    ) -> list[Asked]:
        version = 6 if ":" in host else 4
        source = self._source(start, version)
        if not source:
            return []
        candidate = Candidate(self._end(start), end, version, door, public)
        where = space.get(start, space[INTERNET])
        sport = self.case.sport
        return [Asked(Probe(where, source, sport, host, port), start, goal, candidate) for port in self.case.ports]

    def _end(self, key: str) -> End:
        return self._machine(key) if key in self.case.things else next(iter(of_word(self.ground, key)))

    def _machine(self, key: str) -> Interface:
        return interfaces_of(self.ground, self.ground.estate.resources[key])[0]

    def _source(self, start: str, version: int) -> str:
        config = self.case.things.get(start)
        if config is None:
            return start if (":" in start) == (version == 6) else ""
        if version == 4:
            return str(config["private_ip"])
        return str((config.get("ipv6_addresses") or [""])[0])

    def _doors(self, goal: str) -> list[tuple[Interface, str, bool]]:
        """(interface, address, public?) a client may send to in order to reach a machine."""
        things, config = self.case.things, self.case.things[goal]
        own = self._machine(goal)
        found = [(own, config["private_ip"], False)]
        found += [(own, c["public_ip"], True) for c in of_kind(things, "aws_eip").values() if c["instance"][1:] == goal]
        for text in config.get("ipv6_addresses") or ():
            found += [(own, text, False), (own, text, True)]
        for key, balancer in of_kind(things, "aws_lb").items():
            listener = things[f"aws_lb_listener.{key[-2:]}"]
            group = things[listener["actions"][0]["target_group"][1:]]
            if group["targets"][0]["target"] != f"@{goal}":
                continue
            for subnet, address in zip(balancer["subnets"], balancer["private_ips"], strict=True):
                node = interface_of(self.ground, f"{key}#{subnet[1:]}")
                assert node is not None
                found.append((node, address, False))
                if public := self.case.public.get(f"{key}#{subnet[1:]}"):
                    found.append((node, public, True))
        return found

    def traced(self, asked: Asked) -> Traced:
        """The tracer's own walk."""
        probe = asked.probe
        question = Question(
            (asked.candidate.start,), (asked.candidate.goal,), "tcp", (probe.port, probe.port), probe.sport
        )
        return trace(self.ground, question, asked.candidate, "tcp")

    def over_all_ports(self, asked: Asked) -> dict[int, str]:
        """One question about every port at once; the verdict of each probed port by the intervals that came out."""
        question = Question((asked.candidate.start,), (asked.candidate.goal,), "tcp", (0, 65535), asked.probe.sport)
        judged = trace(self.ground, question, asked.candidate, "tcp").judged
        found = {}
        for port in self.case.ports:
            inside = [_holds(box.get("port"), port) for box in judged.allowed]
            maybe = [_holds(box.get("port"), port) for box in judged.perhaps]
            found[port] = "yes" if any(inside) else "depends" if any(maybe) else "no"
        return found


def _holds(interval: tuple[int, int] | None, port: int) -> bool:
    return interval is None or interval[0] <= port <= interval[1]
