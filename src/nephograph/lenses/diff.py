"""What differs between two states of the estate: snapshots, directories, files, or the two sides of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from nephograph.estate.differ import ResourceChange, differences
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context, subject
from nephograph.model.answer import Answer, Change, Diff, Text
from nephograph.model.errors import UsageError
from nephograph.model.resource import Resource
from nephograph.model.span import Path, Span
from nephograph.model.value import Unknown

SECTION = "The estate"


class DiffAsk(Ask, frozen=True, kw_only=True):
    """Show what differs between two states of the estate, resource by resource and field by field.

    Each side is a path (code, a plan, a state, a folder of answers) or a snapshot of the stored estate: its number,
    latest, latest~1, or a time. PLAN@before is the side of a plan that is. Without AFTER, a plan is compared with
    itself before it is applied, and a snapshot with the newest one.
    """

    before: Annotated[str, Option("the earlier state", positional=True)]
    after: Annotated[tuple[str, ...], Option("the later state", positional=True, metavar="AFTER")] = ()
    undecided: Annotated[bool, Option("list the fields, too, that one side does not know")] = False
    exit_code: Annotated[bool, Option("exit 1 when something differs for certain", name="exit-code")] = False


ASK = DiffAsk


def two_estates(ask: DiffAsk) -> tuple[str, str]:
    """What each side is called. Raises `UsageError` for a third one."""
    if len(ask.after) > 1:
        raise UsageError("too-many-sides", f"a difference has two sides; {ask.after[1]} is a third", "name two")
    if ask.after:
        return ask.before, ask.after[0]
    return (f"{ask.before}@before", ask.before) if ask.before.endswith(".json") else (ask.before, "latest")


def answer(ask: DiffAsk, context: Context) -> Answer:
    """Compare the estate of the context with the one before it."""
    before = context.before
    assert before is not None, "the door opens both sides"
    found = differences(before.estate, context.estate, context.moved)
    changes = [_whole(r, "added") for r in found.added] + [_whole(r, "removed") for r in found.removed]
    changes += [change for one in found.changed for change in _fields(one, decided=True)]
    changes += [_moved(one) for one in found.moved]
    open_ones = [change for one in (*found.changed, *found.undecided) for change in _fields(one, decided=False)]
    counts = {
        "added": len(found.added),
        "removed": len(found.removed),
        "changed": len(found.changed),
        "moved": len(found.moved),
        "undecided": len(found.undecided),
        "same": found.same,
    }
    differs = bool(found.added or found.removed or found.changed)
    return Answer(
        command="diff",
        snapshot=context.snapshot,
        verdict="yes" if differs else "depends" if found.undecided else "no",
        depends_on=tuple(dict.fromkeys(change.what for change in open_ones)) if not differs else (),
        coverage=context.coverage,
        errors=(*before.problems, *context.problems),
        assumptions=tuple(dict.fromkeys((*before.assumptions, *context.assumptions))),
        blocks=(
            Text(_summary(counts, len(open_ones), ask.undecided)),
            *((Diff(tuple(changes), "Differences"),) if changes else ()),
            *((Diff(tuple(open_ones), "Not decided"),) if open_ones and ask.undecided else ()),
        ),
        data={
            "counts": counts,
            "before": {"snapshot": before.snapshot, "resources": len(before.estate.resources)},
            "undecided": [] if ask.undecided else open_ones,
        },
    )


def _summary(counts: dict[str, int], open_fields: int, listed: bool) -> str:
    said = [f"{counts[name]} {name}" for name in ("added", "removed", "changed", "moved") if counts[name]]
    sentence = ", ".join(said) if said else "nothing differs"
    sentence = f"{sentence[0].upper()}{sentence[1:]}; {counts['same']} resources are the same."
    if open_fields:
        what = "field is" if open_fields == 1 else "fields are"
        hint = "" if listed else " (list them with --undecided)"
        sentence += f" {open_fields} {what} not known on one side and may differ{hint}."
    return sentence


def _whole(resource: Resource, kind: str) -> Change:
    return Change(_called(resource), kind, resource=subject(resource), location=_span(resource, ()))


def _moved(change: ResourceChange) -> Change:
    one, other = change.before, change.after
    where = _span(other, ())
    return Change(
        other.kind, "moved", _place(one), _place(other), subject(other), location=where, reason=change.pair.reason
    )


def _fields(change: ResourceChange, decided: bool) -> Iterator[Change]:
    other = change.after
    for field in change.fields:
        if field.decided is decided:
            name = _dotted(field.path)
            yield Change(
                what=f"{_called(other)}: {name}",
                kind="changed" if decided else "undecided",
                before=_shown(field.before),
                after=_shown(field.after),
                resource=subject(other),
                field=name,
                location=_span(other, field.path),
                reason=change.pair.reason,
            )


def _called(resource: Resource) -> str:
    return f"{resource.kind} {resource.label}" if resource.address.startswith(resource.kind) else _place(resource)


def _place(resource: Resource) -> str:
    return resource.address if resource.root in ("", ".") else f"{resource.root}: {resource.address}"


def _dotted(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) or part in "+-" else f".{part}" for part in path).lstrip(".")


def _shown(value: Any) -> Any:
    """The value for people and programs: an Unknown in its words, an entity by its name."""
    if isinstance(value, Unknown):
        return f"not known ({value})"
    if isinstance(value, dict):
        return {name: _shown(child) for name, child in value.items()}
    return [_shown(child) for child in value] if isinstance(value, list) else value


def _span(resource: Resource, path: Path) -> Span | None:
    plain = tuple(part for part in path if part not in ("+", "-"))
    origin = resource.origin(*plain)
    # What makes a field differ is written at the far end of the chain: in a variable file rather than in a module.
    spans = [cause.span for cause in origin.causes if cause.span] if origin else []
    return spans[-1] if spans else origin.span if origin else None
