"""From things to documents: owners are found, accounts and regions settled, credentials left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from nephograph.catalog.normal import said_fields
from nephograph.model.source import Document, Gap, Loaded, LoadOptions, Scope
from nephograph.model.value import Reason, Unknown
from nephograph.sources.awscli.asked import Known, asked, names_of
from nephograph.sources.awscli.gather import Gathering, Said
from nephograph.sources.awscli.operations import Index
from nephograph.sources.awscli.places import Places, own_place
from nephograph.sources.awscli.secrets import without_credentials
from nephograph.sources.awscli.things import Thing
from nephograph.sources.placed import PlacedDocument
from nephograph.sources.written import DataDocument

PROVIDER = "aws"


def written(gathering: Gathering, options: LoadOptions, loaded: Loaded) -> None:
    """Fill in the documents, what was answered whole, and the gaps that show only now."""
    _settle(gathering)
    places = gathering.places
    scopes = {id(thing): _scope(thing, places) for thing in gathering.things}
    taken: Counter[tuple[str, str]] = Counter()
    for thing in gathering.things:
        loaded.documents.append(_document(thing, scopes[id(thing)], options, taken))
    loaded.seen = gathering.seen
    _answered(gathering, scopes, loaded)


def _settle(gathering: Gathering) -> None:
    """Find what was asked for and who owns what: first by things that say it themselves, then by their names."""
    owners = _Owners(gathering.places, gathering.index)
    waiting: list[Thing] = []
    for thing in gathering.things:
        if thing.ways and not thing.part_of and not (thing.operation and thing.operation.asks):
            owners.add(thing)
        else:
            waiting.append(thing)
    parts = [thing for thing in waiting if thing.part_of]
    for thing in waiting:
        if not thing.part_of:
            owners.find(thing)
            if thing.ways:
                owners.add(thing)
    for thing in parts:
        owners.find(thing)
    doubted = [t for t in waiting if t.answer.named.doubtful and t.operation and None in t.asked.values()]
    for thing in doubted:
        # The name was that of another operation after all.
        thing.type, thing.ways, thing.operation, thing.asked = thing.answer.named.stranger, (), None, {}
    lost = {id(thing) for thing in doubted}
    for said in gathering.said:
        said.things = [thing for thing in said.things if id(thing) not in lost]


class _Owners:
    """Things of their own by kind and by the values they are known by."""

    def __init__(self, places: Places, index: Index) -> None:
        self._places = places
        self._asked = {name for operation in index.operations for name in operation.asks[:1]}
        self._known: dict[str, Known] = defaultdict(Known)
        self._keys: dict[str, Known] = defaultdict(Known)
        self._by_attribute: dict[str, Known] = defaultdict(Known)
        self._identity: dict[int, str] = {}
        self._things: dict[str, dict[str, list[Thing]]] = defaultdict(lambda: defaultdict(list))

    def add(self, thing: Thing) -> None:
        """A thing of its own."""
        thing.own = own_place(_said(thing), thing.kinds)
        self._places.told(thing.answer.relative, thing.own)
        assert thing.spelling is not None
        identity = _identity(thing)
        self._identity[id(thing)] = identity
        for name, value in _said(thing).items():
            if name in self._asked and isinstance(value, str):
                self._by_attribute[name].add({name: value}, name)
        for kind in thing.kinds:
            self._known[kind.name].add(_said(thing), thing.spelling.key)
            self._keys[kind.name].add({"id": identity}, "id")
            for value in {identity, *names_of(_said(thing), thing.spelling.key)} - {""}:
                self._things[kind.name][value].append(thing)

    def find(self, thing: Thing) -> None:
        """What a thing was asked by, and whose part it is."""
        if not thing.ways or thing.operation is None:
            thing.own = own_place(thing.attributes, ())
            return
        answer = thing.answer
        around = answer.data if isinstance(answer.data, dict) else {}
        asks = thing.operation.asks
        # What is asked for may be of another kind: rules are asked for by their listener.
        known = Known(
            *(self._keys[kind.name] for kind in thing.kinds if thing.part_of),
            *(self._known[kind.name] for kind in thing.kinds),
            *(self._by_attribute[name] for name in asks[:1]),
        )
        thing.asked = asked(asks, answer.named, {**around, **thing.attributes}, answer.request, known)
        thing.own = own_place(_said(thing), thing.kinds)
        if not thing.part_of:
            return
        value = _said(thing).get(thing.part_of)
        if not isinstance(value, str):
            return
        account = thing.own[0] or answer.named.account
        near = [t for kind in thing.kinds for t in self._things[kind.name].get(value, ())]
        here = [t for t in near if account in (t.own[0], t.answer.named.account)] if account else near
        if here and len({t.own for t in here}) == 1:
            thing.owner = here[0]
        if thing.owner is not None and thing.part_of in thing.asked and not value.startswith("arn:"):
            # The call takes a name in other words (`/hostedzone/Z1`) than the owner is known by (`Z1`).
            thing.asked[thing.part_of] = self._identity[id(thing.owner)] or value
        region = thing.own[1]
        if thing.owner is not None and region and not thing.owner.own[1]:
            thing.owner.own = (thing.owner.own[0], region)


def _identity(thing: Thing) -> str:
    """What the kind reads as the one key of a thing; "" when it has several, or says none."""
    way = thing.ways[0]
    if len(way.kind.identity) != 1:
        return ""
    document = DataDocument("api", thing.type, "", "", Scope(PROVIDER), _said(thing), "dump")
    value = said_fields(way.kind, document, way.spelling, way.kind.identity).get(way.kind.identity[0])
    return value if isinstance(value, str) else ""


def _said(thing: Thing) -> dict[str, Any]:
    return {**{name: value for name, value in thing.asked.items() if value is not None}, **thing.attributes}


def _scope(thing: Thing, places: Places) -> Scope:
    """Where a thing lives."""
    if thing.owner is not None:
        return _scope(thing.owner, places)
    answer = thing.answer
    account = thing.own[0] or places.account(answer.relative, answer.named)
    if thing.ways and all(kind.global_ for kind in thing.kinds):
        region = ""
    elif thing.own[1] is not None and (thing.own[1] or not thing.ways):
        region = thing.own[1]
    else:
        region = places.region(answer.relative, answer.named)
    return Scope(PROVIDER, account, region)


def _document(thing: Thing, scope: Scope, options: LoadOptions, taken: Counter[tuple[str, str]]) -> Document:
    answer = thing.answer
    place = "/".join(part for part in (scope.account, scope.region) if part)
    root = "/".join(part for part in (options.prefix.rstrip("/"), place) if part)
    what = thing.kinds[0].name if thing.ways and not thing.part_of else thing.type
    file = answer.shown if answer.place is None else f"{answer.shown}{''.join(f'[{p}]' for p in thing.place)}"
    address = f"{what}.{thing.name or file}"
    if not thing.ways or thing.part_of:
        # Answers about one resource have its name; parts and things of unknown kinds must be told apart.
        taken[root, address] += 1
        if taken[root, address] > 1:
            address = f"{address}#{taken[root, address]}"
    # What names the thing, or its owner, must not be missing silently; other parameters may be.
    naming = {thing.part_of or (thing.spelling.key if thing.spelling else "")}
    missing = {
        name: Unknown(Reason.NOT_SEEN, f"{name} of {answer.shown}")
        for name, value in thing.asked.items()
        if value is None and name in naming and name not in thing.attributes
    }
    attributes = {**missing, **without_credentials(_said(thing), answer.text.hide)}
    call = thing.operation.name if thing.operation else thing.type
    if answer.place is None or answer.error:
        return DataDocument(
            "api", thing.type, root, address, scope, attributes, "dump", None, answer.span, call, answer.time
        )
    return PlacedDocument(
        "api",
        thing.type,
        root,
        address,
        scope,
        attributes,
        "dump",
        None,
        answer.span,
        call,
        answer.time,
        answer.text,
        (*answer.place, *thing.place),
        ((),),
    )


def _answered(gathering: Gathering, scopes: dict[int, Scope], loaded: Loaded) -> None:
    """What was asked of whole accounts and regions; what is left out of an answer is a gap."""
    places = gathering.places
    listings: dict[tuple[str, Scope, tuple[str, ...]], list[Said]] = defaultdict(list)
    for said in gathering.said:
        answer = said.answer
        own = {scopes[id(thing)].account for thing in said.things}
        account = places.said_account(answer.relative, answer.named) or (next(iter(own)) if len(own) == 1 else "")
        account = account or places.account(answer.relative, answer.named)
        regions = {scopes[id(thing)].region for thing in said.things}
        region = (
            "" if said.operation.global_ else answer.named.region or (next(iter(regions)) if len(regions) == 1 else "")
        )
        if not region and not said.operation.global_:
            region = places.region(answer.relative, answer.named)
        asks = tuple(str(value) for thing in said.things[:1] for value in thing.asked.values())
        listings[said.operation.name, Scope(PROVIDER, account, region), asks].append(said)
    answered: dict[tuple[str, Scope], None] = {}
    for (name, scope, asks), pages in listings.items():
        if all(said.cut for said in pages):
            last = pages[-1].answer
            of = f" for {'/'.join(asks)}" if asks else ""
            loaded.gaps.append(
                Gap("answer-truncated", f"{name}{of}", f"{last.shown} says that there is more than it holds", last.span)
            )
            continue
        operation = pages[0].operation
        if operation.lists_all or operation.of_account:
            # What an account has once is answered for all of it.
            # A list of all regions (S3's buckets) speaks for every region that it names.
            regions = {
                scopes[id(t)].region for said in pages for t in said.things if scopes[id(t)].account == scope.account
            }
            for type, _ in operation.types:
                for region in sorted({scope.region, *regions}):
                    answered[type, Scope(PROVIDER, scope.account, region)] = None
    loaded.answered = list(answered)
