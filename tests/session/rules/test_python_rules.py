"""Checks of somebody's own in Python: where they come from, and what becomes of bad ones."""

from __future__ import annotations

import json
import pathlib

import pytest

from nephograph.model.answer import Answer
from nephograph.model.errors import UsageError
from nephograph.session import open_estate
from nephograph.session.rules import own_rules
from tests.support.command import Neph

BUCKETS = """
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
  tags   = { owner = "shop" }
}
"""

OWNERLESS = '''"""Bucket that nobody owns.

## Why
Nobody answers for it.

## Fix
Write the tag owner.
"""

from nephograph.library.sdk import bad_if, check, test
from nephograph.model.answer import Severity


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("inventory",))
def bucket_ownerless(bucket, facts):
    """No tag owner."""
    none = test(bucket, "tags", when=lambda tags: "owner" not in (tags or {}), says="its tags are {value}")
    yield from bad_if(none, "tags", message=f"nobody owns {bucket.label}")
'''

ACTS = "import pathlib\npathlib.Path(__file__).with_name('acted').touch()\n"


@pytest.fixture
def tree(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "main.tf").write_text(BUCKETS)
    return folder


@pytest.fixture
def rules(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def asked(tree: pathlib.Path, *rules: pathlib.Path) -> Answer:
    gathered = own_rules([str(one) for one in rules], [str(tree)], {})
    return open_estate([str(tree)]).judging(gathered).ask("check")


def own(answer: Answer, code: str = "bucket-ownerless") -> list[tuple[str, str]]:
    return [(one.resource.address, one.message) for one in answer.findings if one.code == code]


def test_a_check_of_a_folder_is_a_check_like_any_other(tree: pathlib.Path, rules: pathlib.Path) -> None:
    (rules / "bucket_ownerless.py").write_text(OWNERLESS)

    answer = asked(tree, rules)

    (finding,) = [one for one in answer.findings if one.code == "bucket-ownerless"]
    assert finding.title == "Bucket that nobody owns"
    assert finding.help == "Write the tag owner."
    assert finding.location is not None
    assert (finding.resource.address, finding.location.line) == ("aws_s3_bucket.logs", 2)
    assert answer.errors == ()
    assert answer.checks_run == asked(tree).checks_run + 1


def test_the_code_is_the_place_below_the_folder(tree: pathlib.Path, rules: pathlib.Path) -> None:
    (rules / "shop").mkdir()
    (rules / "shop" / "bucket_ownerless.py").write_text(OWNERLESS)
    assert own(asked(tree, rules), "shop-bucket-ownerless")
    assert own(asked(tree, rules / "shop" / "bucket_ownerless.py"), "bucket-ownerless")


def test_an_ignore_comment_silences_it(tree: pathlib.Path, rules: pathlib.Path) -> None:
    (rules / "bucket_ownerless.py").write_text(OWNERLESS)
    (tree / "main.tf").write_text(f"# neph: ignore[bucket-ownerless] because shared{BUCKETS}")
    (finding,) = [one for one in asked(tree, rules).findings if one.code == "bucket-ownerless"]
    assert finding.suppressed == "shared"


def test_helpers_of_the_folder_can_be_imported_and_nothing_is_written_beside(
    tree: pathlib.Path, rules: pathlib.Path
) -> None:
    (rules / "_tags.py").write_text("OWNER = 'owner'\n")
    (rules / "bucket_ownerless.py").write_text(
        OWNERLESS.replace("from nephograph.library", "from ._tags import OWNER\nfrom nephograph.library", 1).replace(
            '"owner" not in', "OWNER not in"
        )
    )
    assert own(asked(tree, rules)) == [("aws_s3_bucket.logs", "nobody owns logs")]
    assert sorted(path.name for path in rules.iterdir()) == ["_tags.py", "bucket_ownerless.py"]


def test_a_rule_is_read_anew_when_it_has_changed(tree: pathlib.Path, rules: pathlib.Path) -> None:
    (rules / "bucket_ownerless.py").write_text(OWNERLESS)
    asked(tree, rules)
    (rules / "bucket_ownerless.py").write_text(OWNERLESS.replace("nobody owns", "an orphan:"))
    assert own(asked(tree, rules)) == [("aws_s3_bucket.logs", "an orphan: logs")]


def test_the_configuration_folder_is_read(tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "config" / "nephograph" / "rules"
    folder.mkdir(parents=True)
    (folder / "bucket_ownerless.py").write_text(OWNERLESS)
    session = open_estate([str(tree)])
    gathered = own_rules([], [str(tree)], {"XDG_CONFIG_HOME": str(tmp_path / "config"), "HOME": str(tmp_path)})
    assert own(session.judging(gathered).ask("check"))
    # A path that is not absolute is ignored, as the specification of the folders says.
    assert not own_rules([], [], {"XDG_CONFIG_HOME": "config", "HOME": str(tmp_path)}).rules.said
    (tmp_path / "config").rename(tmp_path / ".config")
    assert own_rules([], [], {"HOME": str(tmp_path)}).rules.checks


def test_python_of_the_scanned_tree_is_not_run(tree: pathlib.Path) -> None:
    (tree / "neph-rules").mkdir()
    (tree / "neph-rules" / "acts.py").write_text(ACTS)
    (tree / "neph.toml").write_text('rules = ["neph-rules"]\n')
    answer = asked(tree)
    assert not (tree / "neph-rules" / "acted").exists()
    gap = next(gap for gap in answer.coverage.not_evaluated if gap.kind == "rule-not-run")
    assert gap.subject.endswith("neph-rules/acts.py")


def test_a_path_inside_the_tree_is_the_persons_own_word(tree: pathlib.Path) -> None:
    (tree / "neph-rules").mkdir()
    (tree / "neph-rules" / "bucket_ownerless.py").write_text(OWNERLESS)
    assert own(asked(tree, tree / "neph-rules"))


def test_a_check_that_raises_is_named_and_the_run_goes_on(neph: Neph, tree: pathlib.Path, rules: pathlib.Path) -> None:
    (rules / "bucket_ownerless.py").write_text(OWNERLESS)
    (rules / "raises.py").write_text(
        OWNERLESS.replace("bucket_ownerless", "raises").replace(
            "    none =", "    bucket.config['nothing']\n    none ="
        )
    )
    done = neph("check", str(tree), "--rules", str(rules), "--only", "raises", "-f", "json")
    assert done.code == 3
    said = json.loads(done.out)
    assert [one["code"] for one in said["errors"]] == ["check-failed"] * 2
    assert f"KeyError: 'nothing', at {rules}/raises.py:17" in said["errors"][0]["message"]

    done = neph("check", str(tree), "--rules", str(rules), "-f", "json")
    assert done.code == 1
    assert "bucket-ownerless" in {one["code"] for one in json.loads(done.out)["findings"]}


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("x = (\n", "SyntaxError", 1),
        ("\n\nimport nothing_of_that_name\n", "ModuleNotFoundError: No module named 'nothing_of_that_name'", 3),
        ("import sys\nsys.exit(0)\n", "SystemExit: 0", 2),
        ("def f():\n    raise KeyError('x')\n\n\nf()\n", "KeyError: 'x'", 2),
    ],
)
def test_a_file_that_does_not_import_is_shown_in_a_frame(
    neph: Neph, tree: pathlib.Path, rules: pathlib.Path, text: str, said: str, line: int
) -> None:
    (rules / "broken.py").write_text(text)
    (rules / "bucket_ownerless.py").write_text(OWNERLESS)
    done = neph("check", str(tree), "--rules", str(rules), "--only", "broken", "-f", "frame", "--width", "300")
    assert done.code == 3
    assert "error[rule-not-imported]" in done.out
    assert said in done.out
    assert f"broken.py:{line}:" in done.out


def test_a_file_without_a_check_is_named(tree: pathlib.Path, rules: pathlib.Path) -> None:
    (rules / "helper.py").write_text("from nephograph.library.sdk import check\n")
    assert [one.code for one in asked(tree, rules).errors] == ["rule-malformed"]


def test_what_a_check_yields_has_to_be_a_bad_state(tree: pathlib.Path, rules: pathlib.Path) -> None:
    (rules / "odd.py").write_text(OWNERLESS.replace("def bucket_ownerless", "def odd").replace("yield from", "yield"))
    (error, *_) = asked(tree, rules).errors
    assert "a check yields Bad, not generator" in error.message


def test_a_code_is_one_rules(tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bucket_ownerless.py").write_text(OWNERLESS)
    answer = asked(tree, tmp_path / "one", tmp_path / "two")
    assert [one.code for one in answer.errors] == ["rule-code"]
    assert len(own(answer)) == 1


def test_a_code_of_the_library_is_taken(tree: pathlib.Path, rules: pathlib.Path) -> None:
    place = rules / "aws" / "s3"
    place.mkdir(parents=True)
    (place / "bucket_unlogged.py").write_text(OWNERLESS.replace("def bucket_ownerless", "def bucket_unlogged"))
    answer = asked(tree, rules)
    (error,) = answer.errors
    assert error.code == "rule-code"
    assert "aws-s3-bucket-unlogged, as a check of nephograph is" in error.message
    assert own(answer, "aws-s3-bucket-unlogged") == own(asked(tree), "aws-s3-bucket-unlogged")


def test_a_kind_that_nothing_has_is_said(tree: pathlib.Path, rules: pathlib.Path) -> None:
    (rules / "bucket_ownerless.py").write_text(OWNERLESS.replace("aws_s3_bucket", "aws_s3_buckett"))
    gap = next(gap for gap in asked(tree, rules).coverage.not_evaluated if gap.kind == "rule-not-run")
    assert "aws_s3_buckett" in gap.why


def test_a_kind_the_catalog_does_not_know_can_be_asked_for(tree: pathlib.Path, rules: pathlib.Path) -> None:
    (tree / "other.tf").write_text('resource "acme_bucket" "b" {}\n')
    (rules / "bucket_ownerless.py").write_text(OWNERLESS.replace("aws_s3_bucket", "acme_bucket"))
    assert own(asked(tree, rules)) == [("acme_bucket.b", "nobody owns b")]


@pytest.mark.parametrize("name", ["nothing", "main.tf"])
def test_what_is_no_rule_is_refused(tree: pathlib.Path, name: str) -> None:
    with pytest.raises(UsageError):
        own_rules([str(tree / name)], [], {})


def test_a_folder_without_rules_is_refused(neph: Neph, tree: pathlib.Path) -> None:
    assert neph("check", str(tree), "--rules", str(tree)).code == 2
