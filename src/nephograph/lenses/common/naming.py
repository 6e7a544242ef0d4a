"""How people name principals, resources and request context on a command line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from nephograph.engines.identity.condition import MAYBE, Known
from nephograph.engines.identity.trust import host_of
from nephograph.estate.graph import Estate
from nephograph.lenses.common.dossier import called
from nephograph.model.errors import UsageError
from nephograph.model.resource import Resource

PRINCIPAL_KINDS = ("aws_iam_role", "aws_iam_user")

_WORDS = ("anonymous", "stranger")


def principal_named(estate: Estate, word: str) -> Resource | str:
    """A role or user by urn, address, ARN, id or name; else what is no resource: an ARN, an account, a service.

    Raises `UsageError` when several go by the name, or none.
    """
    found = [one for one in called(estate, word) if one.kind in PRINCIPAL_KINDS]
    if len(found) == 1:
        return found[0]
    if found:
        raise several("principals", word, found)
    if word == "*":
        return "anonymous"
    if word in _WORDS or word.isdigit() or word.startswith(("arn:", "service:", "federated:")):
        return word
    if word.endswith(".amazonaws.com"):
        return f"service:{word}"
    every = [one for kind in PRINCIPAL_KINDS for one in estate.of_kind(kind)]
    raise nothing_known("principal", word, every, "an ARN, an account number, a service or anonymous do, too")


def resource_named(estate: Estate, word: str, action: str) -> Resource | str:
    """A resource by urn, address, ARN, id or name, or an object as `bucket/key`; any other ARN, and `*`, as they are.

    Where several resources share a name, the action's service decides. Raises `UsageError` when it does not, or when
    nothing goes by the name.
    """
    found = called(estate, word)
    if len(found) > 1:
        service = action.partition(":")[0].lower()
        found = [one for one in found if _service(one) == service] or found
    if len(found) == 1:
        return found[0]
    if found:
        raise several("resources", word, found)
    if word == "*" or word.startswith("arn:"):
        return word
    name, slash, key = word.partition("/")
    buckets = [one for one in called(estate, name) if one.kind == "aws_s3_bucket"] if slash else []
    if len(buckets) == 1 and buckets[0].arn:
        return f"{buckets[0].arn}/{key}"
    raise nothing_known("resource", word, estate.resources.values(), "an ARN that is not of the estate does, too")


def _service(resource: Resource) -> str:
    parts = resource.arn.split(":", 3)
    return parts[2] if len(parts) > 3 else ""


def request_context(said: Sequence[str], absent: Sequence[str], unknown: Sequence[str]) -> dict[str, Known]:
    """The keys of a request: `key=value` (the same key again: one more value), keys it lacks, keys not known.

    Raises `UsageError` for what is no `key=value`, and for a key said in two ways.
    """
    values: dict[str, tuple[str, ...]] = {}
    for text in said:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise UsageError(
                "bad-context", f"--context {text} is not key=value", "write it like --context aws:SourceVpce=vpce-1"
            )
        values[key.lower()] = (*values.get(key.lower(), ()), value)
    known: dict[str, Known] = dict(values)
    for keys, meaning in ((absent, None), (unknown, MAYBE)):
        for key in keys:
            if key.lower() in known:
                raise UsageError("bad-context", f"{key} is said in two ways", "say it once")
            known[key.lower()] = meaning
    return known


def shown(estate: Estate, word: str) -> str:
    """What to call a principal or resource of a decision."""
    resource = estate.resources.get(word)
    if resource is None:
        if word.startswith("federated:"):
            return host_of(word.removeprefix("federated:"))
        words = {"anonymous": "anybody on the internet", "stranger": "any AWS account"}
        return words.get(word, word.removeprefix("service:"))
    return resource.label or resource.address


def several(what: str, word: str, found: Sequence[Resource]) -> UsageError:
    """The error for a name that several things go by."""
    names = ", ".join(one.arn or one.address for one in found[:5])
    return UsageError("ambiguous", f"{len(found)} {what} go by the name {word}: {names}", "name one of them in full")


def nothing_known(what: str, word: str, every: Iterable[Resource], else_: str) -> UsageError:
    """The error for a name nothing goes by: names that are close, else `else_`."""
    names = list(dict.fromkeys(n for one in every for n in (one.label, one.address, one.arn) if n))
    close = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    return UsageError(
        "nothing-known",
        f"no {what} goes by the name {word}",
        f"did you mean {', '.join(close)}?" if close else else_,
    )
