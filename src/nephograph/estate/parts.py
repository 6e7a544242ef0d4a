"""Parts join their owners: what Terraform or an API says apart of a resource becomes what that resource says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from nephograph.catalog.language import API, Kind, Spelling
from nephograph.catalog.normal import normal_form
from nephograph.estate import names
from nephograph.estate.owners import Owner, Ways
from nephograph.model.source import Document, Gap, Said
from nephograph.model.span import Span
from nephograph.model.value import Reason, Unknown

_CHAIN = 8
"""How many parts may name each other on the way to their owner."""


def join_parts(owners: list[Owner], parts: Sequence[tuple[Document, Ways, Said]], gaps: list[Gap]) -> int:
    """Give every part to its owners. Returns how many found one."""
    by_address = {o.place: o for o in owners}
    by_kind: dict[tuple[str, Said], list[Owner]] = defaultdict(list)
    for owner in owners:
        by_kind[owner.kind.name, owner.said].append(owner)
    literal: dict[tuple[str, Said], dict[str, list[Owner]]] = {}

    by_part = {(document.root, document.address): (document, ways) for document, ways, _ in parts}

    def owner_of(kind: Kind, one: Any, document: Document, said: Said, depth: int = 0) -> Owner | None:
        if isinstance(one, Unknown):
            where = (document.root, one.ref.address) if one.ref else ("", "")
            referred = by_address.get(where)
            if referred is None and where in by_part and depth < _CHAIN:
                # A part named by another part (`aws_s3_bucket_versioning.v.id`): both have the same owner.
                part, ways = by_part[where]
                own = [v for k, s in ways if k.name == kind.name for v in _listed(part.attributes.get(s.part_of))]
                referred = owner_of(kind, own[0], part, said, depth + 1) if len(own) == 1 else None
            if referred is not None:
                return referred if referred.kind.name == kind.name else None
        if (kind.name, said) not in literal:
            literal[kind.name, said] = _literal_names(by_kind[kind.name, said])
        # A name with an unknown piece still names the owner that has the very same name, within one root.
        text = one.symbol if isinstance(one, Unknown) else str(one)
        named = literal[kind.name, said].get(text, ())
        near = [o for o in named if names.everywhere(kind) or _same_account(o.main, document)]
        # What a state shows does not tell the account of everything: an id that is given is one thing's.
        near = near or [o for o in named if kind.has_given_ids]
        if not kind.global_:
            same_region = [o for o in near if o.main.scope.region == document.scope.region]
            near = same_region if same_region or document.dialect == API else near
        return next((o for o in near if not isinstance(one, Unknown) or o.main.root == document.root), None)

    joined = 0
    for document, ways, said in parts:
        found = False
        missing: list[str] = []
        for attribute in dict.fromkeys(spelling.part_of for _, spelling in ways):
            kinds = [(kind, spelling) for kind, spelling in ways if spelling.part_of == attribute]
            named = _listed(document.attributes.get(attribute))
            if not named:
                missing.append(f"its {attribute} names nothing")
            for one in named:
                given = [
                    (o, spelling) for kind, spelling in kinds if (o := owner_of(kind, one, document, said)) is not None
                ]
                for owner, spelling in given:
                    owner.written.append((document, spelling))
                found = found or bool(given)
                if not given:
                    for kind, spelling in kinds:
                        _doubt(by_kind[kind.name, said], document, spelling, one)
                    why = str(one) if isinstance(one, Unknown) else f"{one!r} is not in the data"
                    missing.append(f"its {attribute}: {why}")
        joined += found
        # Instances seen are evaluated or named once: a part that found one owner of several is evaluated.
        if not found:
            gaps.append(Gap("part-without-owner", document.address, "; ".join(missing), span_of(document)))
        elif unseen := [why for why in missing if not why.endswith("names nothing")]:
            gaps.append(Gap("owner-not-seen", document.address, "; ".join(unseen), span_of(document), len(unseen)))
    return joined


def _listed(value: Any) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if one is not None]


def _doubt(candidates: Sequence[Owner], document: Document, spelling: Spelling, value: Any) -> None:
    """A part whose owner is not known may belong to any owner of its root: what it says becomes uncertain there."""
    elsewhere = (Reason.ABSENT_MODULE, Reason.DATA_SOURCE, Reason.OUTSIDE_ROOT)
    if not isinstance(value, Unknown) or value.reason in elsewhere or value.ref is not None:
        return
    for owner in candidates:
        if owner.main.root == document.root:
            owner.doubts.append((document, spelling))


def _literal_names(owners: Sequence[Owner]) -> dict[str, list[Owner]]:
    found: dict[str, list[Owner]] = defaultdict(list)
    for owner in owners:
        config = normal_form(owner.kind, [one for one in owner.written if not one[1].part_of])
        where = (owner.kind, config, owner.main.scope, names.qualified(owner.main.root, owner.main.address))
        for template in (owner.kind.id, owner.kind.arn, *(f"{{{field}}}" for field in owner.kind.identity)):
            if template:
                found[names.fill(template, *where)].append(owner)
        aliases = {alias for name in owner.kind.aliases if isinstance(alias := config.get(name), str)}
        for stated in {names.given(owner.main, "arn"), names.given(owner.main, "id"), *aliases} - {""}:
            if owner not in found[stated]:
                found[stated].append(owner)
    return found


def _same_account(one: Document, other: Document) -> bool:
    return one.scope.provider == other.scope.provider and one.scope.account == other.scope.account


def span_of(document: Document) -> Span | None:
    """Where the document stands."""
    origin = document.origin(())
    return origin.span if origin else None
