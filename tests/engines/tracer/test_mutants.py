"""The mutants of the tracer's rules are made as they say, and a wrong rule is noticed by the packets' estates."""

from __future__ import annotations

import ast

import pytest

from scripts.mutants_network import LEFT_OUT, PACKAGE, RULES, changed, corpus, every

NAMED = [
    ("tables.py", "key=lambda c: (-c.length, c.rank)", "sort dropped"),
    ("lists.py", "sorted(numbered", "sort dropped"),
    ("walk.py", "self._leg(self.goal)", "step skipped"),
    ("routers.py", 'walker.border(subnet, "egress")', "step skipped"),
]


def test_every_file_of_the_room_is_judged_or_left_out_for_a_reason() -> None:
    files = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    left = {file for file in files if file in LEFT_OUT or file.partition("/")[0] in LEFT_OUT}
    assert set(RULES) | left == files
    assert all((PACKAGE / one).exists() and why for one, why in LEFT_OUT.items())


def test_a_file_without_mutants_decides_nothing() -> None:
    silent = set(RULES) - {mutant.file for mutant in every([])}
    for file in silent:
        tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.If | ast.Compare | ast.BoolOp)], file


def test_a_mutant_is_other_code_than_the_tracer_and_has_a_name_of_its_own() -> None:
    made = every(["lists.py"])
    for mutant in made:
        text = changed(mutant)
        assert text != ast.unparse(ast.parse((PACKAGE / mutant.file).read_text(encoding="utf-8")))
    assert len({(mutant.within, mutant.change) for mutant in made}) == len(made)


@pytest.mark.parametrize(("file", "piece", "what"), NAMED)
def test_a_rule_broken_on_purpose_is_noticed(file: str, piece: str, what: str) -> None:
    lines = (PACKAGE / file).read_text(encoding="utf-8").splitlines()
    found = [m for m in every([file]) if m.what == what and piece in lines[m.line - 1]]
    assert found, "the rule has moved"
    assert all(corpus(mutant) for mutant in found)
