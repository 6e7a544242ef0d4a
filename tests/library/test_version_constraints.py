"""What version constraints leave open."""

from __future__ import annotations

import pytest

from nephograph.library.version_constraints import is_bounded


@pytest.mark.parametrize(
    "text", ["~> 5.0", "5.1.0", "= 5.1", "< 6", ">= 5.0, < 6.0.0", "<= 5.9", "v1.2.3", "~> 2.1-beta"]
)
def test_later_releases_are_kept_out(text: str) -> None:
    assert is_bounded(text)


@pytest.mark.parametrize("text", [">= 5.0", "> 5", "!= 5.1", ">= 5.0, != 5.3", "", "latest"])
def test_later_releases_are_let_in(text: str) -> None:
    assert not is_bounded(text)
