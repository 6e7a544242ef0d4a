"""No check raises over a value that is not known, whichever field it is."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from nephograph.catalog.registry import kind
from nephograph.engines.facts import EstateFacts
from nephograph.library.registry import all_checks, kinds_of, prose
from nephograph.library.sdk import LANGUAGES, Check
from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown
from nephograph.session import open_estate

NOTHING = Unknown(Reason.NO_VALUE, "var.x")


def blinded(config: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The config with one of its values, at any depth, not known."""
    for name, value in config.items():
        yield {**config, name: NOTHING}
        if isinstance(value, dict):
            yield from ({**config, name: inner} for inner in blinded(value))
        if isinstance(value, list):
            yield {**config, name: [NOTHING]}
            for position, element in enumerate(value):
                if isinstance(element, dict):
                    for inner in blinded(element):
                        yield {**config, name: [*value[:position], inner, *value[position + 1 :]]}


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.code)
def test_a_value_that_is_not_known_is_no_error(check: Check, tmp_path: pathlib.Path) -> None:
    (tmp_path / LANGUAGES[check.language]).write_text(prose(check).bad[check.language][0])
    estate = open_estate([str(tmp_path)]).estate
    kinds = kinds_of(check, estate.kinds())
    looked_at: list[Resource] = [resource for kind in kinds for resource in estate.of_kind(kind)]
    assert looked_at
    for resource in looked_at:
        unsaid = ({**resource.config, name: NOTHING} for name in kind(resource.kind).fields)
        for config in (*blinded(resource.config), *unsaid):
            facts = EstateFacts(estate)
            for bad in check.run(msgspec.structs.replace(resource, config=config), facts):
                assert bad.verdict.answer in ("yes", "depends")
