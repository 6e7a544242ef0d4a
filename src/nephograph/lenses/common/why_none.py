"""Why an estate has no attack path: nothing gets in, nothing is reached, or nothing goes by what was asked for."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from nephograph.engines.paths.closure import Move
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.held import HOLDABLE, held_by
from nephograph.library.escalations import attack_rules, requested
from nephograph.library.losses import loss_of, losses
from nephograph.model.rule import Atom


def why_none(
    context: Context, entries: Sequence[Move], reached: Sequence[Atom], origins: Sequence[str], targets: Sequence[str]
) -> list[str]:
    """One sentence or more: of the ways in that were followed (`entries`), of what they reach, of each word asked for.

    Nothing where the estate is empty: then there is nothing to say of paths.
    """
    if not context.estate.resources:
        return []
    told = [said for word in origins if (said := _of_origin(context, entries, word))]
    if not entries and not told:
        asked = ", ".join(sorted(requested()))
        return [
            "No way in from outside was found: nothing is reached from the internet, open to strangers or shared with "
            f"everybody. Other ways in are followed on request (--from {asked}, or the name of what is held)."
        ]
    told += [said for word in targets if (said := _of_target(context, reached, word))]
    if not reached and not told:
        word = "asked for" if origins else "reached from outside"
        return [f"What is {word} leads to no data, secret, key, backup, log or administrator."]
    return told or ["Paths there are, but none from and to what was asked for."]


def _of_origin(context: Context, entries: Sequence[Move], word: str) -> str:
    """Why nothing starts by this word; "" where something does."""
    if word == "internet":
        found = any(move.key.source == "internet" for move in entries)
        return "" if found else "The internet gets to nothing here that runs code or holds data."
    if word in requested():
        rules = {rule.name for rule in attack_rules((word,)) if rule.on_request == word}
        found = any(move.key.rule in rules for move in entries)
        return "" if found else f"Nothing here is a way in by {word}."
    if held_by(context, word) or any(_holds(move, word, context) for move in entries):
        return ""
    names = [r.label for r in context.estate.resources.values() if r.label and r.cls in HOLDABLE]
    close = difflib.get_close_matches(word, dict.fromkeys((*requested(), "internet", *names)), n=3, cutoff=0.5)
    hint = f"; did you mean {', '.join(close)}?" if close else f"; words for ways in: {', '.join(sorted(requested()))}."
    return f"Nothing here that an attacker starts at goes by {word}{hint}"


def _holds(move: Move, word: str, context: Context) -> bool:
    """Does what the move enters from go by the word?"""
    source = context.facts.resource(move.key.source)
    names = (move.key.source, *((source.label, source.address, source.kind, str(source.cls)) if source else ()))
    return any(word.lower() in name.lower() for name in names)


def _of_target(context: Context, reached: Sequence[Atom], word: str) -> str:
    """Why nothing ends by this word; "" where something that an attacker comes for does."""
    sorts = sorted({one.word for one in losses()})
    if word in sorts:
        kinds = {atom: context.facts.resource(atom.terms[0]) for atom in reached}
        found = [loss_of(atom.predicate, one.kind if one else "") for atom, one in kinds.items()]
        return "" if any(loss and loss.word == word for loss in found) else f"No way in leads to {word}."
    every = context.estate.resources.values()
    meant = [r for r in every if any(word.lower() in n.lower() for n in (r.urn, r.kind, r.address, r.label, r.cls))]
    if meant or word.lower() in "account":
        urns = {atom.terms[0] for atom in reached}
        return "" if any(r.urn in urns for r in meant) else f"No way in leads to what goes by {word}."
    names = list(dict.fromkeys(name for r in every for name in (r.label, r.address) if name))
    close = difflib.get_close_matches(word, [*sorts, *names], n=3, cutoff=0.5)
    hint = f"; did you mean {', '.join(close)}?" if close else f"; sorts of loss: {', '.join(sorts)}."
    return f"Nothing here goes by {word}{hint}"
