"""Whether one statement says all of another: a true answer is certain, a false one may be caution."""

from __future__ import annotations

from nephograph.library.policies.documents import Element, Statement
from nephograph.library.policies.globs import covers, overlap, tokens

MOST = 200
"""How many statements of a document are compared with each other. AWS's largest policy has 32 KB."""


def says_all_of(wide: Statement, narrow: Statement) -> bool:
    """Does `wide` apply to every request that `narrow` applies to? Their effects are the caller's matter."""
    if wide.open or narrow.open or wide.actions is None or narrow.actions is None:
        return False
    return (
        _contains(wide.actions, narrow.actions, fold=True)
        and _resources(wide.resources, narrow.resources)
        and _principals(wide, narrow)
        and _conditions(wide, narrow)
    )


def _resources(wide: Element | None, narrow: Element | None) -> bool:
    if wide is None or narrow is None:
        return wide is narrow
    return _contains(wide, narrow, fold=False)


def _contains(wide: Element, narrow: Element, fold: bool) -> bool:
    """Is every text that `narrow` names named by `wide`?"""
    many = [text.value.lower() if fold else text.value for text in wide.texts]
    few = [text.value.lower() if fold else text.value for text in narrow.texts]
    if not few:
        return False
    if wide.negated and narrow.negated:
        return all(any(covers(left_out, one) for left_out in few) for one in many)
    if wide.negated:
        return all(not overlap(tokens(left_out), tokens(one)) for left_out in many for one in few)
    if narrow.negated:
        return "*" in many
    return all(any(covers(pattern, one) for pattern in many) for one in few)


def _principals(wide: Statement, narrow: Statement) -> bool:
    if wide.principal_name != narrow.principal_name:
        return False
    if wide.everybody:
        return True
    many = {(one.type, one.text.value) for one in wide.principals}
    few = {(one.type, one.text.value) for one in narrow.principals}
    return many == few if wide.principal_name == "NotPrincipal" else few <= many


def _conditions(wide: Statement, narrow: Statement) -> bool:
    """Does every request that passes the conditions of `narrow` pass those of `wide`? Told by equal tests alone."""
    few = {(t.operator.lower(), t.key.lower()): {v.value for v in t.values} for t in narrow.conditions}
    return all(
        few.get((test.operator.lower(), test.key.lower())) == {value.value for value in test.values}
        for test in wide.conditions
    )
