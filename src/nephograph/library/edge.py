"""Lambda functions that CloudFront runs at its edge locations, where Lambda has fewer settings.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
"""

from __future__ import annotations

from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol, is_unknown

_EDGE = "edgelambda.amazonaws.com"


def at_the_edge(function: Resource, facts: Facts) -> bool:
    """Could CloudFront run it? Its role trusts Lambda@Edge, it is of us-east-1 and has no environment variables."""
    region, environment = function.scope.region, function.get("environment")
    if (region != "us-east-1" and not has_symbol(region)) or is_unknown(environment) or environment:
        return False
    return any(_trusts_edge(role) for role in facts.attached(function, "runs_as", "aws_iam_role"))


def _trusts_edge(role: Resource) -> bool:
    statements = role.get("trust_policy", "Statement")
    for statement in statements if isinstance(statements, list) else [statements]:
        principal = statement.get("Principal") if isinstance(statement, dict) else None
        services = principal.get("Service") if isinstance(principal, dict) else None
        named = services if isinstance(services, list) else [services]
        if _EDGE in named and statement.get("Effect") == "Allow":
            return True
    return False
