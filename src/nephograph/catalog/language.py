"""The declaration language of kinds. A kind file holds one `KIND = Kind(…)`; nothing else has to be edited.

    KIND = Kind(
        native="AWS::SQS::Queue",
        service="sqs",
        cls=Class.QUEUE,
        identity=("name",),
        arn="arn:{partition}:sqs:{region}:{account}:{name}",
        fields={"name": text(), "kms_key": reference("aws_kms_key"), "policy": policy()},
        links=(Link("encrypted_by", "kms_key"),),
        spellings=(
            Spelling("terraform", "aws_sqs_queue", {"name": "name", "kms_key": "kms_master_key_id"}),
            Spelling("terraform", "aws_sqs_queue_policy", {"policy": "policy"}, part_of="queue_url"),
            Spelling("cloudformation", "AWS::SQS::Queue", {"name": "QueueName", "kms_key": "KmsMasterKeyId"}),
            Spelling(
                "api",
                "sqs:GetQueueAttributes",
                {"name": …, "kms_key": "Attributes.KmsMasterKeyId", "policy": "Attributes.Policy"},
                asks=("QueueUrl",),
                key="QueueUrl",
            ),
        ),
    )

The kind's name is its place: `catalog/aws/sqs_queue.py` is `aws_sqs_queue`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import msgspec

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.model.resource import Class

FieldType = Literal["text", "flag", "number", "texts", "mapping", "policy", "reference", "references", "group", "items"]


ADDED = ("items", "texts", "references")
"""Field types of which several documents may each say a part."""

API = "api"
"""The dialect of the provider's own answers."""


class Field(msgspec.Struct, frozen=True):
    """One field of the normal form.

    `default` is what the provider does when nothing is said (`since` names the provider version it holds for; both
    go to the reference page). `fields` are the fields of a group (an object) or of items (a list of objects).
    `refers` are the kinds a reference may name. `key` is what tells the items of a list apart: where two answers of an
    API speak of one item, they are joined by it. `code_only` is a question to code alone: whether a password is
    written in it cannot be asked of a state or of the cloud.
    """

    type: FieldType
    default: Any = None
    since: str = ""
    fields: dict[str, Field] = {}
    refers: tuple[str, ...] = ()
    key: str = ""
    code_only: bool = False


def text(default: str | None = None, since: str = "") -> Field:
    """A string; numbers and booleans are written out."""
    return Field("text", default, since)


def flag(default: bool | None = None, since: str = "") -> Field:
    """A boolean; the strings "true" and "false" are understood."""
    return Field("flag", default, since)


def in_code_only() -> Field:
    """Whether something is written in code: a flag that nothing but code can have."""
    return Field("flag", code_only=True)


def only_in_code(field: Field) -> Field:
    """A field that code and its states say, and that no answer of an API does: it is not missed there."""
    return msgspec.structs.replace(field, code_only=True)


def number(default: float | None = None, since: str = "") -> Field:
    """A number; numeric strings are understood."""
    return Field("number", default, since)


def texts() -> Field:
    """A list of strings; one string alone is a list of one."""
    return Field("texts")


def mapping() -> Field:
    """Free-form keys and values: tags, environment variables."""
    return Field("mapping")


def policy() -> Field:
    """A JSON policy document: normalised to an object whose `Statement` is a list."""
    return Field("policy")


def reference(*kinds: str) -> Field:
    """The id, name or ARN of another resource of one of these kinds."""
    return Field("reference", refers=kinds)


def references(*kinds: str) -> Field:
    """A list of references."""
    return Field("references", refers=kinds)


def group(**fields: Field) -> Field:
    """An object. When nothing of it is said, it holds the defaults of its fields."""
    return Field("group", fields=fields)


def items(**fields: Field) -> Field:
    """A list of objects."""
    return Field("items", fields=fields)


def keyed(key: str, **fields: Field) -> Field:
    """A list of objects that are told apart by one of their fields: several answers may each say a part of one."""
    return Field("items", fields=fields, key=key)


class Otherwise(msgspec.Struct, frozen=True):
    """A path whose absence in this document means `value`, whatever the kind's default is.

    With `when`, only if one of these attributes is set: a launch template or a snapshot may say what is left out.
    """

    path: str
    value: Any
    when: tuple[str, ...] = ()


class Either(msgspec.Struct, frozen=True):
    """One thing under several names (of provider versions): today's first. The first that is set is read."""

    paths: tuple[str, ...]


Reader = Callable[[Cursor], Tree]
"""Reads a field's value from the document: returns cursors (or lists and dicts of cursors), so that origins survive."""

Fields = Mapping[str, str | Otherwise | Either | Reader]
"""How each field of a kind is said."""


class Spelling(msgspec.Struct, frozen=True):
    """How one dialect says a kind.

    `fields` maps a field of the kind to a path in the document (`"a.b"`; a list met on the way is entered at its
    first element, because dialects write single nested blocks as lists), to an `Otherwise`, to an `Either`, or to a
    `Reader` when the dialect uses other words. Paths can be written as well as read, so prefer them. A dotted field
    (`"encryption.kms_key"`) sets one field of a group.

    `part_of` names the attribute that refers to the owner: this document is not a resource of its own but a part of
    the owner's normal form (an attribute that lists owners gives the part to each). `computed` maps attributes the
    provider computes (what a reference may ask for) to a template over the fields, or to "arn"; `id` and `arn` need
    no entry when the kind has `id` or `arn`.
    `unless_said` are lists that hold these elements as long as neither this document nor a part of it says any: the
    rules that the provider itself gives to what is created without.
    `ignores` are attributes that were looked at and say nothing a lens asks for; any other unread attribute is
    counted as not read.

    Dialects and how they name types:
    `terraform`      `aws_sqs_queue`; HCL, plans and states; provider versions 4 to 6.
    `cloudformation` `AWS::SQS::Queue`; attributes are the properties. `computed` names what `Ref` and `GetAtt` give
                     where that is not the kind's id and ARN ("Ref", "Arn").
    `api`            `sqs:GetQueueAttributes`: service and operation as botocore names them. A document is one object of
                     a response: `items` says where the objects are (`Reservations.*.Instances.*`; "" for the response
                     itself); a bare text is the object `{"Value": text}`. Plain values of what encloses the object
                     (`OwnerId`) and the request parameters named in `asks` (`Bucket`) are attributes of it too. `key`
                     names the attribute that tells one object of an account and region from the next. Several
                     operations may say one resource; a field that only operations say whose answer is not there is
                     not known (`NOT_SEEN`), never its default.
    """

    dialect: str
    type: str
    fields: Fields
    part_of: str = ""
    computed: dict[str, str] = {}
    ignores: tuple[str, ...] = ()
    items: str = ""
    key: str = ""
    asks: tuple[str, ...] = ()
    unless_said: dict[str, Any] = {}


class Link(msgspec.Struct, frozen=True):
    """A fact edge that a reference field says: `kind` is the verb, `path` the field (`routes.*.target` runs a list).

    `inverse` turns the arrow round: the edge then runs from the thing referred to, to this resource.
    """

    kind: str
    path: str
    inverse: bool = False


class Kind(msgspec.Struct, frozen=True):
    """One kind of resource.

    `identity` are the fields that name the entity within its account and region (empty: the spelling names it).
    `arn` and `id` are templates over the fields and {partition}, {region}, {account}. `label` is the field people
    know it by. `global_` kinds have no region in their urn.
    `aliases` are fields that hold another name of it, by which references may call it (a DNS name).
    `known_by` are fields that tell it from others of its parent where neither id nor name is known on both sides (the
    port of a listener). `single` kinds stand once in an account and region. `of_code` kinds are things of code that no
    cloud says, whatever their class; all of the class `configuration` are.
    `unspelled` says why a dialect has no spelling: {"cloudformation": "has no such type"}.
    """

    native: str
    service: str
    cls: Class
    fields: dict[str, Field]
    spellings: tuple[Spelling, ...]
    name: str = ""
    identity: tuple[str, ...] = ()
    arn: str = ""
    id: str = ""
    label: str = ""
    aliases: tuple[str, ...] = ()
    known_by: tuple[str, ...] = ()
    single: bool = False
    links: tuple[Link, ...] = ()
    global_: bool = False
    of_code: bool = False
    unspelled: dict[str, str] = {}
    references: tuple[str, ...] = ()

    @property
    def has_given_ids(self) -> bool:
        """Does the provider make up its ids, so that every account calls it by them (a subnet, a transit gateway)?"""
        return self.id == "{id}" and self.identity == ("id",)
