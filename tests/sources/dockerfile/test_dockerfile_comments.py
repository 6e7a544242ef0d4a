"""Suppressions in Dockerfiles: ours, and those of the tools a team may come from."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.session import open_estate


def silenced(folder: pathlib.Path, text: str) -> dict[str, str]:
    (folder / "Dockerfile").write_text(text)
    answer = open_estate([str(folder)], today="2026-01-01").ask("check")
    assert answer.errors == ()
    return {finding.code: finding.suppressed for finding in answer.findings if finding.suppressed is not None}


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# neph: ignore[docker-stage-base-moving] because it is a toy", "it is a toy"),
        ("# hadolint ignore=DL3007,DL3008", "ignored by a hadolint comment"),
        ("# checkov:skip=CKV_DOCKER_7:it is a toy", "it is a toy"),
        ("# trivy:ignore:AVD-DS-0001", "ignored by a trivy comment"),
    ],
)
def test_a_comment_above_an_instruction(tmp_path: pathlib.Path, comment: str, reason: str) -> None:
    found = silenced(tmp_path, f"FROM alpine:3.20 AS a\nUSER app\n\n{comment}\nFROM node:latest\nUSER app\n")
    assert found == {"docker-stage-base-moving": reason}


def test_a_comment_covers_what_stands_below_it_and_nothing_else(tmp_path: pathlib.Path) -> None:
    text = "FROM debian:12\nUSER app\n# neph: ignore[docker-stage-uses-sudo]\nRUN sudo a\nRUN sudo b\n"
    (tmp_path / "Dockerfile").write_text(text)
    answer = open_estate([str(tmp_path)], today="2026-01-01").ask("check")
    found = [(f.location.line, f.suppressed is not None) for f in answer.findings if f.location and "sudo" in f.code]
    assert sorted(found) == [(4, True), (5, False)]


def test_a_comment_above_from_covers_the_stage(tmp_path: pathlib.Path) -> None:
    text = "# neph: ignore[docker-stage-uses-sudo] because it has to\nFROM debian:12\nUSER app\nRUN sudo a\n"
    assert silenced(tmp_path, text) == {"docker-stage-uses-sudo": "it has to"}


def test_hadolint_may_speak_of_the_whole_file(tmp_path: pathlib.Path) -> None:
    text = "# hadolint global ignore=DL3004\nFROM debian:12\nUSER app\nRUN true\nRUN sudo a\n"
    assert set(silenced(tmp_path, text)) == {"docker-stage-uses-sudo"}


def test_checkov_skips_wherever_it_is_said(tmp_path: pathlib.Path) -> None:
    text = "FROM debian:12\nRUN true\n# checkov:skip=CKV_DOCKER_3: the entry point drops it\nRUN true\n"
    assert silenced(tmp_path, text) == {"docker-image-runs-as-root": "the entry point drops it"}
