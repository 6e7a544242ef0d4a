"""What hands requests and events on to functions: APIs, queues, topics, buses, buckets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Evidence, Verdict, all_of, any_of, depends, yes

_SOURCES = ("aws_sqs_queue", "aws_sns_topic", "aws_cloudwatch_event_bus", "aws_s3_bucket", "aws_kinesis_stream")


@predicate(2)
def hands_on(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """What is sent to the queue, topic, bus or bucket is handed to the function.

    That what it is sent makes the function do something else is not shown by code: the best answer is depends.
    https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
    """
    for kind in _SOURCES:
        for source in bound(facts, args[0], facts.resources(kind)):
            for function, proof in _fed(facts, source):
                if args[1] in (None, function.urn):
                    on = f"whether {name(function)} can be made to do something else by what it is sent"
                    yield fact("hands_on", source.urn, function.urn, verdict=depends(on, because=(proof,)))


def _fed(facts: EstateFacts, source: Resource) -> Iterator[tuple[Resource, Evidence]]:
    for mapping in facts.holders(source, "reads_from", "aws_lambda_event_source_mapping"):
        if mapping.get("enabled") is not False:
            for function in facts.attached(mapping, "triggers", "aws_lambda_function"):
                yield function, evidence(f"{name(function)} reads {name(source)}", mapping, "source")
    for function in facts.attached(source, "notifies", "aws_lambda_function"):
        yield function, evidence(f"{name(source)} calls {name(function)}", source)
    for rule in facts.holders(source, "listens_to", "aws_cloudwatch_event_rule"):
        for function in facts.attached(rule, "notifies", "aws_lambda_function"):
            if rule.get("enabled") is not False:
                yield function, evidence(f"rule {name(rule)} calls {name(function)}", rule, "targets")


_APIS = ("aws_api_gateway_rest_api", "aws_apigatewayv2_api")
_GATEWAY = "service:apigateway.amazonaws.com"


@predicate(2)
def answers_anyone(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The API can be called from the internet, and hands what it is sent to the function without asking who calls.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
    """
    for kind in _APIS:
        for api in bound(facts, args[0], facts.resources(kind)):
            for function in facts.attached(api, "forwards_to", "aws_lambda_function"):
                if args[1] in (None, function.urn):
                    called = facts.can(_GATEWAY, "lambda:InvokeFunction", function).verdict
                    verdict = all_of((_public(facts, api), _unasked(api), called))
                    if verdict.possible:
                        yield fact("answers_anyone", api.urn, function.urn, verdict=verdict)


def _public(facts: EstateFacts, api: Resource) -> Verdict:
    types = api.get("endpoint_types")
    if isinstance(types, Unknown):
        return depends(f"whether API {name(api)} is private ({types})")
    if types == ["PRIVATE"]:
        return Verdict("no", (evidence(f"API {name(api)} is private", api, "endpoint_types"),))
    if api.get("policy") is not None:
        return facts.can("anonymous", "execute-api:Invoke", api).verdict
    if api.get("default_endpoint_disabled") is True:
        return depends(f"whether a domain name of one's own leads to API {name(api)}")
    return yes(evidence(f"API {name(api)} is reached from the internet", api))


def _unasked(api: Resource) -> Verdict:
    """Is there a route that asks nobody who calls?"""
    field = "routes" if api.kind == "aws_apigatewayv2_api" else "methods"
    routes = api.get(field)
    if isinstance(routes, Unknown) or api.get("by_openapi") is not False or not routes:
        return depends(f"which routes of API {name(api)} ask who calls")
    return any_of(_asks_nobody(api, field, at, route) for at, route in enumerate(routes))


def _asks_nobody(api: Resource, field: str, at: int, route: Any) -> Verdict:
    if not isinstance(route, dict):
        return depends(f"whether a route of API {name(api)} asks who calls")
    said = route.get("authorization")
    called = route.get("route") or route.get("method") or "a route"
    if isinstance(said, Unknown):
        return depends(f"whether {called} of API {name(api)} asks who calls ({said})")
    if said not in (None, "NONE"):
        return Verdict("no", (evidence(f"{called} of API {name(api)} asks who calls", api, field, at),))
    proof = evidence(f"{called} of API {name(api)} asks nobody who calls", api, field, at)
    if route.get("api_key_required") is True:
        return depends(f"who has a key of API {name(api)}", because=(proof,))
    return yes(proof)
