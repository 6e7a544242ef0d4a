"""One estate: built, probed, and held against the tracer."""

from __future__ import annotations

import os
from collections import Counter
from typing import NamedTuple

from scripts.net_oracle.ask import INTERNET, Asked, Questions
from scripts.net_oracle.generate import Case
from scripts.net_oracle.probe import Listeners, answers
from scripts.net_oracle.things import of_kind
from scripts.net_oracle.wires import Wired

FIRST, AGAIN = 0.25, 4.0
"""Seconds without a sign of life: at first, and when a probe that the tracer passes is asked again."""


class Difference(NamedTuple):
    """A probe the two do not agree on."""

    seed: int
    start: str
    goal: str
    target: str
    port: int
    sport: int
    packet: str
    tracer: str
    ended: str
    """Where the tracer's packet ended, or its last hop."""

    def __str__(self) -> str:
        what = f"{self.start} -> {self.goal} ({self.target}:{self.port} from port {self.sport})"
        return f"seed {self.seed}: {what}: packet {self.packet}, tracer {self.tracer}: {self.ended}"


class Held(NamedTuple):
    """What one estate gave: probes that arrived and that did not, probes the tracer leaves open, differences.

    `decided` are the probes both answer plainly, each with whether it arrived; they are of these `questions`."""

    counts: Counter[str]
    differences: tuple[Difference, ...]
    decided: tuple[tuple[Asked, bool], ...]
    questions: Questions


def held(case: Case) -> Held:
    """Probe an estate. A probe whose silence the tracer contradicts is asked once more, with patience."""
    questions = Questions(case)
    with Wired(case, f"n{os.getpid()}x") as wired:
        space = {key: wired.space(key) for key in of_kind(case.things, "aws_instance")}
        space[INTERNET] = wired.space("net")
        asked = questions.all(space)
        listeners = Listeners(space, case.ports)
        try:
            said = answers([a.probe for a in asked], listeners, FIRST)
            verdicts = _verdicts(questions, asked)
            silent = [at for at, a in enumerate(asked) if said[at] != a.goal and verdicts[at] == "yes"]
            if silent:
                for at, who in zip(silent, answers([asked[at].probe for at in silent], listeners, AGAIN), strict=True):
                    said[at] = who
        finally:
            listeners.close()
    return _compared(case, questions, asked, said, verdicts)


def _verdicts(questions: Questions, asked: list[Asked]) -> list[str]:
    """Probe by probe for even seeds; for odd ones by the intervals of one question about all ports."""
    if questions.case.seed % 2 == 0:
        return [questions.traced(a).judged.verdict for a in asked]
    known: dict[tuple[str, str, str], dict[int, str]] = {}
    found = []
    for a in asked:
        key = (a.start, a.goal, a.probe.target)
        if key not in known:
            known[key] = questions.over_all_ports(a)
        found.append(known[key][a.probe.port])
    return found


def _compared(case: Case, questions: Questions, asked: list[Asked], said: list[str], verdicts: list[str]) -> Held:
    counts: Counter[str] = Counter()
    differences: list[Difference] = []
    decided = []
    for a, who, verdict in zip(asked, said, verdicts, strict=True):
        arrived = who == a.goal
        if verdict == "depends":
            counts["open"] += 1
            continue
        counts["yes" if arrived else "no"] += 1
        decided.append((a, arrived))
        if arrived != (verdict == "yes"):
            walks = questions.traced(a).cases.walks
            last = (walks[0].back or walks[0].forward)[-1].text
            probe = a.probe
            packet = "arrives" if arrived else f"answered by {who}" if who else "is lost"
            differences.append(
                Difference(case.seed, a.start, a.goal, probe.target, probe.port, probe.sport, packet, verdict, last)
            )
    return Held(counts, tuple(differences), tuple(decided), questions)
