"""How people name what an attacker holds: a principal, a workload, a key, an account."""

from __future__ import annotations

import difflib

from nephograph.engines.paths.held import Starts
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.dossier import called
from nephograph.library.escalations import requested
from nephograph.model.errors import UsageError
from nephograph.model.resource import Class

HOLDABLE = (Class.PRINCIPAL, Class.COMPUTE, Class.FUNCTION, Class.CONTAINER)
"""Classes of things that an attacker acts as."""

_KEY = "aws_iam_access_key"
_HELP = "name a principal, a workload, an access key or an account"


def starts_named(context: Context, word: str) -> Starts:
    """What holding this means: the thing itself, the user of an access key, or a whole account.

    Raises `UsageError` when nothing that can be held goes by the name.
    """
    number = word.removeprefix("account").strip().removeprefix(":")
    accounts = sorted({r.scope.account for r in context.estate.resources.values() if r.scope.account})
    if number in accounts:
        return Starts((), (f"account {number}",))
    found = called(context.estate, word)
    things = [one for one in found if one.cls in HOLDABLE and one.kind != "aws_iam_instance_profile"]
    things += [user for one in found if one.kind == _KEY for user in context.facts.attached(one, "key_of")]
    if things:
        return Starts(tuple(dict.fromkeys(one.urn for one in things)))
    if found:
        one = found[0]
        raise UsageError(
            "not-holdable",
            f"{word} ({one.kind}) is nothing that an attacker acts as",
            f"name a principal, a workload, an access key or an account; `neph reaches {word}` asks who gets there",
        )
    every = [one for one in context.estate.resources.values() if one.cls in HOLDABLE or one.kind == _KEY]
    names = list(dict.fromkeys(n for one in every for n in (one.label, one.address, one.arn) if n))
    close = difflib.get_close_matches(word, [*names, *accounts], n=3, cutoff=0.5)
    help_ = (
        f"did you mean {', '.join(close)}?" if close else "name a principal, a workload, an access key or an account"
    )
    raise UsageError("nothing-known", f"no principal, workload, key or account goes by the name {word}", help_)


def held_by(context: Context, word: str) -> tuple[str, ...]:
    """The principals and workloads that go by the name; none where the word asks for a way in, or names nothing."""
    if word == "internet" or word in requested():
        return ()
    try:
        return starts_named(context, word).things
    except UsageError:
        return ()
