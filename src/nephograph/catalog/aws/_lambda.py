"""The permissions of a Lambda function: as Terraform and CloudFormation grant them, and as its policy says them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Field, Reader, flag, items, text
from nephograph.catalog.readers import says
from nephograph.model.value import Reason, Unknown

_CONDITIONS = {
    "aws:sourcearn": ("source_arn", ("arnlike", "arnequals", "stringlike", "stringequals")),
    "aws:sourceaccount": ("source_account", ("stringequals",)),
    "aws:principalorgid": ("organization", ("stringequals",)),
    "lambda:functionurlauthtype": ("function_url_auth_type", ("stringequals",)),
    "lambda:eventsourcetoken": ("event_source_token", ("stringequals",)),
    "lambda:invokedviafunctionurl": ("through_function_url", ("bool",)),
}
_OTHER = Unknown(Reason.NOT_EVALUATED, "a statement that is no permission of the usual form")
_LIMIT = 1_000_000
"""Characters of policy text that are read; AWS's own limit is 20 kB."""


def permissions() -> Field:
    """What the function's own policy grants; each permission is one statement of it."""
    return items(
        statement_id=text(),
        action=text(),
        principal=text(),
        organization=text(),
        source_arn=text(),
        source_account=text(),
        function_url_auth_type=text(),
        event_source_token=text(),
        qualifier=text(),
        through_function_url=flag(),
    )


def permission(names: Mapping[str, str]) -> Reader:
    """A document that is one permission: the attribute each field of it stands in. "" limits nothing."""

    def read(document: Cursor) -> Tree:
        said = {field: document.at(name) for field, name in names.items()}
        return [{field: cursor for field, cursor in said.items() if says(cursor)}]

    return read


def policy_permissions(document: Cursor) -> Tree:
    """The statements of the function's policy, which the API answers as JSON text."""
    written = document.at("Policy")
    if written.unknown or not says(written):
        return written if written.unknown else None
    value = written.value
    if isinstance(value, str):
        try:
            if len(value) > _LIMIT:
                raise ValueError("too long")
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            return [written.be(Unknown(Reason.INVALID, f"policy is not JSON: {error}"))]
    statements = Cursor(value, written.path).at("Statement")
    return [granted for statement in statements.each() for granted in _granted(statement)] or None


def _granted(statement: Cursor) -> Iterator[Tree]:
    limits = _limits(statement.at("Condition"))
    principals = list(_principals(statement.at("Principal")))
    actions = [action for action in statement.at("Action").each() if isinstance(action.value, str)]
    if statement.at("Effect").value != "Allow" or limits is None or not principals or not actions:
        yield statement.be(_OTHER)
        return
    about = {"statement_id": statement.at("Sid"), **limits}
    resource = statement.at("Resource")
    if (qualifier := qualifier_in(resource)) is not None:
        about["qualifier"] = qualifier
    for action in actions:
        for principal in principals:
            yield {**about, "action": action, "principal": principal}


def _limits(conditions: Cursor) -> dict[str, Tree] | None:
    """The conditions as the fields of a permission; None when they say more than a permission can."""
    found: dict[str, Tree] = {}
    for operator, tests in conditions.entries():
        for key, values in tests.entries():
            field, operators = _CONDITIONS.get(key.lower(), ("", ()))
            said = list(values.each())
            if operator.lower() not in operators or len(said) != 1 or field in found:
                return None
            found[field] = said[0]
    return found


def _principals(principal: Cursor) -> Iterator[Cursor]:
    """Accounts are named by their number, as they are in a permission."""
    if isinstance(principal.value, str):
        yield principal
    for kind, names in principal.entries():
        for name in names.each():
            if kind in ("AWS", "Service") and isinstance(name.value, str):
                parts = name.value.split(":")
                root = len(parts) == 6 and parts[2] == "iam" and parts[5] == "root"
                yield name.be(parts[4]) if root else name


def qualifier_in(arn: Cursor) -> Cursor | None:
    """The alias or version at the end of a function's ARN; None when it names the function itself."""
    parts = arn.value.split(":") if isinstance(arn.value, str) else []
    return arn.be(parts[7]) if len(parts) == 8 and parts[5] == "function" else None


def function_name(said: Cursor) -> Cursor:
    """A function by its name, whether it is called by its name or by a full or partial ARN."""
    if not isinstance(said.value, str):
        return said
    parts = said.value.split(":")
    if "function" in parts[:-1]:
        return said.be(parts[parts.index("function") + 1])
    return said.be(parts[0])
