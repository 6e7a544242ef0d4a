"""Sorts answers: which operation each is of, which things it speaks of, what is refused or not understood."""

from __future__ import annotations

from typing import Any

import msgspec

from nephograph.model.source import Gap, LoadOptions
from nephograph.sources.awscli.answers import Answer, is_cut
from nephograph.sources.awscli.failures import is_denial, means_none
from nephograph.sources.awscli.objects import is_too_deep, objects
from nephograph.sources.awscli.operations import ASIDE, Index, Operation
from nephograph.sources.awscli.places import Places
from nephograph.sources.awscli.recognise import best_of, reads_all, recognised, recognised_list
from nephograph.sources.awscli.services import squashed
from nephograph.sources.awscli.things import Thing

_CALLER = frozenset({"UserId", "Account", "Arn"})
_NO_PLACE = ("global", "sts", "aws", "json")


class Said(msgspec.Struct):
    """An operation that was answered in a file: `cut` when the answer says that there is more."""

    operation: Operation
    answer: Answer
    cut: bool
    things: list[Thing]


def looked_at(operation: Operation) -> tuple[str, ...]:
    """Members of an answer that its readers know and leave alone."""
    return tuple(name for way in operation.ways for name in way.spelling.ignores)


def _says_of_one_that_it_has_none(operation: Operation, data: Any) -> bool:
    """True for an empty list of what one thing has: an answer, unlike a list that nobody asked for."""
    parts = all(way.spelling.part_of in way.spelling.asks for way in operation.ways)
    lists = isinstance(data, dict) and any(data.get(key) == [] for key in operation.keys)
    return bool(operation.asks) and parts and lists


class Gathering:
    """Everything the answers of a dump say."""

    def __init__(self, index: Index, options: LoadOptions) -> None:
        self.index = index
        self.places = Places(options)
        self.gaps: list[Gap] = []
        self.things: list[Thing] = []
        self.said: list[Said] = []
        self.seen = 0

    def add(self, answer: Answer) -> None:
        """One answer of a file."""
        if answer.error:
            self._failed(answer)
        elif isinstance(answer.data, dict) and answer.data.keys() - ASIDE == _CALLER:
            self._caller(answer)
        elif not isinstance(answer.data, dict | list):
            self._unrecognised(answer, "is neither an object nor a list", ())
        else:
            self._answered(answer)

    # -- what an answer is of ------------------------------------------------------------------------------------

    def _answered(self, answer: Answer) -> None:
        name, data = answer.named, answer.data
        if name.operations:
            operation = self._named(answer)
            if operation is not None:
                self._read(answer, operation, data)
                return
        if name.stranger and (name.service != "unsaid" or not name.operations):
            self._stranger(answer)
        elif isinstance(data, list):
            found = recognised_list(data, self.index)
            if len(found) == 1:
                self._read(answer, found[0], data)
            else:
                self._unrecognised(answer, "is a list of nothing that is known", tuple(o.name for o in found))
        else:
            self._by_members(answer)

    def _named(self, answer: Answer) -> Operation | None:
        """The operation that the name tells, when the content does not speak against it."""
        name, data = answer.named, answer.data
        said = set() if isinstance(data, list) else data.keys() - ASIDE
        fitting = [o for o in name.operations if not o.keys or not said.isdisjoint(o.keys) or said <= set(looked_at(o))]
        keyed = [o for o in fitting if o.keys]
        if len(fitting) > 1:
            # Of two that fit alike, the one whose own name is written: `es`, not what shares its endpoint.
            fitting = best_of(fitting, data)[: 1 if name.service == "said" else None]
        elif name.service == "another":
            # A service that the catalog does not know may have an operation of this name.
            fitting = fitting if keyed and reads_all(keyed[0], data) else []
        elif name.service != "said" or name.shared:
            fitting = best_of(fitting, data) if keyed or name.shared else fitting
        if name.doubtful:
            # The rest of the name is a word of its own, or what was asked for; which of the two is seen later.
            fitting = [o for o in fitting if (o.keys and said) or o.asks]
        return fitting[0] if len(fitting) == 1 else None

    def _by_members(self, answer: Answer) -> None:
        found = recognised(answer.data, self.index)
        for operation, data in found.operations:
            self._read(msgspec.structs.replace(answer, data=data), operation, data)
        if found.open or not found.operations:
            members = ", ".join(sorted(found.open or answer.data.keys()))[:300]
            candidates = tuple(dict.fromkeys(name for names in found.open.values() for name in names))
            self._unrecognised(answer, f"has {members}", candidates)

    def _unrecognised(self, answer: Answer, why: str, candidates: tuple[str, ...]) -> None:
        many = f"; it may be of {', '.join(candidates[:8])}" if candidates else ""
        help = "name it by its command, like describe-vpcs.json"
        self.gaps.append(Gap("unrecognised-answer", answer.shown, f"{why}{many}: {help}", answer.span))

    # -- what it speaks of ---------------------------------------------------------------------------------------

    def _read(self, answer: Answer, operation: Operation, data: Any) -> None:
        said = Said(operation, answer, is_cut(data), [])
        self.said.append(said)
        for type, items in operation.types:
            ways = operation.ways_of(type, items)
            if isinstance(data, list) and len(operation.types) > 1 and best_of([operation], data) != [operation]:
                continue
            for found in objects(data, items, ways[0].spelling.key):
                self.seen += 1
                if found.wrong or is_too_deep(found.attributes):
                    self._odd(answer, operation.name, found.place, found.wrong)
                    continue
                said.things.append(Thing(answer, operation, type, ways, found.attributes, found.place))
            if not said.things and not said.cut and _says_of_one_that_it_has_none(operation, data):
                self.seen += 1
                said.things.append(Thing(answer, operation, type, ways, {}, ()))
        self.things += said.things
        if isinstance(data, dict) and operation.keys:
            for member in sorted(data.keys() - ASIDE - {*looked_at(operation), *operation.keys}):
                if isinstance(data[member], list | dict) and data[member]:
                    subject = f"{operation.name}.{member}"
                    self.gaps.append(Gap("unread-attribute", subject, "no field of the catalog reads it", answer.span))

    def _stranger(self, answer: Answer) -> None:
        """An operation that the catalog does not know: what it lists is kept as it is."""
        data, type = answer.data, answer.named.stranger
        lists = [n for n, v in data.items() if isinstance(v, list) and n not in ASIDE] if isinstance(data, dict) else []
        for items in ["*"] if isinstance(data, list) else [f"{name}.*" for name in lists] or [""]:
            for found in objects(data, items):
                self.seen += 1
                if found.wrong or is_too_deep(found.attributes):
                    self._odd(answer, type, found.place, found.wrong)
                else:
                    self.things.append(Thing(answer, None, type, (), found.attributes, found.place))

    def _odd(self, answer: Answer, name: str, place: tuple[str | int, ...], wrong: str) -> None:
        where = f"{answer.shown}: {'.'.join(map(str, place)) or name}"
        if wrong:
            self.gaps.append(Gap("odd-answer", where, f"is {wrong} where {name} answers an object", answer.span))
        else:
            self.gaps.append(Gap("too-deep", where, "is nested deeper than is read", answer.span))

    # -- what is no answer ---------------------------------------------------------------------------------------

    def _failed(self, answer: Answer) -> None:
        known = answer.named.operations or self.index.by_name.get(squashed(answer.operation), ())
        operation = known[0] if len(known) == 1 else None
        what = operation.name if operation else answer.operation or answer.named.stranger or answer.shown
        if operation is not None and operation.of_account and means_none(answer.error, operation):
            self.said.append(Said(operation, answer, False, []))
        elif operation is not None and means_none(answer.error, operation):
            for type, items in operation.types:
                self.seen += 1
                self.things.append(Thing(answer, operation, type, operation.ways_of(type, items), {}, ()))
        elif is_denial(answer.error):
            self.gaps.append(Gap("call-denied", what, f"{answer.error} in {answer.shown}", answer.span))
        else:
            self.gaps.append(Gap("call-failed", what, f"{answer.error} in {answer.shown}", answer.span))

    def _caller(self, answer: Answer) -> None:
        """`sts get-caller-identity` speaks for the files beside and below it; its service's own folder counts not."""
        directories = answer.relative.split("/")[:-1]
        while directories and squashed(directories[-1]) in (*_NO_PLACE, *self.index.services):
            directories.pop()
        account = answer.data["Account"]
        if isinstance(account, str) and len(account) == 12 and account.isdigit():
            self.places.caller("/".join(directories), account)
