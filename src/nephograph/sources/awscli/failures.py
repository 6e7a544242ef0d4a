"""What an error says that stands where an answer should: that there is none, or that nobody was let see."""

from __future__ import annotations

import re

from nephograph.sources.awscli.operations import Operation
from nephograph.sources.awscli.services import squashed

_NONE = re.compile(r"^(?:NoSuch|.*NotFound|.*DoesNotExist|.*NotExist|.*NotInUse)", re.IGNORECASE)
_DENIED = re.compile(
    r"Denied|Unauthorized|Forbidden|NotAuthorized|Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|OptInRequired|"
    r"ExpiredToken|InvalidClientTokenId|UnrecognizedClient|AuthFailure|SignatureDoesNotMatch|SubscriptionRequired",
    re.IGNORECASE,
)
_AROUND = re.compile(r"^NoSuch|(?:DoesNotExist|NotFound|NotExist).*$")


def means_none(code: str, operation: Operation) -> bool:
    """True when the code says that the resource has no such thing; not when it says that there is no resource.

    `NoSuchBucketPolicy` of a bucket's policy means none, `NoSuchBucket` that the bucket is gone. Of what an account
    has once, or lists, it means that the account has none.
    """
    if _NONE.match(code) is None:
        return False
    if operation.of_account:
        return True
    if not all(way.spelling.part_of for way in operation.ways):
        return False
    missing = squashed(_AROUND.sub("", code.rpartition(".")[2]))
    owners = {squashed(way.kind.native.rpartition("::")[2]) for way in operation.ways}
    return missing not in owners


def is_denial(code: str) -> bool:
    """True when the call was refused for what it asked or how often, so that nothing was seen."""
    return _DENIED.search(code) is not None
