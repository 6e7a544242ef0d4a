"""Every check's docstring obeys the law, and its Bad and Good code is its test."""

from __future__ import annotations

import pathlib

import pytest

import nephograph.library.checks
from nephograph.catalog.registry import kind
from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates import predicates
from nephograph.estate.graph import Estate
from nephograph.library.docstring import parse
from nephograph.library.registry import all_checks, checks_for, folder, prose, step_rules
from nephograph.library.sdk import Check
from nephograph.session import open_estate

CHECKS = all_checks()
EXAMPLES = [
    pytest.param(check, word, code, id=f"{check.code}-{word}{number}")
    for check in CHECKS
    for word, codes in (("bad", prose(check).bad["hcl"]), ("good", prose(check).good["hcl"]))
    for number, code in enumerate(codes)
]


@pytest.mark.parametrize(("check", "word", "code"), EXAMPLES)
def test_bad_fires_exactly_once_and_good_is_quiet(check: Check, word: str, code: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(code)
    answer = open_estate([str(tmp_path)]).ask("check")
    assert answer.errors == ()
    fired = [f for f in answer.findings if f.code == check.code]
    assert len(fired) == (1 if word == "bad" else 0), [f.message for f in fired]
    if fired:
        assert fired[0].verdict == "yes"
        assert fired[0].location is not None


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_a_check_lives_in_the_folder_of_its_kinds_service(check: Check) -> None:
    provider, service = check.module.split(".checks.")[1].split(".")[:2]
    assert check.kind.startswith(f"{provider}_")
    assert folder(kind(check.kind).service) == service


def test_every_check_file_is_found() -> None:
    room = pathlib.Path(nephograph.library.checks.__file__).parent
    files = {".".join(p.relative_to(room).with_suffix("").parts) for p in room.rglob("*.py") if p.stem != "__init__"}
    assert files == {check.module.split(".checks.")[1] for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_a_check_says_what_it_looks_at_and_refers_to_the_providers_page(check: Check) -> None:
    written = prose(check)
    assert written.what
    assert written.why
    assert all(page.startswith("https://") for page in written.references)
    assert check.run.__name__ == check.module.rsplit(".", 1)[1], "the function, the file and the code are one name"


def test_codes_are_unique() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)


def test_only_checks_of_kinds_that_are_present_are_loaded() -> None:
    assert {c.kind for c in checks_for(["aws_kms_key", "aws_unheard_of"])} == {"aws_kms_key"}


def test_every_step_rule_asks_predicates_that_exist_or_that_rules_derive() -> None:
    rules = step_rules()
    derived = {rule.then.predicate for rule in rules}
    for rule in rules:
        for atom in rule.when:
            if atom.predicate not in derived:
                assert len(atom.terms) == predicates()[atom.predicate].arity, f"{rule.name}: {atom}"
        bound = {term for atom in rule.when for term in atom.terms if term.startswith("?")}
        assert {term for term in (*rule.then.terms, rule.source, rule.target) if term.startswith("?")} <= bound
        assert len({r.name for r in rules}) == len(rules)


def test_an_unknown_predicate_is_an_error_and_not_an_empty_answer() -> None:
    with pytest.raises(KeyError):
        list(EstateFacts(Estate([], [])).query("exposd", ("x",)))


def test_the_docstring_law_names_what_is_missing() -> None:
    with pytest.raises(ValueError, match="the law is What, Why"):
        parse("A title.\n\n## What\nx\n")
