"""Coercion, defaults, unknowns, joining of parts, and where a value was read."""

from __future__ import annotations

from typing import Any

import pytest

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Either,
    Field,
    Fields,
    Kind,
    Otherwise,
    Spelling,
    flag,
    group,
    items,
    mapping,
    number,
    policy,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.normal import Traced, normal_form, unread
from nephograph.catalog.readers import in_code, one
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Ref, Unknown
from tests.catalog.catalog_documents import Document, revive

LATER = Unknown(Reason.AFTER_APPLY, ref=Ref("aws_x.y", ("id",)))
MAYBE = Unknown(Reason.NO_VALUE, "var.enabled")


def thing(fields: dict[str, Field], *spellings: Spelling) -> Kind:
    return Kind(native="N", service="s", cls=Class.GENERIC, fields=fields, spellings=spellings)


def read(field: Field, value: Any) -> Any:
    """The normal form of one field that is written as `value`; None when the field is absent."""
    spelling = Spelling("terraform", "t", {"f": "a"})
    return normal_form(thing({"f": field}, spelling), [(Document("t", {"a": value}), spelling)]).get("f")


def read_parts(field: Field, main: Any, *parts: Any) -> Any:
    """The same, with parts that speak of the same field."""
    spelling, part = Spelling("terraform", "t", {"f": "a"}), Spelling("terraform", "p", {"f": "a"}, part_of="o")
    kind = thing({"f": field}, spelling, part)
    documents = [p if isinstance(p, Document) else Document("p", {"a": p}) for p in parts]
    return normal_form(kind, [(Document("t", {"a": main}), spelling), *((d, part) for d in documents)]).get("f")


@pytest.mark.parametrize(
    ("field", "said", "expected"),
    [
        (text(), "a", "a"),
        (text(), 7, "7"),
        (text(), True, "true"),
        (text(), ["a"], "a"),
        (flag(), True, True),
        (flag(), "false", False),
        (flag(), "1", True),
        (flag(), "enabled", True),
        (number(), 8, 8),
        (number(), "-8", -8),
        (number(), "1.5", 1.5),
        (texts(), ["a", None, 7], ["a", "7"]),
        (texts(), "a", ["a"]),
        (texts(), [], []),
        (reference("aws_x"), LATER, LATER),
        (reference("aws_x"), "", None),
        (references("aws_x"), ["a", "", LATER], ["a", LATER]),
        (mapping(), {"a": 1, "b": ["c"]}, {"a": 1, "b": ["c"]}),
        (mapping(), [{"a": 1}], {"a": 1}),
        (text(), None, None),
    ],
)
def test_values_take_the_type_of_their_field(field: Field, said: Any, expected: Any) -> None:
    assert read(field, said) == expected


@pytest.mark.parametrize(
    ("field", "said"),
    [(flag(), "perhaps"), (number(), "many"), (number(), True), (text(), {"a": 1}), (text(), ["a", "b"])],
)
def test_what_does_not_fit_is_unknown_and_says_so(field: Field, said: Any) -> None:
    found = read(field, said)

    assert isinstance(found, Unknown)
    assert found.reason is Reason.INVALID
    assert field.type in found.detail


@pytest.mark.parametrize("field", [text(), flag(), number(), texts(), references("k"), items(a=text()), mapping()])
def test_an_unknown_stays_unknown_as_a_whole(field: Field) -> None:
    assert read(field, LATER) == LATER


def test_defaults_fill_groups_and_items_but_never_make_an_item() -> None:
    inner = group(on=flag(default=False), size=number())
    rows = items(name=text(), on=flag(default=True))

    assert read(inner, None) == {"on": False}
    assert read(inner, [{"size": 3}]) == {"on": False, "size": 3}
    assert read(rows, None) is None
    assert read(rows, [{"name": "a"}, {"name": "b", "on": False}]) == [
        {"name": "a", "on": True},
        {"name": "b", "on": False},
    ]


def test_a_group_of_which_nothing_is_said_is_absent_when_it_has_no_defaults() -> None:
    assert read(group(a=text()), None) is None


STATEMENT = {"Effect": "Allow", "Action": "*"}


@pytest.mark.parametrize(
    "said",
    [
        '{"Statement": [{"Effect": "Allow", "Action": "*"}]}',
        '{"Statement": {"Effect": "Allow", "Action": "*"}}',
        {"Statement": [STATEMENT]},
        [{"Statement": [STATEMENT]}],
    ],
)
def test_a_policy_is_an_object_with_a_list_of_statements(said: Any) -> None:
    assert read(policy(), said) == {"Statement": [STATEMENT]}


@pytest.mark.parametrize("said", ["{", "7", "[1, 2]", '"text"', "[" * 100_000])
def test_a_policy_that_is_none_is_unknown(said: str) -> None:
    found = read(policy(), said)

    assert isinstance(found, Unknown)
    assert found.reason is Reason.INVALID


def test_an_empty_policy_says_nothing() -> None:
    assert read(policy(), "  ") is None


def test_unknown_pieces_of_a_policy_become_symbols() -> None:
    said = revive('{"Statement": [{"Resource": "${aws_s3_bucket.b.arn}/*"}]}')

    assert read(policy(), said) == {"Statement": [{"Resource": "⟨aws_s3_bucket.b.arn⟩/*"}]}


def test_a_quote_in_an_address_does_not_break_the_policy_text() -> None:
    said = revive('{"Statement": [{"Resource": "${aws_s3_bucket.b["x"].arn}"}]}')

    assert read(policy(), said) == {"Statement": [{"Resource": '⟨aws_s3_bucket.b["x"].arn⟩'}]}


def test_a_wholly_unknown_policy_stays_unknown() -> None:
    assert read(policy(), LATER) == LATER


def test_lists_of_parts_add_up_and_of_scalars_the_first_word_stands() -> None:
    assert read_parts(texts(), ["a"], ["b"], "c") == ["a", "b", "c"]
    assert read_parts(text(), "a", "b") == "a"
    assert read_parts(text(), None, "b", "c") == "b"
    assert read_parts(group(a=text(), b=text()), {"a": "1"}, {"a": "2", "b": "3"}) == {"a": "1", "b": "3"}
    assert read_parts(mapping(), {"a": "1"}, {"b": "2"}) == {"a": "1", "b": "2"}


@pytest.mark.parametrize("field", [texts(), references("k")])
def test_an_unknown_list_hides_nothing_that_others_say(field: Field) -> None:
    assert read_parts(field, LATER, ["a"]) == [LATER, "a"]
    assert read_parts(field, ["a"], LATER) == ["a", LATER]


def test_what_a_doubtful_part_says_is_unknown() -> None:
    part = Document("p", {"a": ["b"]}, existence=MAYBE)
    assert read_parts(texts(), ["a"], part) == ["a", MAYBE]

    part = Document("p", {"a": "b"}, existence=MAYBE)
    assert read_parts(text(default="z"), None, part) == MAYBE
    assert read_parts(text(), "a", part) == "a"

    part = Document("p", {"a": [{"on": True}]}, existence=MAYBE)
    assert read_parts(group(on=flag(default=False), size=number(default=1)), None, part) == {"on": MAYBE, "size": 1}


def test_a_doubtful_main_document_keeps_its_content() -> None:
    spelling = Spelling("terraform", "t", {"f": "a"})
    document = Document("t", {"a": "x"}, existence=MAYBE)

    assert normal_form(thing({"f": text()}, spelling), [(document, spelling)]) == {"f": "x"}


def spelled(fields: Fields, attributes: dict[str, Any]) -> dict[str, Any]:
    spelling = Spelling("terraform", "t", fields)
    return normal_form(thing({"f": text(default="d")}, spelling), [(Document("t", attributes), spelling)])


def test_otherwise_holds_for_this_spelling_only_and_only_when_asked() -> None:
    assert spelled({"f": Otherwise("a", "o")}, {}) == {"f": "o"}
    assert spelled({"f": Otherwise("a", "o")}, {"a": "x"}) == {"f": "x"}
    assert spelled({"f": Otherwise("a", "o", when=("t",))}, {}) == {"f": "d"}
    assert spelled({"f": Otherwise("a", "o", when=("t",))}, {"t": []}) == {"f": "d"}
    assert spelled({"f": Otherwise("a", "o", when=("t",))}, {"t": [{}]}) == {"f": "o"}
    assert spelled({"f": Otherwise("a", "o", when=("t",))}, {"t": LATER}) == {"f": "o"}


def test_either_reads_the_first_name_that_is_set() -> None:
    assert spelled({"f": Either(("new", "old"))}, {"old": "x"}) == {"f": "x"}
    assert spelled({"f": Either(("new", "old"))}, {"new": "y", "old": "x"}) == {"f": "y"}
    assert spelled({"f": Either(("new", "old"))}, {"new": "", "old": "x"}) == {"f": "x"}
    assert spelled({"f": Either(("new", "old"))}, {}) == {"f": "d"}


def test_unread_names_what_is_neither_read_nor_ignored() -> None:
    spelling = Spelling("terraform", "t", {"f": "a.b", "g": one(lambda d: {"x": d.at("c")})}, "owner", ignores=("i",))
    document = Document("t", {"a": [{"b": 1}], "c": 1, "owner": "o", "i": 1, "z": 1, "y": LATER, "n": None, "e": []})

    assert unread(document, spelling) == ["y", "z"]


def test_what_any_resource_may_say_is_not_unread() -> None:
    document = Document("t", {"region": "eu-west-3", "timeouts": [{"create": "1h"}]})

    assert unread(document, Spelling("terraform", "t", {})) == []


def rows(document: Cursor) -> Tree:
    return [
        {"name": row.at("called"), "peer": peer} for row in document.at("row").each() for peer in row.at("to").each()
    ]


def test_origins_lead_back_through_readers_and_parts() -> None:
    main = Spelling("terraform", "t", {"name": "n", "rows": rows, "box.deep": "x.y", "list": "l"})
    part = Spelling("terraform", "p", {"list": "more", "document": "json"}, part_of="o")
    kind = thing(
        {
            "name": text(),
            "rows": items(name=text(), peer=text(), on=flag(default=True)),
            "box": group(deep=text(), shallow=text(default="s")),
            "list": texts(),
            "document": policy(),
            "silent": flag(default=False),
        },
        main,
        part,
    )
    traced = Traced(
        kind,
        [
            (
                Document(
                    "t",
                    {"n": "a", "row": [{"called": "r", "to": ["p", "q"]}], "x": [{"y": "z"}], "l": ["0"]},
                    address="t.main",
                ),
                main,
            ),
            (
                Document("p", {"more": ["1"], "json": '{"Statement": {"Action": ["a", "b"]}}'}, address="p.part"),
                part,
            ),
        ],
    )

    def place(*path: str | int) -> str | None:
        was_written, origin = traced.of(path)
        assert was_written == (origin is not None)
        return f"{origin.address}:{origin.causes[0].what}" if origin else None

    assert place() == "t.main:"
    assert place("name") == "t.main:n"
    assert place("rows", 1, "peer") == "t.main:row.0.to.1"
    assert place("rows", 1, "name") == "t.main:row.0.called"
    assert place("rows", 1) == "t.main:row.0"
    assert place("box", "deep") == "t.main:x.0.y"
    assert place("list", 0) == "t.main:l.0"
    assert place("list", 1) == "p.part:more.0"
    assert place("document", "Statement", 0, "Action", 1) == "p.part:json.Statement.Action.1"
    assert place("rows", 0, "on") is None
    assert place("box", "shallow") is None
    assert place("silent") is None
    assert [document.address for document in traced.documents] == ["t.main", "p.part"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("hunter2", True),
        (revive("${var.password}"), False),
        (revive("${random_password.p.result}"), False),
        (revive("${data.vault.p.value}"), False),
        (revive('{"password":"${var.password}","user":"shop"}'), False),
        (revive('{"password":"hunter2","host":"${aws_db_instance.d.address}"}'), True),
        (revive('{"password":"","api_key":"${var.key}"}'), False),
        (None, None),
        ("", None),
    ],
)
def test_of_a_secret_only_its_place_is_told(value: Any, expected: bool | None) -> None:
    found = in_code("secret")(Cursor({"secret": value}))

    assert (found.value if isinstance(found, Cursor) else found) == expected


@pytest.mark.parametrize(
    "value",
    [
        revive("hunter-${random_id.r.hex}"),
        revive('{"url":"postgres://u:hunter2@${var.host}"}'),
        revive('{"password":{"deep":"hunter2"},"x":"${var.x}"}'),
        revive('["hunter2","${var.x}"]'),
        Unknown(Reason.NOT_EVALUATED, "f(x)", parts=("hunter2", MAYBE)),
        Unknown(Reason.CYCLE, "local.p"),
    ],
)
def test_no_piece_of_an_undecided_secret_is_kept(value: Unknown) -> None:
    found = in_code("secret")(Cursor({"secret": value}))

    assert isinstance(found, Cursor)
    assert isinstance(found.value, Unknown)
    assert "hunter" not in repr(found.value)


def answers(*said: list[dict[str, Any]]) -> Any:
    """The field `f` of a resource that several answers of an API speak of."""
    spellings = [Spelling("api", f"s:Op{i}", {"f": "a"}) for i in range(len(said))]
    kind = thing({"f": items(port=number(), note=text())}, *spellings)
    return normal_form(
        kind,
        [
            (Document(spelling.type, {"a": one}, dialect="api", said="dump"), spelling)
            for spelling, one in zip(spellings, said, strict=True)
        ],
    ).get("f")


def test_two_answers_about_one_element_are_one() -> None:
    full, bare = {"port": 22, "note": "ops"}, {"port": 22}
    assert answers([full], [bare]) == answers([bare], [full]) == [full]
    assert answers([full, {"port": 80}], [bare, {"port": 443}]) == [full, {"port": 80}, {"port": 443}]


def test_an_element_that_could_be_either_of_two_is_kept() -> None:
    one, two = {"port": 22, "note": "ops"}, {"port": 22, "note": "dev"}
    assert answers([one, two], [{"port": 22}]) == [one, two, {"port": 22}]
