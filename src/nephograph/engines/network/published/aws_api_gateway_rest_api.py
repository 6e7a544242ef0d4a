"""REST APIs: regional and edge endpoints are public, private ones are not; a resource policy may narrow them.

Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html,
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
"""

from __future__ import annotations

from nephograph.engines.network.published._api import endpoint
from nephograph.engines.network.view import View, name
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, depends


def published(view: View, api: Resource) -> list[Exposure]:
    """The API at its public endpoint."""
    types = api.get("endpoint_types")
    conditions: list[Verdict] = []
    if isinstance(types, Unknown):
        conditions.append(depends(f"the endpoint type of {name(api)} ({types})"))
    elif isinstance(types, list) and types and all(str(word).upper() == "PRIVATE" for word in types):
        return []
    if api.get("policy") is not None:
        conditions.append(depends(f"whom the resource policy of {name(api)} lets call"))
    return endpoint(view, api, *conditions)
