"""No line that is shown of a template, in a frame or in the diff of a fix, says a credential."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.render import Style, render
from nephograph.session import open_estate

TEMPLATE = """\
Parameters:
  Stage: {{Type: String}}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      DBInstanceClass: db.t3.micro
      AllocatedStorage: "20"
      StorageEncrypted: false
      MasterUsername: admin
{password}
      PubliclyAccessible: true
"""

WRITTEN = {
    "one line": "      MasterUserPassword: !If [Prod, hunter2prod, hunter2dev]",
    "lines": "      MasterUserPassword: !If\n        - Prod\n        - hunter2prod\n        - hunter2dev",
    "long form": "      MasterUserPassword:\n        Fn::If: [Prod, hunter2prod, !If [Prod, hunter2a, hunter2b]]",
    "joined": '      MasterUserPassword: !Join ["", [hunter2prod, !Ref Stage]]',
    "folded": "      MasterUserPassword: >-\n        hunter2prod",
}


@pytest.mark.parametrize("password", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_credential_of_a_template_is_never_shown(tmp_path: pathlib.Path, password: str) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE.format(password=password))
    session = open_estate([str(tmp_path)])
    answer = session.ask("check")
    diffs = "".join(finding.fix.diff for finding in answer.findings if finding.fix)
    style = Style(width=100, excerpts=session.excerpts, verbose=True)
    shown = diffs + "".join(render(name, answer, style) for name in ("json", "frame", "table", "markdown"))
    assert "****" in diffs
    assert "+      PubliclyAccessible: false" in diffs
    assert "hunter2" not in shown


def test_what_names_the_place_of_a_credential_is_shown(tmp_path: pathlib.Path) -> None:
    place = "'{{resolve:secretsmanager:db}}'"
    (tmp_path / "template.yaml").write_text(TEMPLATE.format(password=f"      MasterUserPassword: {place}"))
    diffs = "".join(f.fix.diff for f in open_estate([str(tmp_path)]).ask("check").findings if f.fix)
    assert "PubliclyAccessible" in diffs
