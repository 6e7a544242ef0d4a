"""A concrete request for which a function holds: a resource, and values of context keys.

Texts are found by automata, numbers, dates and addresses at and around the bounds that policies name: between two
bounds all values are alike, so trying one of each is trying all.
"""

from __future__ import annotations

import base64
import datetime
import ipaddress
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import msgspec

from nephograph.engines.permissions import variables
from nephograph.engines.permissions.comparison import Comparison, parsed
from nephograph.engines.permissions.context import ABSENT, UNKNOWN, Context, Known
from nephograph.engines.permissions.diagram import Diagram, Path
from nephograph.engines.permissions.formulas import Expands, Matches, Open, Question, Questions
from nephograph.engines.permissions.glob import (
    ONE_IN_PART,
    STAR_IN_PART,
    Any_,
    Elements,
    Group,
    TooLargeError,
    elements,
    literal,
    shortest,
)
from nephograph.engines.permissions.operators import Operator, moment, number, shape

MOST_PATHS = 400
"""Ways in which a function may hold that are tried before the search gives up."""

_SOME: Group = ((elements("?*"),), True)

Literal_ = tuple[Comparison, bool]


class Found(msgspec.Struct, frozen=True):
    """A request: `context` holds the keys beside those that were known. `open` are questions nobody here can answer."""

    resource: str
    context: dict[str, tuple[str, ...]]
    path: tuple[tuple[int, bool], ...]
    open: tuple[tuple[str, bool], ...] = ()


class Search(msgspec.Struct):
    """What a search came to. `complete`: when nothing was found, nothing is there."""

    found: Found | None = None
    complete: bool = True


class Solver:
    """Searches over the functions of one diagram."""

    def __init__(self, diagram: Diagram, questions: Questions) -> None:
        self._diagram = diagram
        self._questions = questions

    def search(self, function: int, regions: Sequence[Sequence[Group]], known: Context) -> Search:
        """A request in one of the regions (groups of patterns a resource has to meet; nicer ones first).

        `known` are keys that have their value already; every other key is free.
        """
        result = Search()
        later: list[Path] = []
        for count, path in enumerate(self._diagram.paths(function)):
            if count >= MOST_PATHS:
                result.complete = False
                break
            if any(isinstance(self._questions.question(var), Open) for var, _ in path):
                later.append(path)
                continue
            result.found = self._path(path, regions, known, result)
            if result.found is not None:
                return result
        for path in later:
            result.found = self._path(path, regions, known, result)
            if result.found is not None:
                return result
        return result

    def _path(self, path: Path, regions: Sequence[Sequence[Group]], known: Context, result: Search) -> Found | None:
        asked = [(self._questions.question(var), wanted) for var, wanted in path]
        by_key: dict[str, list[Literal_]] = defaultdict(list)
        for question, wanted in asked:
            if isinstance(question, Comparison):
                by_key[question.name].append((question, wanted))
        context = Context({**known.keys}, ABSENT, known.absent)
        chosen: dict[str, tuple[str, ...]] = {}
        free = _variables(asked, known)
        if free:
            result.complete = False  # only some values of variables are tried

        def waits(key: str) -> bool:
            return any(name in free and name != key for c, _ in by_key[key] for name in c.reads)

        early = [key for key in by_key if not waits(key)]
        for key in dict.fromkeys([*early, *free, *by_key]):
            if known.get(key) is not UNKNOWN:
                if all(comparison.holds(context) is wanted for comparison, wanted in by_key.get(key, ())):
                    continue
                return None
            value = self._value(key, by_key.get(key, []), context, key in free, result)
            if value is None:
                return None
            if value is not ABSENT:
                assert isinstance(value, tuple)
                chosen[key] = value
                context = context.over({key: value})
        resource = self._resource(asked, regions, context, result)
        if resource is None:
            return None
        opens = tuple((question.words, wanted) for question, wanted in asked if isinstance(question, Open))
        return Found(resource, chosen, tuple(path), opens)

    def _value(self, key: str, asked: list[Literal_], context: Context, free: bool, result: Search) -> Known | None:
        """A value of a key for which every comparison is answered as it should be; None when there is none."""
        for value in self._candidates(asked, context, free, result):
            here = context.over({key: value})
            if all(comparison.holds(here) is wanted for comparison, wanted in asked):
                return value
        return None

    def _candidates(self, asked: list[Literal_], context: Context, free: bool, result: Search) -> Iterator[Known]:
        if free:
            yield ("x1",)
        yield ABSENT
        parts = [(parsed(comparison.said), comparison, wanted) for comparison, wanted in asked]
        single = [(operator, c, wanted) for (some, operator, _), c, wanted in parts if not some and operator]
        every: list[tuple[Operator, Comparison, bool]] = []
        exist: list[tuple[Operator, Comparison, bool]] = []
        for (some, operator, _), comparison, wanted in parts:
            if some and operator is not None:
                (every if (some == "all") == wanted else exist).append((operator, comparison, wanted))
        for one in self._texts([*single, *every, *exist], context, result):
            yield (one,)
        ones: list[str] = []
        for extra in exist or [None]:  # type: ignore[list-item]
            ones += self._texts([*every, *([extra] if extra else [])], context, result)[:1]
        if len(ones) > 1:
            yield tuple(dict.fromkeys(ones))
        plain = list(dict.fromkeys(_bounds([operator for operator, _, _ in (*single, *every, *exist)], asked)))
        for text in plain:
            yield (text,)
        if not single:
            for text in plain:
                for other in plain:
                    yield (text, other)
            yield ()

    def _texts(self, asked: Sequence[tuple[Operator, Comparison, bool]], context: Context, result: Search) -> list[str]:
        """Texts that meet every comparison of texts, one by one; with and without being empty."""
        groups: list[Group] = []
        for operator, comparison, wanted in asked:
            if operator.family != "text":
                continue
            patterns = []
            for value in comparison.values:
                pattern = _pattern(operator, comparison, value, context)
                made = shape(operator, pattern) if pattern is not None else False
                if isinstance(made, tuple):
                    patterns.append(made)
            groups.append((tuple(patterns), wanted != operator.negated))
        found: list[str] = []
        for more in ([_SOME], []):
            try:
                text = shortest([*more, *groups])
            except TooLargeError:
                result.complete = False
                text = None
            if text is not None:
                found.append(text)
        return found

    def _resource(
        self, asked: list[tuple[Question, bool]], regions: Sequence[Sequence[Group]], context: Context, result: Search
    ) -> str | None:
        groups: list[Group] = []
        for question, wanted in asked:
            if isinstance(question, Matches):
                groups.append(((elements(question.pattern),), wanted))
            elif isinstance(question, Expands):
                pattern = variables.expanded(question.pattern, context, True)
                groups.append(((pattern,) if pattern is not None else (), wanted))
        for region in regions:
            try:
                text = shortest([*region, *groups])
            except TooLargeError:
                result.complete = False
                continue
            if text is not None:
                return text
        return None


def _pattern(operator: Operator, comparison: Comparison, value: str, context: Context) -> Elements | None:
    if comparison.expands and operator.variables and variables.present(value):
        return variables.expanded(value, context, operator.wild)
    return elements(value) if operator.wild else literal(value)


def _variables(asked: Iterable[tuple[Question, bool]], known: Context) -> dict[str, None]:
    """Keys whose value stands in a pattern or in another key's comparison, and is not known."""
    found: dict[str, None] = {}
    for question, _ in asked:
        if isinstance(question, Comparison):
            names = [key for value in question.values if question.expands for key in variables.keys(value)]
        else:
            names = variables.keys(question.pattern) if isinstance(question, Expands) else []
        found |= dict.fromkeys(name for name in names if known.get(name) is UNKNOWN)
    return found


def _bounds(operators: Iterable[Operator], asked: Iterable[Literal_]) -> Iterator[str]:
    """Values at and around everything that comparisons name, family by family."""
    families = {operator.family for operator in operators}
    texts = [value for comparison, _ in asked for value in comparison.values]
    if "bool" in families:
        yield from ("true", "false")
    if "number" in families:
        yield from _around([one for text in texts if (one := number(text)) is not None], _decimal)
    if "date" in families:
        yield from _around([one for text in texts if (one := moment(text)) is not None], _date)
    if "address" in families:
        yield from _addresses(texts)
    if "binary" in families:
        yield from texts
        yield base64.b64encode(b"neph").decode()


def _around(points: list[Fraction], spelled: object) -> Iterator[str]:
    assert callable(spelled)
    ordered = sorted(set(points))
    between = [(a + b) / 2 for a, b in itertools.pairwise(ordered)]
    for point in (*ordered, *between, *(p + 1 for p in ordered), *(p - 1 for p in ordered)):
        yield spelled(point)


def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))


def _date(value: Fraction) -> str:
    begin = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    try:
        at = begin + datetime.timedelta(microseconds=int(value * 1_000_000))
    except OverflowError:
        return str(int(value))
    return at.isoformat().replace("+00:00", "Z")


def _addresses(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        try:
            network = ipaddress.ip_network(text.strip(), strict=False)
        except ValueError:
            continue
        yield str(network.network_address)
        low, high = int(network.network_address), int(network.broadcast_address)
        kind = type(network.network_address)
        if high + 1 < 1 << network.max_prefixlen:
            yield str(kind(high + 1))
        if low:
            yield str(kind(low - 1))
        yield str(network.broadcast_address)
    yield from ("203.0.113.77", "2001:db8::77")


def regions(
    shapes: tuple[str, ...] | None, account: str, foreign: bool = False, partition: str = "aws"
) -> list[list[Group]]:
    """Where the resource of an action may lie: ARNs of its types, of one account or (`foreign`) of all others.

    Nicer ones first. No shapes: the action takes no resource, which is asked with `*`. Nobody reaches resources of
    another partition: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    """
    if shapes == ():
        return [] if foreign else [[((literal("*"),), True)]]
    whole = [_parts(one) for one in shapes or ("arn:*:*:*:*:*", "arn:*:*:::*")]
    found: list[list[Group]] = []
    # One pattern at a time: searching a union would track all of its patterns at once.
    for region in ("us-east-1", "?*"):
        for parts in whole:
            owner = parts[3]
            if foreign and owner not in ("*", ""):
                continue
            head = (
                "arn",
                partition if parts[0] == "*" else parts[0],
                parts[1] if parts[1] != "*" else "?*",
                region if parts[2] == "*" else parts[2],
            )
            whose = _NUMBER if foreign and owner == "*" else elements(account if owner == "*" else owner)
            made = shape(_ARN, (*elements(":".join(head)), ":", *whose, ":", *elements(parts[4])))
            assert isinstance(made, tuple)
            groups: list[Group] = [((made if parts[1] == "s3" else _without_colons(made),), True)]
            if foreign:
                groups.append(((elements(f"arn:*:*:*:{account}:*"),), False))
            found.append(groups)
    return found


_NUMBER: Elements = (frozenset("0123456789"),) * 12
"""Any account."""


def partition_of(arn: str) -> str:
    """The partition of a principal's ARN; that of most accounts for whoever has none."""
    return arn.split(":", 2)[1] if arn.startswith("arn:") else "aws"


def _without_colons(pattern: Elements) -> Elements:
    """Names hold no colons, except keys of S3: those of a type's ARN stand in its pattern."""
    return tuple((STAR_IN_PART if one.many else ONE_IN_PART) if isinstance(one, Any_) else one for one in pattern)


_ARN = Operator("like", "text", wild=True, arn=True)


def _parts(pattern: str) -> list[str]:
    parts = pattern.split(":", 5)[1:]
    return [*parts[:4], parts[4].replace("*", "?*")]
