"""The diff of a fix looks at what is around its edits alone, and says what a diff of the whole file would."""

from __future__ import annotations

import difflib

import pytest

from nephograph.model.edit import TextEdit
from nephograph.session.fixes import apply, diff

LINES = [f'name_{number} = "{number}"\n' for number in range(1000)]


@pytest.mark.parametrize("at", [(0,), (3,), (500,), (999,), (1000,), (10, 900), (400, 402)])
@pytest.mark.parametrize("gone", [0, 1, 4])
def test_the_diff_is_that_of_the_whole_file(at: tuple[int, ...], gone: int) -> None:
    text = "".join(LINES)
    starts = [len("".join(LINES[:number])) for number in range(len(LINES) + 1)]
    edits = [TextEdit("main.tf", starts[n], starts[min(n + gone, 1000)], f"new_{n} = true\n") for n in at]
    if gone > 1 and at == (400, 402):
        edits = edits[:1]  # edits of one file do not overlap
    before, after = apply(edits, lambda _: text)["main.tf"]
    whole = difflib.unified_diff(before.splitlines(True), after.splitlines(True), "a/main.tf", "b/main.tf")
    assert diff(edits, lambda _: text) == "".join(whole)
