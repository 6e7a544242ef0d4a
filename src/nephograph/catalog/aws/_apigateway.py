"""What the two generations of API Gateway share."""

import json
import re

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader
from nephograph.catalog.readers import says

_FUNCTION = re.compile(r"functions/(?P<arn>arn:[^/]+)/invocations$")


def function(uri: Cursor) -> Tree:
    """The function that an integration or authorizer calls, from the address it is called under."""
    if uri.unknown or not isinstance(uri.value, str):
        return uri if uri.unknown else None
    found = _FUNCTION.search(uri.value)
    if found:
        return uri.be(found.group("arn"))
    return uri if ":lambda:" in uri.value and uri.value.startswith("arn:") and ":function:" in uri.value else None


def escaped_policy(name: str) -> Reader:
    """A policy that the API writes with every quote escaped, as if it stood inside a text."""

    def read(document: Cursor) -> Tree:
        policy = document.at(name)
        if isinstance(policy.value, str) and '\\"' in policy.value[:4]:
            try:
                return policy.be(json.loads(f'"{policy.value}"'))
            except ValueError:
                return policy
        return policy if says(policy) else None

    return read
