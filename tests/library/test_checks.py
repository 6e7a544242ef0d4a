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
from nephograph.library.registry import all_checks, checks_for, folder, kinds_of, prose, step_rules
from nephograph.library.sdk import LANGUAGES, Check
from nephograph.library.topics import topics
from nephograph.session import open_estate

CHECKS = all_checks()


def lawful(check: Check) -> bool:
    """Its docstring can be read. One that cannot is a failure of its own and not the end of all other tests."""
    try:
        return bool(prose(check))
    except ValueError:
        return False


EXAMPLES = [
    pytest.param(check, word, code, id=f"{check.code}-{word}{number}")
    for check in filter(lawful, CHECKS)
    for word, examples in (("bad", prose(check).bad), ("good", prose(check).good))
    for number, code in enumerate(examples.get(check.language, ()))
]


def file_of(check: Check) -> str:
    return f"src/{check.module.replace('.', '/')}.py"


@pytest.mark.parametrize(("check", "word", "code"), EXAMPLES)
def test_bad_fires_exactly_once_and_good_is_quiet(check: Check, word: str, code: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / LANGUAGES[check.language]).write_text(code)
    answer = open_estate([str(tmp_path)]).ask("check")
    assert answer.errors == ()
    fired = [f for f in answer.findings if f.code == check.code]
    wanted = "exactly one finding" if word == "bad" else "no finding"
    assert len(fired) == (1 if word == "bad" else 0), (
        f"the {word.title()} code in the docstring of {file_of(check)} has to have {wanted} of this check; "
        f"it has {[f.message for f in fired]}"
    )
    if fired:
        assert fired[0].verdict == "yes", f"the Bad code has to be a proven case; it depends on {fired[0].depends_on}"
        assert fired[0].location is not None


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_a_check_lives_in_the_folder_of_its_kinds_service(check: Check) -> None:
    provider, service = check.module.split(".checks.")[1].split(".")[:2]
    right = f"{check.kind.partition('_')[0]}/{folder(kind(check.kind).service)}"
    assert f"{provider}/{service}" == right, f"{file_of(check)} looks at {check.kind}: it belongs into checks/{right}/"


def test_every_check_file_is_found() -> None:
    room = pathlib.Path(nephograph.library.checks.__file__).parent
    files = {".".join(p.relative_to(room).with_suffix("").parts) for p in room.rglob("*.py") if p.stem != "__init__"}
    found = {check.module.split(".checks.")[1] for check in CHECKS}
    assert files <= found, (
        f"files without a check that is found: {sorted(files - found)}; the folder has to be the `service` of the "
        "kind, and the file has to hold a function under @check"
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_a_check_says_what_it_looks_at_and_refers_to_the_providers_page(check: Check) -> None:
    try:
        written = prose(check)
    except ValueError as error:
        pytest.fail(f"the docstring of {file_of(check)}: {error} (several examples stand under one heading)")
    assert set(written.bad) == set(written.good), "what is Bad in one language is Good in the same"
    languages = {"hcl", "yaml"} if check.language == "hcl" else {check.language}
    assert {check.language} <= set(written.bad) <= languages, f"Bad and Good hold code fenced as {sorted(languages)}"
    assert written.what, "What is empty"
    assert written.why, "Why is empty"
    assert all(page.startswith("https://") for page in written.references), "References are lines `- https://…`"
    assert check.run.__name__ == check.module.rsplit(".", 1)[1], "the function, the file and the code are one name"


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_a_check_is_about_topics_that_are_written_down(check: Check) -> None:
    assert check.topics, f"{file_of(check)} names no topic"
    assert len(set(check.topics)) == len(check.topics)
    assert set(check.topics) <= set(topics()), f"a new topic is a file in library/topics/: {check.topics}"


def test_codes_are_unique() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)


def test_only_checks_of_kinds_that_are_present_are_loaded() -> None:
    assert {c.kind for c in checks_for(["aws_ebs_volume", "aws_unheard_of"])} == {"aws_ebs_volume"}


def test_a_check_of_a_field_looks_at_every_kind_that_has_one() -> None:
    (check,) = [c for c in CHECKS if c.code == "aws-iam-policy-action-unknown"]
    present = ["aws_ebs_volume", "aws_iam_role", "aws_kms_key", "kubernetes_deployment"]
    assert kinds_of(check, present) == ["aws_iam_role", "aws_kms_key"]
    assert check in checks_for(["aws_kms_key"])
    assert check not in checks_for(["aws_ebs_volume"])


def test_every_step_rule_asks_predicates_that_exist_or_that_rules_derive() -> None:
    rules = step_rules()
    derived = {rule.then.predicate for rule in rules}
    for rule in rules:
        for atom in rule.when:
            if atom.predicate not in derived:
                assert atom.predicate in predicates(), f"{rule.name}: docs/reference/steps.md has no {atom.predicate}"
                arity = predicates()[atom.predicate].arity
                assert len(atom.terms) == arity, f"{rule.name}: {atom.predicate} takes {arity} terms, see {atom}"
        bound = {term for atom in rule.when for term in atom.terms if term.startswith("?")}
        used = {term for term in (*rule.then.terms, rule.source, rule.target) if term.startswith("?")}
        assert used <= bound, f"{rule.name}: {sorted(used - bound)} stand in no atom of `when`"
        assert len({r.name for r in rules}) == len(rules)


def test_an_unknown_predicate_is_an_error_and_not_an_empty_answer() -> None:
    with pytest.raises(KeyError):
        list(EstateFacts(Estate([], [])).query("exposd", ("x",)))


def test_the_docstring_law_names_what_is_missing() -> None:
    with pytest.raises(ValueError, match="the law is What, Why"):
        parse("A title.\n\n## What\nx\n")
