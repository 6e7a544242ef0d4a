"""What the path of a file in a dump tells: the operation, what was asked for, the account and the region."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import unquote

import msgspec

from nephograph.sources.awscli.operations import Index, Operation, pascal
from nephograph.sources.awscli.services import services_named, squashed

SUFFIXES = (".json", ".jsonl", ".ndjson", ".txt", ".err")
"""How names of files end that may hold an answer, or the error instead of one."""

ACCOUNT = re.compile(r"(?<![A-Za-z0-9])(\d{12})(?![A-Za-z0-9])")
REGION = re.compile(r"(?<![A-Za-z0-9-])((?:[a-z]{2}|us-gov|us-iso[a-z]?|eu-isoe)-[a-z]+-\d)(?![A-Za-z0-9-])")

_VERBS = ("describe", "list", "get", "batch", "search")
_TOKEN = re.compile(r"[A-Za-z0-9]+")
_CALL = re.compile(
    r"(?:Describe|List|Get|BatchGet|Search)[A-Z][A-Za-z0-9]*|(?:describe|list|get|batch[-_]get|search)(?:[-_][a-z0-9]+)+"
)
_PAGE = re.compile(r"[-_. +]*(?:(?:page|part)[-_ ]?|p)?\d{1,5}", re.IGNORECASE)
"""A page's number. `p-1` is none: ids of policies begin so."""
_PLACE_AT_END = re.compile(
    r"[-_.+ ](?:(?P<account>\d{12})|(?P<region>(?:[a-z]{2}|us-gov|us-iso[a-z]?|eu-isoe)-[a-z]+-\d))$"
)


class Named(msgspec.Struct):
    """What a name tells.

    `operations` are the known operations it may mean (several when services share a name), `stranger` the name of an
    operation that the catalog does not know. `subject` is the text behind the operation's name: what was asked for.
    `service` is "said" when the path names the operation's service, "another" when it names another one (`kms` before
    an operation that here only `lambda` has); `shared` when that word names several services. `doubtful` means that
    the subject may as well belong to the name of another operation. `around` are texts that may say what was asked for
    where `subject` is empty, nearest first.
    """

    operations: tuple[Operation, ...] = ()
    stranger: str = ""
    subject: str = ""
    doubtful: bool = False
    service: Literal["said", "another", "unsaid"] = "unsaid"
    shared: bool = False
    around: tuple[str, ...] = ()
    account: str = ""
    region: str = ""


def named(relative: str, index: Index) -> Named:
    """What the path of a file below the dump's root tells."""
    *directories, name = relative.split("/")
    name = without_suffix(name)
    found = Named()
    for directory in directories:
        found.account = _first(ACCOUNT, directory) or found.account
        found.region = _first(REGION, directory) or found.region
    components = [*directories, name]
    for position in range(len(components) - 1, -1, -1):
        if _read_component(components, position, index, found):
            break
    else:
        found.account = found.account or _first(ACCOUNT, name)
        found.region = found.region or _first(REGION, name)
    return found


def without_suffix(name: str) -> str:
    """The name of a file without what says how it is written."""
    while True:
        shorter = next((name[: -len(s)] for s in SUFFIXES if name.lower().endswith(s) and len(name) > len(s)), name)
        if shorter == name:
            return name
        name = shorter


def is_call(text: str) -> bool:
    """True for a text that reads like the name of a call that only looks."""
    return _CALL.search(text) is not None


def _read_component(components: list[str], position: int, index: Index, found: Named) -> bool:
    component = components[position]
    start, end = _known(component, index) or _looks_like_a_call(component) or (-1, -1)
    if start < 0:
        return False
    before, call, rest = component[:start], component[start:end], component[end:]
    below = []
    for piece in components[position + 1 :]:
        account, region = ACCOUNT.fullmatch(piece), REGION.fullmatch(piece)
        found.account = account[1] if account else found.account
        found.region = region[1] if region else found.region
        if not account and not region:
            below.append(piece)
    if position == len(components) - 1:
        rest = _without_place(rest, found)
        before_account, before_region = _first(ACCOUNT, before), _first(REGION, before)
        found.account, found.region = before_account or found.account, before_region or found.region
    hints = list(_services(before, components[:position]))
    _name_operation(call, [services for services in hints if services], index, found)
    page = ""
    if _PAGE.fullmatch(rest):
        page, rest = rest.lstrip("-_. +"), ""
    # `get-bucket-policy-status` begins like `get-bucket-policy` and is another operation.
    found.doubtful = bool(found.operations) and bool(rest) and rest[0] == _mark(call)
    if found.doubtful:
        service = next((f"{services[0]}:" for services in hints if services), "")
        found.stranger = f"{service}{pascal(call + rest)}"
    pieces = [piece for piece in (rest[1:], *below) if piece]
    found.subject = "/".join(pieces)
    # (What looks like a page may be the name of something, where something goes by that name.)
    found.around = tuple(c for c in (page, before.rstrip("-_.+ "), *reversed(components[:position])) if c)
    return True


def _known(component: str, index: Index) -> tuple[int, int] | None:
    """The range of the longest name of a known operation, at the earliest place."""
    tokens = [match.span() for match in _TOKEN.finditer(component)][:64]
    for first, (start, _) in enumerate(tokens):
        if not component[start:].lower().startswith(_VERBS):
            continue
        for last in range(min(len(tokens), first + 12) - 1, first - 1, -1):
            end = tokens[last][1]
            text = component[start:end]
            marks = {char for char in text if not char.isalnum()}
            if squashed(text) in index.by_name and (not marks or marks in ({"-"}, {"_"}, {" "})):
                return start, end
    return None


def _looks_like_a_call(component: str) -> tuple[int, int] | None:
    match = _CALL.search(component)
    return match.span() if match else None


def _name_operation(call: str, hints: list[tuple[str, ...]], index: Index, found: Named) -> None:
    known = index.by_name.get(squashed(call), ())
    for services in hints:
        meant = [operation for operation in known if operation.service in services]
        if meant:
            found.operations = tuple(sorted(meant, key=lambda operation: services.index(operation.service)))
            found.service, found.shared = "said", len(services) > 1
            found.stranger = f"{services[0]}:{pascal(call)}"
            return
    said = next((services for services in hints if services), ())
    found.operations, found.service = known, "another" if said else "unsaid"
    found.stranger = f"{said[0]}:{pascal(call)}" if said else pascal(call)


def _services(before: str, above: list[str]) -> Iterator[tuple[str, ...]]:
    """What the words in front of an operation's name say of its service, the nearest first."""
    words = [match.group() for match in _TOKEN.finditer(before)]
    for length in range(min(len(words), 4), 0, -1):
        yield services_named("".join(words[-length:]))
    for component in reversed(above):
        yield services_named(component)


def _mark(call: str) -> str:
    """What this way of writing puts between the words of a name; "" for capitals."""
    return next((char for char in call if not char.isalnum()), "")


def _without_place(rest: str, found: Named) -> str:
    """The rest of a name without the account and region at its end, which are noted."""
    while match := _PLACE_AT_END.search(rest):
        if rest[: match.start()] and rest[match.start()] == "-":
            break  # an object's name may end so: logs-eu-west-1
        found.account = match["account"] or found.account
        found.region = match["region"] or found.region
        rest = rest[: match.start()]
    return rest


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def decoded(text: str) -> str:
    """A name of a file as it was before a percent sign made it one."""
    return unquote(text)
