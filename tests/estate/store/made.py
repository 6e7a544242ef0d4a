"""Small estates made by hand from a seed: several kinds, unknown values, edges, files."""

from __future__ import annotations

import random

from nephograph.estate.graph import Estate
from nephograph.estate.store.contents import About, Contents, contents_of
from nephograph.model.edge import Edge
from nephograph.model.resource import Class, Resource
from nephograph.model.source import Scope
from nephograph.model.span import Cause, Origin, Path, Span
from nephograph.model.value import Reason, Ref, Unknown

KINDS = (
    ("aws_s3_bucket", "AWS::S3::Bucket", Class.OBJECT_STORAGE),
    ("aws_security_group", "AWS::EC2::SecurityGroup", Class.SECURITY_GROUP),
    ("aws_never_heard_of", "aws_never_heard_of", Class.GENERIC),
)


class Written:
    """Provenance by hand: what stands in `places` was written."""

    def __init__(self, places: dict[Path, Origin | None]) -> None:
        self.places = places

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        return True, self.places.get(path)

    def is_written(self, path: Path) -> bool:
        return True


def resource(number: int, dice: random.Random, file: str = "main.tf") -> Resource:
    kind, native, cls = KINDS[number % len(KINDS)]
    unknown = Unknown(Reason.NO_VALUE, f"var.v{dice.randrange(3)}", Ref("aws_vpc.v", ("id",)), ("a", "b"))
    config: dict[str, object] = {
        "name": f"thing-{number}",
        "tags": {"n": str(dice.randrange(4))},
        **({"id": unknown} if dice.random() < 0.5 else {}),
    }
    if kind == "aws_security_group":
        config["ingress"] = [{"cidr": "0.0.0.0/0", "from_port": 22, "to_port": dice.choice([22, unknown])}, unknown]
    span = Span(file, number + 1, 1, number + 1, 9)
    origin = Origin("code", f"{kind}.r{number}", span, causes=(Cause("variable v", span),))
    return Resource(
        urn=f"neph:aws:1:eu-west-1:{kind}:thing-{number}",
        kind=kind,
        native=native,
        cls=cls,
        address=f"{kind}.r{number}",
        scope=Scope("aws", "1", "eu-west-1"),
        config=config,
        provenance=Written({(): origin, ("name",): origin, ("tags", "n"): None}),
        root=".",
        label=f"thing-{number}",
        existence=unknown if dice.random() < 0.2 else None,
    )


def estate(seed: int, size: int = 12) -> Estate:
    """The estate of a seed: always the same one; neighbouring seeds have most of it in common."""
    dice = random.Random(seed)
    stable = random.Random(0)
    resources = []
    for number in range(size):
        fresh = dice.random() < 0.3
        made = resource(number, random.Random(dice.randrange(1000)) if fresh else random.Random(number))
        if dice.random() < 0.85:
            resources.append(made)
    urns = [r.urn for r in resources]
    edges = [
        Edge(kind, urns[a], urns[b], said_by=urns[a], path=("tags", place))
        for place, kind in enumerate(("refers_to", "lets_in"))
        for a in range(len(urns))
        for b in range(len(urns))
        if stable.random() < 0.1 or dice.random() < 0.05
    ]
    unlinked = {urns[0]: [("vpc", "vpc-1 is not in the data"), ("vpc", "so it is")]} if urns else {}
    return Estate(resources, edges, unlinked)


class Lines:
    """Excerpts by hand."""

    def __init__(self, texts: dict[str, list[str]]) -> None:
        self.texts = texts

    def line(self, file: str, number: int) -> str | None:
        lines = self.texts.get(file, [])
        return lines[number - 1] if 1 <= number <= len(lines) else None


def contents(seed: int, size: int = 12) -> Contents:
    about = About(taken=f"2026-01-01T00:{seed // 60 % 60:02d}:{seed % 60:02d}Z", sources=("made",), digest=str(seed))
    lines = Lines({"main.tf": [f"line {number} of {seed % 3}" for number in range(size)]})
    return contents_of(estate(seed, size), about, lines)
