"""What CONTRIBUTING.md shows are files of this repository, word for word, and every path the documents name exists."""

from __future__ import annotations

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHOWN = re.compile(r"<!-- file: (\S+) -->\n````\w+\n(.*?)````", re.DOTALL)
NAMED = re.compile(r"`((?:src|tests|docs|examples|scripts)/[\w./-]+)`")
LINKED = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def test_contributing_shows_the_real_files() -> None:
    shown = SHOWN.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert shown
    for path, text in shown:
        assert text == (ROOT / path).read_text(encoding="utf-8"), f"CONTRIBUTING.md shows {path} as it was"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_place_a_page_names_is_there(page: str) -> None:
    here = (ROOT / page).parent
    text = SHOWN.sub("", (ROOT / page).read_text(encoding="utf-8"))
    missing = [name for name in NAMED.findall(text) if not (ROOT / name).exists()]
    missing += [name for name in LINKED.findall(text) if not (here / name).exists()]
    assert missing == []
