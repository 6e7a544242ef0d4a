"""Semantic edits as the smallest text, in the style that the template is written in."""

from __future__ import annotations

import pathlib
import textwrap
from typing import Any

import pytest
from cloudformation_trees import tree

from nephograph.model.edit import AddDocument, DocumentEdit, RemoveAttribute, SetAttribute
from nephograph.model.errors import EditError
from nephograph.sources.cloudformation import SOURCE
from tests.support.loading import load


def edited(folder: pathlib.Path, before: str, *edits: DocumentEdit, name: str = "template_yaml") -> str:
    before = textwrap.dedent(before)
    path = tree(folder, **{name: before})
    loaded = load(SOURCE, path)
    assert loaded.problems == []
    for edit in sorted(SOURCE.edit(path, loaded, edits), key=lambda one: one.start, reverse=True):
        before = before[: edit.start] + edit.text + before[edit.end :]
    return before


def sets(path: tuple[str | int, ...], value: Any, address: str = "It") -> SetAttribute:
    return SetAttribute("template.yaml", address, path, value)


YAML = """\
Parameters:
  Alone: {Type: String, Default: false}
  Shared: {Type: String, Default: "false"}
Resources:
  It:   # the one
    Type: AWS::S3::Bucket
    Properties:
      Name: one # kept
      Alone: !Ref Alone
      Shared: !Ref Shared
      More: !Ref Shared
      Inline: {A: 1}
      Rules:
        - Port: 22
          Cidr: 0.0.0.0/0
        - Port: 80
      Flow: [a, b]
  Bare:
    Type: AWS::S3::Bucket

Outputs: {}
"""


@pytest.mark.parametrize(
    ("edit", "line", "instead"),
    [
        (sets(("Name",), "two"), "      Name: one # kept", "      Name: two # kept"),
        (sets(("Name",), "*"), "      Name: one # kept", '      Name: "*" # kept'),
        (sets(("Name",), "1.2"), "      Name: one # kept", '      Name: "1.2" # kept'),
        (sets(("Alone",), True), "  Alone: {Type: String, Default: false}", "  Alone: {Type: String, Default: true}"),
        (sets(("Inline", "B"), "x"), "      Inline: {A: 1}", "      Inline: {A: 1, B: x}"),
        (
            sets(("Rules", 1, "Cidr"), "10.0.0.0/8"),
            "        - Port: 80",
            '        - Port: 80\n          Cidr: "10.0.0.0/8"',
        ),
        (
            sets(("Block", 0, "Enabled"), True),
            "      Flow: [a, b]",
            "      Flow: [a, b]\n      Block:\n        Enabled: true",
        ),
        (
            sets(("A", "Rules", 0, "Enabled"), "x"),
            "      Flow: [a, b]",
            "      Flow: [a, b]\n      A:\n        Rules:\n          - Enabled: x",
        ),
        (
            sets(("Enabled",), True, "Bare"),
            "  Bare:\n    Type: AWS::S3::Bucket",
            "  Bare:\n    Type: AWS::S3::Bucket\n    Properties:\n      Enabled: true",
        ),
        (RemoveAttribute("template.yaml", "It", ("Name",)), "      Name: one # kept\n", ""),
        (RemoveAttribute("template.yaml", "It", ("Rules", 0)), "        - Port: 22\n          Cidr: 0.0.0.0/0\n", ""),
        (RemoveAttribute("template.yaml", "It", ("Rules", 0, "Port")), "- Port: 22\n          Cidr", "- Cidr"),
        (RemoveAttribute("template.yaml", "It", ("Flow", 0)), "[a, b]", "[b]"),
        (RemoveAttribute("template.yaml", "It", ("Flow", 1)), "[a, b]", "[a]"),
        (RemoveAttribute("template.yaml", "It", ("Inline", "A")), "      Inline: {A: 1}\n", ""),
        (
            AddDocument(
                "template.yaml", "It", "AWS::S3::BucketPolicy", "Bucket", {"PolicyDocument": {"Statement": []}}
            ),
            "  Bare:\n    Type: AWS::S3::Bucket",
            "  Bare:\n    Type: AWS::S3::Bucket\n  ItBucketPolicy:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n"
            "      Bucket: !Ref It\n      PolicyDocument:\n        Statement: []",
        ),
    ],
)
def test_yaml_changes_in_one_place(tmp_path: pathlib.Path, edit: DocumentEdit, line: str, instead: str) -> None:
    assert YAML.count(line) == 1
    assert edited(tmp_path, YAML, edit) == YAML.replace(line, instead)


def test_several_attributes_of_a_missing_object_are_one(tmp_path: pathlib.Path) -> None:
    after = edited(tmp_path, YAML, sets(("B", 0, "X"), True), sets(("B", 0, "Y"), False))
    assert "      B:\n        X: true\n        Y: false\n" in after


@pytest.mark.parametrize(
    ("path", "code"),
    [(("Shared",), "edit-shared"), (("Nothing", "Ref", 3, "x"), None), ((), "edit-path")],
)
def test_what_has_no_safe_place_is_refused(tmp_path: pathlib.Path, path: tuple[Any, ...], code: str | None) -> None:
    if code is None:
        assert edited(tmp_path, YAML, sets(path, 1)) != YAML
        return
    with pytest.raises(EditError) as error:
        edited(tmp_path, YAML, sets(path, True))
    assert error.value.problem.code == code


JSON = """\
{
  "Resources": {
    "It": {
      "Type": "AWS::S3::Bucket",
      "Properties": {
        "Name": "one",
        "Deep": {
          "A": 1
        }
      }
    },
    "Bare": {"Type": "AWS::S3::Bucket"}
  }
}
"""


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (("Name",), '"one"', '"two"'),
        (("Deep", "B"), '          "A": 1', '          "A": 1,\n          "B": "two"'),
        (
            ("C", "D"),
            '          "A": 1\n        }',
            '          "A": 1\n        },\n        "C": {\n          "D": "two"\n        }',
        ),
    ],
)
def test_json_changes_in_one_place(tmp_path: pathlib.Path, edit: tuple[str, ...], old: str, new: str) -> None:
    change = SetAttribute("template.json", "It", edit, "two")
    assert edited(tmp_path, JSON, change, name="template_json") == JSON.replace(old, new)


def test_json_grows_on_one_line_where_it_is_one(tmp_path: pathlib.Path) -> None:
    change = SetAttribute("template.json", "Bare", ("Enabled",), True)
    after = edited(tmp_path, JSON, change, name="template_json")
    assert '"Bare": {"Type": "AWS::S3::Bucket", "Properties": {"Enabled": true}}' in after


@pytest.mark.parametrize(
    "template",
    [
        "Resources:\n  It: {Type: 'Custom::X', Properties: {A: &a {B: 1}, C: *a}}\n",
        "Metadata: {M: &m {B: 1}}\nResources:\n  It: {Type: 'Custom::X', Properties: {A: *m}}\n",
    ],
)
def test_an_alias_is_not_edited(tmp_path: pathlib.Path, template: str) -> None:
    with pytest.raises(EditError, match=r"alias|stands for"):
        edited(tmp_path, template, sets(("A", "B"), 2) if "&m" in template else sets(("A",), 2))


def test_what_sam_makes_is_not_edited(tmp_path: pathlib.Path) -> None:
    template = """
    Transform: AWS::Serverless-2016-10-31
    Resources:
      It: {Type: 'AWS::Serverless::SimpleTable'}
    """
    with pytest.raises(EditError, match="made by a transform"):
        edited(tmp_path, template, sets(("TableName",), "x"))
