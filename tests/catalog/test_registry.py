"""What every kind promises: its name is its place, its links, references and templates are about its own fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from nephograph.catalog.language import Either, Field, Kind, Otherwise, Spelling
from nephograph.catalog.registry import kind, kind_names, spelled, spellings

KINDS = {name: kind(name) for name in kind_names()}
KIND = pytest.mark.parametrize("known", KINDS.values(), ids=KINDS)

# Kinds that are referred to and that the catalog does not hold yet: such references lead to generic nodes.
EXTERNAL = {
    "google_kms_crypto_key",
}


def fields(known: Kind) -> Iterator[tuple[str, Field]]:
    """Every field at any depth, with its path in dots."""
    stack = list(known.fields.items())
    while stack:
        path, field = stack.pop()
        yield path, field
        stack += [(f"{path}.{name}", inner) for name, inner in field.fields.items()]


def at(known: Kind, path: str) -> Field:
    head, *rest = path.split(".")
    assert head in known.fields, f"{known.name} has no field {head}; it has {', '.join(known.fields)}"
    field = known.fields[head]
    for part in rest:
        if part == "*":
            assert field.type == "items", f"{path} runs a {field.type}"
        else:
            field = field.fields[part]
    return field


@KIND
def test_a_kind_is_named_by_its_place(known: Kind) -> None:
    assert KINDS[known.name] == known
    assert known.native, f"{known.name}: native is the provider's own name of the type, AWS::SQS::Queue"
    assert known.service, f"{known.name}: service is the prefix of its actions, sqs"


def test_there_is_a_kind_for_each_provider() -> None:
    assert {"aws", "azurerm", "docker", "google", "kubernetes"} <= {name.partition("_")[0] for name in KINDS}


def test_an_unknown_name_or_type_is_no_kind() -> None:
    with pytest.raises(KeyError):
        kind("aws_nothing")
    assert spelled("terraform", "aws_nothing") is None
    assert spelled("cloudformation", "aws_vpc") is None


@KIND
def test_links_run_over_reference_fields(known: Kind) -> None:
    for link in known.links:
        assert at(known, link.path).type in ("reference", "references"), f"{link.kind} over {link.path}"


@KIND
def test_every_reference_is_linked_and_names_kinds_that_exist(known: Kind) -> None:
    linked = {link.path.replace(".*", "") for link in known.links}
    for path, field in fields(known):
        if field.type in ("reference", "references"):
            unheard = sorted(set(field.refers) - KINDS.keys() - EXTERNAL)
            assert not unheard, f"{path} refers to {unheard}: misspelled, or a kind to come that EXTERNAL has to name"
            assert field.refers, f'{path} names no kind: reference("aws_kms_key")'
            assert path in linked or set(field.refers) <= EXTERNAL, (
                f'{path} is a reference that no link follows: links=(Link("<verb>", "{path}"),)'
            )


def test_the_list_of_external_kinds_holds_nothing_else() -> None:
    referred = {name for known in KINDS.values() for _, field in fields(known) for name in field.refers}

    assert referred - KINDS.keys() >= EXTERNAL, f"take out of EXTERNAL: {sorted(EXTERNAL - (referred - KINDS.keys()))}"


@KIND
def test_templates_speak_of_the_kind_s_own_fields(known: Kind) -> None:
    around = {"partition", "region", "account"}
    computed = [template for spelling in known.spellings for template in spelling.computed.values()]
    for template in (known.arn, known.id, *computed):
        assert template in ("", "arn", "id") or "{" in template or template == "default", template
        for name in re.findall(r"\{([^}]*)\}", template):
            assert name in around or at(known, name).type in ("text", "reference"), f"{name} in {template}"


@KIND
def test_identity_and_label_are_fields_with_a_text(known: Kind) -> None:
    for name in (*known.identity, *([known.label] if known.label else [])):
        assert at(known, name).type == "text", f"{known.name} is named by {name}, which has to be a text"


@KIND
def test_defaults_have_the_type_of_their_field(known: Kind) -> None:
    types = {"text": str, "flag": bool, "number": int}
    for path, field in fields(known):
        if field.default is not None:
            assert field.type in types, f"{path}: a {field.type} has no default"
            assert isinstance(field.default, types[field.type]), f"{path}: {field.default!r} is no {field.type}"


@KIND
def test_spellings_say_fields_of_the_kind(known: Kind) -> None:
    assert any(not spelling.part_of for spelling in known.spellings)
    for spelling in known.spellings:
        for name in spelling.fields:
            assert at(known, name), f"{spelling.type} says {name}"
        read = {path.split(".")[0] for path in plain_paths(spelling)}
        both = sorted(read & set(spelling.ignores))
        assert not both, f"{spelling.type} reads {both} and ignores them"
        assert list(spelling.ignores) == sorted(spelling.ignores), f"{spelling.type}: keep `ignores` sorted"


def plain_paths(spelling: Spelling) -> Iterator[str]:
    for how in spelling.fields.values():
        if isinstance(how, str):
            yield how
        elif isinstance(how, Otherwise):
            yield how.path
        elif isinstance(how, Either):
            yield from how.paths


def test_a_part_may_speak_of_owners_of_several_kinds() -> None:
    found = {known.name: spelling.part_of for known, spelling in spellings("terraform", "aws_iam_policy_attachment")}

    assert found == {"aws_iam_group": "groups", "aws_iam_role": "roles", "aws_iam_user": "users"}


def test_a_resource_is_of_one_kind() -> None:
    for known in KINDS.values():
        for spelling in known.spellings:
            ways = spellings(spelling.dialect, spelling.type)
            assert len(ways) == 1 or all(each.part_of for _, each in ways)
