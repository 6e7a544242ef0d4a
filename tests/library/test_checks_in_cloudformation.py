"""Bad and Good once more, as CloudFormation: the same check finds the same, and its fix ends it.

A docstring may write its examples as a template (```yaml). Where it writes none, its HCL is written as one by the
paths of the catalog's spellings; where these have no path for what the example says, the docstring has to write it.
"""

from __future__ import annotations

import pathlib

import pytest
import yaml

from nephograph.catalog.registry import kind
from nephograph.library.registry import all_checks, prose
from nephograph.library.sdk import Check
from nephograph.model.source import LoadOptions
from nephograph.session import Session, open_estate
from nephograph.session.fixes import Fixes, apply
from tests.support.faults import faults
from tests.support.templates import NoPath, template_of

CHECKS = [
    check
    for check in all_checks()
    if check.kind.startswith("aws_") and "cloudformation" not in {**kind(check.kind).unspelled, **check.unspelled}
]

EXAMPLES = [
    pytest.param(check, word, language, code, id=f"{check.code}-{word}{number}")
    for check in CHECKS
    for word, examples in (("bad", prose(check).bad), ("good", prose(check).good))
    for language in [("yaml" if "yaml" in examples else "hcl")]
    for number, code in enumerate(examples[language])
]


def opened(folder: pathlib.Path) -> Session:
    return open_estate([str(folder)], LoadOptions(account="111122223333", region="eu-west-1"), today="2026-01-01")


def template(check: Check, language: str, code: str, folder: pathlib.Path) -> str:
    """The example as a template."""
    if language == "yaml":
        return code
    (folder / "hcl").mkdir()
    (folder / "hcl" / "main.tf").write_text(code)
    try:
        return yaml.safe_dump(template_of(open_estate([str(folder / "hcl")]).estate), sort_keys=False)
    except NoPath as missing:
        pytest.fail(f"{check.code}: no path of a template says {missing}: write the example as ```yaml as well")


@pytest.mark.parametrize(("check", "word", "language", "code"), EXAMPLES)
def test_bad_fires_exactly_once_and_good_is_quiet(
    check: Check, word: str, language: str, code: str, tmp_path: pathlib.Path
) -> None:
    folder = tmp_path / "cfn"
    folder.mkdir()
    text = template(check, language, code, tmp_path)
    (folder / "template.yaml").write_text(text)
    session = opened(folder)
    answer = session.ask("check")
    assert answer.errors == (), text
    fired = [finding for finding in answer.findings if finding.code == check.code]
    assert [finding.verdict for finding in fired] == (["yes"] if word == "bad" else []), text
    for finding in fired:
        assert finding.location is not None
        assert finding.location.file.endswith("template.yaml")
        if finding.fix is None or "no spelling of" in finding.fix.title:
            continue  # (what a spelling reads in words of its own, no edit can write)
        assert finding.fix.diff, f"{finding.fix.title}\n{text}"
        for file, (_, after) in apply(Fixes(session.reads, session.estate).text_edits(finding.fix)).items():
            pathlib.Path(file).write_text(after)
        again = opened(folder).ask("check")
        assert again.errors == ()
        assert faults(again, finding) <= {one.id for one in answer.findings} - {finding.id}
