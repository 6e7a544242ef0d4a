"""A credential that is written into a followed tree, saved, and taken out again: told as a cold run tells it."""

from __future__ import annotations

import pathlib

import msgspec

from nephograph.session.door import open_estate
from nephograph.session.warm import WarmSession
from nephograph.session.warm.session import NO_SNAPSHOT

TODAY = "2026-01-01"
PLAIN = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
SECRET = PLAIN + 'resource "null_resource" "a" {\n  triggers = { t = "ghp_wT7kQ2mZ9xR4vB6nL1cJ8sD3fG5hP0yAe2Uq" }\n}\n'
CODE = "code-credential-token-written"


def test_a_saved_credential_is_told_and_goes_again(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "main.tf"
    file.write_text(PLAIN)
    warm = WarmSession(str(tmp_path), today=TODAY)
    for text, told in ((SECRET, True), (PLAIN, False), (SECRET, True)):
        file.write_text(text)
        answer = warm.refresh([str(file)])
        assert (CODE in [finding.code for finding in answer.findings]) is told
        cold = open_estate([str(tmp_path)], today=TODAY).ask("check", paths=(str(tmp_path),))
        assert answer == msgspec.structs.replace(cold, snapshot=NO_SNAPSHOT)
