"""HTTP and WebSocket APIs: their endpoint is public.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
"""

from __future__ import annotations

from nephograph.engines.network.published._api import endpoint
from nephograph.engines.network.view import View
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource


def published(view: View, api: Resource) -> list[Exposure]:
    """The API at its public endpoint."""
    return endpoint(view, api)
