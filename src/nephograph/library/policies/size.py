"""How large a policy is, as AWS counts: characters of the JSON text without white space between its parts.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from __future__ import annotations

import json
import re
from typing import Any

from nephograph.library.policies.documents import Document
from nephograph.model.value import Unknown

_SYMBOL = re.compile(r"⟨[^⟩]*⟩+")


def size(document: Document) -> int:
    """Characters the document has at least: a piece that is not known counts as nothing."""
    if size not in document.kept:
        document.kept[size] = len(json.dumps(_known(document.said), ensure_ascii=False, separators=(",", ":")))
    kept: int = document.kept[size]
    return kept


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _known(one) for name, one in value.items() if not isinstance(one, Unknown)}
    if isinstance(value, list):
        return [_known(one) for one in value if not isinstance(one, Unknown)]
    return _SYMBOL.sub("", value) if isinstance(value, str) else value
