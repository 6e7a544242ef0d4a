"""The diff of a fix shows none of the texts that a source knows to be sensitive, wherever they are written."""

from __future__ import annotations

import pathlib

from nephograph.session import open_estate

CODE = """\
variable "pin" {
  sensitive = true
  default   = "correcthorse"
}

resource "aws_ebs_volume" "v" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = false
  tags              = { note = "correcthorse" }
}

output "pin" {
  value     = var.pin
  sensitive = true
}
"""


def test_a_sensitive_text_is_masked_beside_an_edit(tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(CODE)
    answer = open_estate([str(tmp_path)]).ask("check")
    diffs = "".join(finding.fix.diff for finding in answer.findings if finding.fix)
    assert '{ note = "************" }' in diffs
    assert "correcthorse" not in diffs
