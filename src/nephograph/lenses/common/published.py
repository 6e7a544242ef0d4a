"""What the internet reaches that has no interface of its own: buckets, APIs, distributions, URLs of functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nephograph.engines.network.publication import published, published_kinds
from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.packet import network
from nephograph.lenses.common.context import Context
from nephograph.model.answer import Stop, Trail
from nephograph.model.facts import Exposure, Ports
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, Verdict, any_of, no

_HTTPS = Ports("tcp", 443, 443)
_EVERYBODY = ("0.0.0.0/0", "::/0")
_ENDPOINTS = {
    **{
        name: name
        for name in (
            "s3",
            "dynamodb",
            "sqs",
            "sns",
            "kms",
            "secretsmanager",
            "ssm",
            "lambda",
            "logs",
            "states",
            "events",
        )
    },
    "kinesis": "kinesis-streams",
    "ecr": "ecr.dkr",
    "apigateway": "execute-api",
}
"""Services whose resources are used by their API, by the name in ARNs: what their endpoints are called."""


def exposures(context: Context) -> list[Exposure]:
    """Everything the internet reaches, by packets into a VPC or by what AWS publishes."""
    found = [e for r in context.estate.resources.values() for e in context.facts.exposed(r)]
    found += published(context.estate)
    return [*found, *(e for bucket in context.estate.of_kind("aws_s3_bucket") for e in _readable(context, bucket))]


def _readable(context: Context, bucket: Resource) -> list[Exposure]:
    verdict = context.facts.can("anonymous", "s3:GetObject", bucket).verdict
    return [Exposure(bucket.urn, bucket.urn, _HTTPS, _EVERYBODY, verdict)] if verdict.possible else []


class Published:
    """How the internet reaches one resource that has no interface, and whether it does for a question."""

    def __init__(
        self,
        context: Context,
        resource: Resource,
        starts: Sequence[End],
        protocol: str | None,
        ports: tuple[int, int] | None,
    ) -> None:
        self.resource = resource
        every = [e for e in exposures(context) if e.resource == resource.urn]
        asked = [e for e in every if _speaks(e.ports, protocol, ports)]
        self.found = [one for one in asked if _let_in(one, starts)]
        self.verdict = any_of(e.verdict for e in self.found) if self.found else self._refusal(context, every)

    def _refusal(self, context: Context, every: Sequence[Exposure]) -> Verdict:
        if every:
            ways = ", ".join(dict.fromkeys(str(one.ports) for one in every))
            return no(Evidence.at(f"the internet reaches {_name(self.resource)} on {ways} only", self.resource, ()))
        if self.resource.kind == "aws_s3_bucket":
            return context.facts.can("anonymous", "s3:GetObject", self.resource).verdict
        return context.facts.closed(self.resource) or no()

    @property
    def through(self) -> str:
        """The name of what stands in front of it, "" when nothing does."""
        doors = [e.door for e in self.found if e.verdict.answer == self.verdict.answer]
        return "" if not doors or self.resource.urn in doors else doors[0]

    def sentence(self, start: str, goal: str, traffic: str, door: str) -> str:
        """The answer in words."""
        through = f" through {door}" if door else ""
        if self.verdict.answer == "yes":
            return f"Yes: {start} reaches {goal}{traffic}{through}, and its answers get back."
        if self.verdict.answer == "depends":
            on = "; ".join(self.verdict.depends_on[:4])
            return f"It depends whether {start} reaches {goal}{traffic}{through}: on {on}."
        why = "; ".join(fact.text for fact in self.verdict.because[:2]) or f"nothing opens {goal} to the internet"
        return f"No: {start} does not reach {goal}{traffic}. {why[:1].upper()}{why[1:]}."

    def trail(self, context: Context, start: str, goal: str) -> Trail:
        """What the answer rests on, one stop a fact."""
        does = {"yes": "reaches", "no": "does not reach", "depends": "may reach"}[self.verdict.answer]
        stops = [Stop(start, "internet", f"{start} sends {self._traffic()}", tone="entry", cls="internet")]
        stops += [_stop(context, fact, self.verdict.answer == "no") for fact in self.verdict.because]
        if self.verdict.possible:
            tone = "target" if self.verdict.answer == "yes" else "depends"
            word = "reaches" if self.verdict.answer == "yes" else "may reach"
            stops.append(Stop(goal, _kind(self.resource), f"{word} {goal}", tone=tone, cls=str(self.resource.cls)))
        return Trail((("Out", tuple(stops)),), f"{start} {does} {goal}")

    def _traffic(self) -> str:
        return ", ".join(dict.fromkeys(str(one.ports) for one in self.found)) or str(_HTTPS)

    def allowed(self) -> list[dict[str, Any]]:
        """What passes, for programs."""
        return [
            {
                "protocol": one.ports.protocol,
                "from_port": one.ports.low,
                "to_port": one.ports.high,
                "ip_version": version,
                "sources": sources,
                "verdict": one.verdict.answer,
            }
            for one in self.found
            for version in (4, 6)
            if (sources := [text for text in one.sources if (":" in text) == (version == 6)])
        ]

    def hops(self) -> list[dict[str, Any]]:
        """The facts the answer rests on as hops, for programs."""
        decision = {"yes": "passes", "no": "drops", "depends": "depends"}[self.verdict.answer]
        return [
            {
                "component": fact.subject or self.resource.urn,
                "kind": _kind(self.resource),
                "decision": decision,
                "reason": "published",
                "text": fact.text,
                "rule": "",
                "location": fact.location,
            }
            for fact in self.verdict.because
        ]


def _speaks(open_: Ports, protocol: str | None, ports: tuple[int, int] | None) -> bool:
    low, high = ports or (open_.low, open_.high)
    return protocol in (None, open_.protocol) and open_.low <= high and low <= open_.high


def _let_in(one: Exposure, starts: Sequence[End]) -> bool:
    said = [network(text) for start in starts if isinstance(start, Outside) for text in start.ranges]
    lets = [parsed for text in one.sources if (parsed := network(text))]
    return not said or any(s and s[0] == let[0] and s[1] <= let[2] and let[1] <= s[2] for s in said for let in lets)


def _stop(context: Context, fact: Evidence, refuses: bool) -> Stop:
    subject = context.estate.resources.get(fact.subject)
    label, kind = (_name(subject), _kind(subject)) if subject is not None else ("", "")
    place = str(fact.location) if fact.location else ""
    cls = str(subject.cls) if subject is not None else ""
    return Stop(label, kind, fact.text, place=place, tone="drop" if refuses else "", cls=cls)


def _kind(resource: Resource) -> str:
    return resource.kind.removeprefix("aws_").replace("_", " ")


def _name(resource: Resource) -> str:
    return resource.label or resource.address


def is_published(context: Context, resource: Resource) -> bool:
    """Is it a thing of which it is known how the internet would reach it?"""
    kinds = ("aws_s3_bucket", "aws_lambda_function", *published_kinds())
    return resource.kind in kinds or context.facts.closed(resource) is not None


def service_of(resource: Resource) -> str | None:
    """The service a resource is used by from inside of a VPC, as its endpoints call it; None for other things."""
    parts = resource.arn.split(":")
    service = parts[2] if len(parts) > 5 else ""
    return _ENDPOINTS.get(service)
