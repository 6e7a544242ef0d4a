"""The small estates of AWS's codes: as Terraform, as a state where only what is real can say it, and as a dump."""

from __future__ import annotations

import functools
import json
import pathlib
import re
import tempfile
from typing import Any

from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, Reach
from nephograph.estate.graph import Estate
from nephograph.lenses.common.ends import ends_named
from nephograph.library.reachability import codes_of
from nephograph.model.source import LoadOptions
from nephograph.session.door import open_estate
from tests.support.dumps import write_dump
from tests.support.spellings import hcl, state_json

HERE = pathlib.Path(__file__).parent
CODES = HERE / "codes"
CASES = sorted(path.name for path in CODES.iterdir())
TWINS = sorted(path.name for path in (HERE / "twins").iterdir())


def header(folder: pathlib.Path) -> dict[str, str]:
    """What the first lines of a fixture say: the question, the code it ends with, the verdict when it is no `no`."""
    text = next(iter(sorted(folder.glob("*.tf")) or sorted(folder.rglob("question.txt")))).read_text()
    words = "from|to|traffic|code|source-address|source-port|verdict|applied"
    return dict(re.findall(rf"^# ({words}): (.+)$", text, re.MULTILINE))


@functools.cache
def load(folder: pathlib.Path) -> Estate:
    """The estate of a fixture. `applied` gives attributes that only a state has: then it is read from a state."""
    said = header(folder) if any(folder.glob("*.tf")) else {}
    if "applied" in said:
        with tempfile.TemporaryDirectory() as made:
            file = pathlib.Path(made) / "terraform.tfstate"
            file.write_text(json.dumps(_applied(folder, said["applied"])))
            return read(pathlib.Path(made))
    return read(folder)


def read(folder: pathlib.Path) -> Estate:
    """The estate of a directory in whatever format."""
    options = LoadOptions(account="111122223333", region="eu-west-1")
    return open_estate([str(folder)], options).context.estate


def _applied(folder: pathlib.Path, said: str) -> dict[str, Any]:
    address, _, attributes = said.partition(" ")
    data = state_json(*hcl(folder)).data
    for resource in data["resources"]:
        if f"{resource['type']}.{resource['name']}" == address:
            resource["instances"][0]["attributes"].update(json.loads(attributes))
    return data


@functools.cache
def as_dump(code: str) -> Estate:
    """The same estate read from the answers AWS would give."""
    with tempfile.TemporaryDirectory() as made:
        return read(write_dump(load(CODES / code), pathlib.Path(made)))


def asked(estate: Estate, said: dict[str, str]) -> tuple[Ground, Question]:
    """The question of a fixture, about an estate."""
    ground = Ground(estate)
    protocol, _, port = said["traffic"].partition("/")
    source, target = ends_named(ground, said["from"]), ends_named(ground, said["to"])
    ports = (int(port), int(port)) if port else None
    own_port = int(said["source-port"]) if "source-port" in said else None
    return ground, Question(source, target, protocol, ports, own_port, said.get("source-address"))


def last(found: Reach) -> Any:
    """The hop the case that is shown ends at."""
    return (found.back.hops or found.forward.hops)[-1]


def told(found: Reach) -> set[str]:
    """Every code of AWS that an answer carries: of drops, of open hops, of what stood behind them."""
    reasons = {str(w.drop.reason) for t in found.traced for w in t.cases.walks if w.drop}
    walks = [w for t in found.traced for w in t.cases.walks]
    hops = [hop for walk in walks for hop in (*walk.forward, *walk.back)]
    reasons |= {hop.reason for hop in hops if hop.decision == "depends"}
    reasons |= {one.reason for hop in hops for one in hop.because}
    return {code for reason in reasons for code in codes_of(reason)}


def steps(found: Reach) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Kind, decision, reason and what stood behind, hop by hop, out and back."""
    hops = (*found.forward.hops, *found.back.hops)
    return [(h.kind, h.decision, h.reason, tuple(b.reason for b in h.because)) for h in hops]
