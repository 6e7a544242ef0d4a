"""The API as AWS tells it: every operation, member and parameter that a kind names is in botocore's models.

With NEPH_AWS_RECORDINGS=<dir> (`<service>/<Operation>_N.json`, recorded responses of AWS) every recording of every
operation that the catalog knows is read by the source and by the catalog: without an exception, nothing left unread,
nothing that cannot be.
"""

from __future__ import annotations

import datetime
import functools
import json
import os
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

from nephograph.catalog.language import Either, Kind, Otherwise, Spelling
from nephograph.catalog.normal import normal_form, unread
from nephograph.catalog.registry import kind, kind_names, spellings
from nephograph.model.source import LoadOptions
from nephograph.model.value import Reason, Unknown, unknowns
from nephograph.sources.awscli import SOURCE
from nephograph.sources.awscli.operations import ASIDE
from nephograph.sources.awscli.services import services_named

KINDS = pathlib.Path(__file__).parent / "kinds"
SAYS = [(kind(name), s) for name in kind_names() for s in kind(name).spellings if s.dialect == "api"]
EVERY = pytest.mark.parametrize(("known", "spelling"), SAYS, ids=[f"{k.name}-{s.type}" for k, s in SAYS])
RECORDINGS = os.environ.get("NEPH_AWS_RECORDINGS", "")

botocore = pytest.importorskip("botocore.session", reason="botocore (a development dependency) is not installed")


@functools.cache
def session() -> Any:
    return botocore.get_session()


@functools.cache
def service(name: str) -> Any:
    return session().get_service_model(name)


def operation(spelling: Spelling) -> Any:
    name, _, call = spelling.type.partition("/")[0].partition(":")
    return service(name).operation_model(call)


def plain(shape: Any) -> bool:
    return shape.type_name not in ("structure", "list", "map")


def object_of(spelling: Spelling) -> tuple[Any, dict[str, Any]]:
    """(shape of the objects, shapes of the plain values around them and of the request parameters)."""
    model = operation(spelling)
    shape = model.output_shape
    around: dict[str, Any] = {}
    for step in spelling.items.split(".") if spelling.items else []:
        if step == "*":
            assert shape.type_name == "list", f"{spelling.items}: {shape.name} is a {shape.type_name}"
            shape = shape.member
        else:
            assert step in shape.members, f"{spelling.items}: {shape.name} has {sorted(shape.members)}"
            around |= {name: inner for name, inner in shape.members.items() if plain(inner)}
            shape = shape.members[step]
    asked = {name: model.input_shape.members[name] for name in spelling.asks if name in model.input_shape.members}
    return shape, {**around, **asked}


def members(spelling: Spelling) -> dict[str, Any]:
    shape, around = object_of(spelling)
    if shape.type_name == "structure":
        return {**around, **shape.members}
    return {**around, "Value": shape}


def misses(shape: Any, steps: list[str]) -> bool:
    """True when a path (lists entered at their first element) is not there."""
    while shape.type_name == "list":
        shape = shape.member
    if not steps:
        return False
    if shape.type_name == "map":
        return misses(shape.value, steps[1:])
    if shape.type_name != "structure" or getattr(shape, "is_document_type", False):
        return not getattr(shape, "is_document_type", False)
    return steps[0] not in shape.members or misses(shape.members[steps[0]], steps[1:])


def paths(spelling: Spelling) -> Iterator[str]:
    for how in spelling.fields.values():
        match how:
            case str():
                yield how
            case Otherwise():
                yield from (how.path, *how.when)
            case Either():
                yield from how.paths


@EVERY
def test_the_operation_its_objects_and_its_parameters_are_real(known: Kind, spelling: Spelling) -> None:
    name, _, call = spelling.type.partition("/")[0].partition(":")
    assert name in session().get_available_services(), f"botocore has no service {name}"
    assert call in service(name).operation_names, f"{name} has no {call}"
    model = operation(spelling)
    taken = sorted(model.input_shape.members) if model.input_shape else []
    assert set(spelling.asks) <= set(taken), f"{spelling.type} asks {spelling.asks}, the operation takes {taken}"
    said = members(spelling)
    whole = set(model.output_shape.members)
    for names, why in (((spelling.key,), "key"), ((spelling.part_of,), "part_of"), (spelling.ignores, "ignores")):
        there = {*said, *whole} if why == "ignores" else said.keys()
        absent = sorted(one for one in names if one and one not in there and one not in ASIDE)
        assert not absent, f"{known.name}, {spelling.type}: {why} names {absent}; there is {sorted(there)}"


NARROWS = {
    "ram:GetResourceShares": {"resourceOwner"},
    "ram:ListPrincipals": {"resourceOwner"},
    "ram:ListResources": {"resourceOwner"},
    "organizations:ListPolicies": {"Filter"},
    "wafv2:ListLoggingConfigurations": {"Scope"},
    "wafv2:ListWebACLs": {"Scope"},
}
"""Parameters that must be written and select no single thing: whoever lists, writes each value once."""

NEEDS = {
    "directconnect:DescribeDirectConnectGatewayAssociations": "directConnectGatewayId",
    "elbv2:DescribeListeners": "LoadBalancerArn",
    "elbv2:DescribeRules": "ListenerArn",
    "iam:ListAccessKeys": "UserName",
    "route53:ListResourceRecordSets": "HostedZoneId",
}
"""Parameters that the model lets be left out and without which AWS lists nothing, or the caller's own alone."""


@EVERY
def test_a_list_of_one_thing_s_own_says_whose_it_is(known: Kind, spelling: Spelling) -> None:
    """Without `asks`, a list is taken to hold everything there is in an account and region."""
    if "*" not in spelling.items or spelling.asks:
        return
    model = operation(spelling)
    wanted = set(model.input_shape.required_members) if model.input_shape else set()
    wanted = wanted - NARROWS.get(spelling.type, set()) | ({NEEDS[spelling.type]} if spelling.type in NEEDS else set())
    assert not wanted, f"{known.name}: {spelling.type} lists what {sorted(wanted)} selects: name it in `asks`"


@EVERY
def test_every_path_that_is_read_is_real(known: Kind, spelling: Spelling) -> None:
    said = members(spelling)
    for path in paths(spelling):
        head, *rest = path.split(".")
        assert head in said, f"{known.name}, {spelling.type} reads {path}; there is {sorted(said)}"
        assert not misses(said[head], rest), f"{known.name}, {spelling.type} reads {path}, which is not there"


def case_documents(type: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(KINDS.glob(f"{name}/*.json")):
        for documents in json.loads(path.read_text(encoding="utf-8"))["spellings"].values():
            for each in documents:
                if type in each:
                    yield path.name, each[type]


def unlike(value: Any, shape: Any, where: str) -> str:
    """What of a value AWS would not answer; "" when it might."""
    if value is None or getattr(shape, "is_document_type", False):
        return ""
    match shape.type_name:
        case "structure":
            if not isinstance(value, dict):
                return f"{where} is {value!r}, not an object"
            if "$unknown" in value:
                return ""
            strange = sorted(value.keys() - shape.members.keys())
            if strange:
                return f"{where} has {strange}; there is {sorted(shape.members)}"
            found = (unlike(inner, shape.members[name], f"{where}.{name}") for name, inner in value.items())
        case "list":
            if not isinstance(value, list):
                return f"{where} is {value!r}, not a list"
            found = (unlike(inner, shape.member, f"{where}[{n}]") for n, inner in enumerate(value))
        case "map":
            if not isinstance(value, dict):
                return f"{where} is {value!r}, not a map"
            found = (unlike(inner, shape.value, f"{where}[{name}]") for name, inner in value.items())
        case "boolean":
            return "" if isinstance(value, bool) else f"{where} is {value!r}, not a boolean"
        case "integer" | "long" | "float" | "double":
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return "" if number else f"{where} is {value!r}, not a number"
        case "timestamp":
            return "" if isinstance(value, str | int | float) else f"{where} is {value!r}, not a time"
        case _:
            # botocore decodes the documents of IAM's policies.
            decoded = isinstance(value, dict) and "policy" in f"{shape.name}{where}".lower()
            return "" if isinstance(value, str) or decoded else f"{where} is {value!r}, not a text"
    return next((one for one in found if one), "")


@EVERY
def test_what_the_cases_say_is_what_aws_may_answer(known: Kind, spelling: Spelling) -> None:
    said = members(spelling)
    for file, attributes in case_documents(spelling.type, known.name):
        for name, value in attributes.items():
            assert name in said, f"{file}: {spelling.type} answers no {name}; there is {sorted(said)}"
            assert (wrong := unlike(value, said[name], name)) == "", f"{file}: {spelling.type}: {wrong}"


# -- recordings ------------------------------------------------------------------------------------------------------


def revived(value: Any) -> Any:
    """A recorded value as the AWS CLI prints it: times as text."""
    if isinstance(value, dict):
        if value.get("__class__") == "datetime":
            parts = [value.get(n, 0) for n in ("year", "month", "day", "hour", "minute", "second", "microsecond")]
            return datetime.datetime(*parts, tzinfo=datetime.UTC).isoformat()  # type: ignore[arg-type]
        # What begins with c7n was added by who recorded it.
        return {name: revived(inner) for name, inner in value.items() if not name.startswith("c7n")}
    return [revived(inner) for inner in value] if isinstance(value, list) else value


@functools.cache
def of_a_known_operation(relative: str) -> bool:
    """True when the folder's service is the one whose operation the catalog knows."""
    from nephograph.sources.awscli.naming import named
    from nephograph.sources.awscli.operations import index

    found = named(relative, index())
    return bool(found.operations) and found.service == "said"


def recorded() -> list[tuple[pathlib.Path, str]]:
    """Recordings of operations that the catalog knows."""
    root = pathlib.Path(RECORDINGS)
    paths = [(path, path.relative_to(root).as_posix()) for path in sorted(root.glob("*/*.json"))]
    return [(path, relative) for path, relative in paths if of_a_known_operation(relative)]


def test_every_recording_of_a_known_operation_is_read_whole(tmp_path: pathlib.Path) -> None:
    if not RECORDINGS:
        pytest.skip("NEPH_AWS_RECORDINGS names no folder of recorded responses (<service>/<Operation>_N.json)")
    wrong: list[str] = []
    taken = recorded()
    assert taken
    for path, relative in taken:
        data = revived(json.loads(path.read_text(encoding="utf-8")))
        folder = tmp_path / relative.replace("/", "+")
        file = folder / relative
        file.parent.mkdir(parents=True)
        asks = asked_by(relative)
        if isinstance(data, dict) and asks:
            data["_request"] = {name: f"asked-{name}" for name in asks}
        file.write_text(json.dumps(data), encoding="utf-8")
        loaded = SOURCE.load(folder, relative, LoadOptions(), lambda *_: None)
        wrong += [f"{relative}: {problem.message}" for problem in loaded.problems]
        wrong += [f"{relative}: {g.kind} {g.subject} {g.why}" for g in loaded.gaps if g.kind not in EXPECTED]
        for document in loaded.documents:
            ways = spellings(document.dialect, document.type)
            if not ways and len(services_named(relative.partition("/")[0])) < 2:
                wrong.append(f"{relative}: nobody reads {document.type}")
            for known, spelling in ways:
                left = unread(document, spelling)
                if left and not is_of_a_namesake(relative, spelling):
                    wrong.append(f"{relative}: {document.type} leaves {left} unread")
                config = normal_form(known, [(document, spelling)])
                bad = [u for u in unknowns(list(config.values())) if u.reason is Reason.INVALID]
                if bad:
                    wrong.append(f"{relative}: {known.name} {[str(one) for one in bad]}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def is_of_a_namesake(relative: str, spelling: Spelling) -> bool:
    """Recordings lie under names of endpoints, and several services may share one: API Gateway's two versions do."""
    own, _, call = spelling.type.partition("/")[0].partition(":")
    folder = relative.partition("/")[0]
    others = [n for n in session().get_available_services() if n != own and service(n).endpoint_prefix == folder]
    return any(call in service(name).operation_names for name in others)


EXPECTED = ("not-in-dump", "answer-truncated")


def asked_by(relative: str) -> tuple[str, ...]:
    from nephograph.sources.awscli.naming import named
    from nephograph.sources.awscli.operations import index

    return tuple(dict.fromkeys(n for o in named(relative, index()).operations for n in o.asks))


def test_an_unknown_is_found_inside_a_list() -> None:
    """What the test of recordings rests on."""
    assert [u.reason for u in unknowns([{"a": [Unknown(Reason.INVALID)]}])] == [Reason.INVALID]
