"""Names and values of settings that hold credentials, as checks see them."""

from __future__ import annotations

import re

from nephograph.model.value import Reason, Unknown

_NAME = re.compile(r"(?i)(passw(or)?d|secret|token|api_?key|private_?key|credential)")
_POINTER = re.compile(r"(?i)(_arn|_name|_id|_path|_file|_url|_ttl|_expiry)$")


def holds_credential(name: str, value: object) -> bool:
    """Does a setting of this name hold a credential that is written in the code?

    Sources do not keep what looks like one: then that it was written is all that is known of it. A value that points
    to where a credential is kept is none.
    """
    if isinstance(value, Unknown):
        return value.reason is Reason.SENSITIVE
    literal = isinstance(value, str) and value != "" and not value.startswith("arn:")
    return literal and _NAME.search(name) is not None and _POINTER.search(name) is None
