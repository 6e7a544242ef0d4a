"""Templates that are broken, hostile or none: each is one named error or gap, and everything else is answered."""

from __future__ import annotations

import json
import pathlib
import time

import pytest
from cloudformation_trees import read, tree

from nephograph.sources.cloudformation import SOURCE
from nephograph.sources.cloudformation.load import decoded
from nephograph.sources.cloudformation.nodes import MAX_NODES, plain
from tests.support.loading import load

GOOD = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Good: {Type: AWS::SNS::Topic}\n"


def test_a_broken_template_keeps_what_is_whole_and_shows_the_place(tmp_path: pathlib.Path) -> None:
    loaded = load(
        SOURCE,
        tree(tmp_path, good_yaml=GOOD, bad_yaml=GOOD + "  Bad:\n    Type: AWS::S3::Bucket\n    Properties: [}\n"),
    )
    assert sorted(one.root for one in loaded.documents) == ["bad.yaml", "good.yaml"]
    (problem,) = loaded.problems
    assert problem.code == "template-syntax"
    assert (problem.span.line, problem.span.column) == (6, 18)
    assert problem.excerpt == "    Properties: [}"


def test_broken_json_keeps_what_is_whole(tmp_path: pathlib.Path) -> None:
    text = '{"AWSTemplateFormatVersion": "1",\n "Resources": {"A": {"Type": "AWS::SNS::Topic"},\n "B": {"Type" 1}}}'
    loaded = load(SOURCE, tree(tmp_path, template_json=text))
    assert [one.address for one in loaded.documents] == ["A"]
    (problem,) = loaded.problems
    assert (problem.code, problem.span.line, problem.span.column) == ("template-syntax", 3, 15)


def test_an_anchor_bomb_is_counted_before_it_goes_off(tmp_path: pathlib.Path) -> None:
    bomb = "AWSTemplateFormatVersion: 2010-09-09\nMetadata:\n  a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for one, other in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"  {other}: &{other} [{', '.join([f'*{one}'] * 10)}]\n"
    loaded = load(SOURCE, tree(tmp_path, good_yaml=GOOD, bomb_yaml=bomb + "Resources: {T: {Type: AWS::SNS::Topic}}\n"))
    assert [one.root for one in loaded.documents] == ["good.yaml"]
    (problem,) = loaded.problems
    assert f"{MAX_NODES:,}" in problem.message


def test_an_anchor_inside_its_own_value_is_no_cycle(tmp_path: pathlib.Path) -> None:
    loaded = read(tmp_path, GOOD + "  It: &it {Type: 'Custom::X', Properties: {A: *it}}\n")
    assert [problem.code for problem in loaded.problems] == ["template-alias"]
    assert len(loaded.documents) == 2


def test_aliases_and_merges_are_read(tmp_path: pathlib.Path) -> None:
    loaded = read(
        tmp_path,
        """
        Resources:
          A: {Type: 'Custom::X', Properties: &p {N: 1, M: 2}}
          B:
            Type: Custom::X
            Properties:
              <<: *p
              M: 3
        """,
    )
    assert [dict(one.attributes) for one in loaded.documents] == [{"N": 1, "M": 2}, {"M": 3, "N": 1}]


@pytest.mark.parametrize("opening", ["[", '{"a":', "- "])
def test_deep_nesting_is_refused(opening: str) -> None:
    for text in (opening * 50_000, "AWSTemplateFormatVersion: 1\nx: " + opening * 5_000):
        assert any(fault.fatal for fault in decoded(text).faults)


def test_a_key_twice_is_named_and_the_last_is_read(tmp_path: pathlib.Path) -> None:
    loaded = read(tmp_path, GOOD + "  Good: {Type: 'AWS::S3::Bucket'}\n")
    assert [problem.code for problem in loaded.problems] == ["duplicate-key"]
    assert [one.type for one in loaded.documents] == ["AWS::S3::Bucket"]


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ("AWSTemplateFormatVersion: 1\nResources: [1]\n", ["malformed-entry"]),
        ("AWSTemplateFormatVersion: 1\nParameters: 7\nResources: {A: {Type: 'Custom::A'}}\n", ["malformed-entry"]),
        ("AWSTemplateFormatVersion: 1\nResources: {A: 1, B: {Type: [x]}}\n", ["malformed-entry"] * 2),
        ("AWSTemplateFormatVersion: 1\nResources: {A: {Type: 'Custom::A', Properties: [1]}}\n", ["malformed-entry"]),
        ("AWSTemplateFormatVersion: 1\nParameters: {P: 1}\nResources: {A: {Type: 'Custom::A'}}\n", []),
        ("AWSTemplateFormatVersion: 1\nConditions: {C: [1]}\nResources: {A: {Type: 'Custom::A', Condition: C}}\n", []),
        (
            "AWSTemplateFormatVersion: 1\nTransform: {Name: 3}\nOutputs: {O: 1}\nResources: {A: {Type: 'Custom::A'}}\n",
            [],
        ),
        (
            "AWSTemplateFormatVersion: 1\nResources: {A: {Type: 'Custom::A', Condition: [1], Metadata: 3}}\n",
            [],
        ),
        ("AWSTemplateFormatVersion: 1\n", []),
    ],
)
def test_wrong_types_are_named(tmp_path: pathlib.Path, template: str, named: list[str]) -> None:
    assert [problem.code for problem in read(tmp_path, template).problems] == named


FUNCTIONS = ["Ref", "Base64", "Cidr", "FindInMap", "GetAZs", "GetAtt", "If", "ImportValue", "Join", "Length", "Select"]
FUNCTIONS += ["Split", "Sub", "ToJsonString", "Transform", "And", "Or", "Not", "Equals", "ForEach::X"]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    "argument",
    [None, 1, True, "x", "", [], ["x"], ["x", "y"], [[], {}, None], {}, {"a": {}}, ["a", {"Ref": "It"}, {"Ref": "P"}]],
)
def test_no_argument_breaks_a_function(tmp_path: pathlib.Path, function: str, argument: object) -> None:
    name = function if function == "Ref" else f"Fn::{function}"
    template = {
        "Parameters": {"P": {"Type": "String"}},
        "Conditions": {"C": {name: argument}},
        "Resources": {
            "It": {"Type": "Custom::It", "Properties": {"Value": {name: argument}, "List": [{name: argument}]}},
            "If": {"Type": "Custom::It", "Condition": "C", "Properties": {"V": {"Fn::If": ["C", 1, {name: argument}]}}},
        },
        "Outputs": {"O": {"Value": {name: argument}, "Export": {"Name": {name: argument}}}},
    }
    loaded = load(SOURCE, tree(tmp_path, template_json=json.dumps(template)))
    assert "It" in [one.address for one in loaded.documents]
    for one in loaded.documents:
        assert one.origin(("Value", 0, "x")) is None or one.origin(("Value", 0, "x")).span.line == 1


def test_an_unclosed_template_at_every_length_is_answered() -> None:
    text = json.dumps(
        {"AWSTemplateFormatVersion": "1", "Resources": {"A": {"Type": "AWS::SNS::Topic", "P": [1, "\\u0041"]}}}
    )
    yaml = "AWSTemplateFormatVersion: '1'\nResources:\n  A: !Sub &x 'a'\n  B: [*x, {c: |\n"
    for whole in (text, yaml):
        for length in range(len(whole)):
            found = decoded(whole[:length])
            if found.node is not None:
                plain(found.node)


def test_what_is_no_template_is_left_alone(tmp_path: pathlib.Path) -> None:
    other = tree(
        tmp_path,
        values_yaml="image: {repository: nginx}\n",
        pod_yaml="apiVersion: v1\nkind: Pod\nmetadata: {name: AWS}\n",
        package_json='{"name": "AWSThing", "Resources": 3}',
        broken_yaml="a: [AWS\n",
    )
    assert not SOURCE.recognises(other)
    assert not any(SOURCE.recognises(path) for path in other.iterdir())
    found = load(SOURCE, tree(tmp_path, good_yaml=GOOD))
    assert [one.address for one in found.documents] == ["Good"]
    assert found.problems == []
    assert SOURCE.recognises(tmp_path)


def test_a_template_over_the_limit_is_named(tmp_path: pathlib.Path) -> None:
    loaded = load(SOURCE, tree(tmp_path, good_yaml=GOOD, big_yaml=GOOD + "# " + "x" * (9 * 1024 * 1024)))
    assert [problem.code for problem in loaded.problems] == ["too-large"]
    assert len(loaded.documents) == 1


def test_resources_behind_a_long_beginning_are_found(tmp_path: pathlib.Path) -> None:
    mappings = {f"Map{n}": {"AWS": {"x": "y" * 100}} for n in range(1_000)}
    template = {"Mappings": mappings, "Resources": {"A": {"Type": "AWS::SNS::Topic"}}}
    folder = tree(tmp_path, long_json=json.dumps(template))
    assert SOURCE.recognises(folder)
    assert len(load(SOURCE, folder).documents) == 1


def test_a_link_that_leaves_the_root_is_not_followed(tmp_path: pathlib.Path) -> None:
    outside = tree(tmp_path / "outside", secret_yaml=GOOD)
    inside = tree(tmp_path / "inside", good_yaml=GOOD)
    (inside / "link.yaml").symlink_to(outside / "secret.yaml")
    loaded = load(SOURCE, inside)
    assert [gap.kind for gap in loaded.gaps] == ["outside-root"]
    assert len(loaded.documents) == 1


def test_a_template_with_many_values_is_bounded(tmp_path: pathlib.Path) -> None:
    # A list of aliases that stays below the limit of the text, evaluated through functions.
    body = "AWSTemplateFormatVersion: 1\nMetadata: {a: &a !Join ['', [x, y]]}\nResources:\n"
    body += "".join(
        f"  R{n}: {{Type: 'Custom::X', Properties: {{V: [{', '.join(['*a'] * 50)}]}}}}\n" for n in range(200)
    )
    began = time.process_time()
    assert len(read(tmp_path, body).documents) == 200
    assert time.process_time() - began < 20


def test_a_parameter_is_compared_with_what_is_no_text(tmp_path: pathlib.Path) -> None:
    loaded = read(
        tmp_path,
        """
        Parameters: {Env: {Type: String, AllowedValues: [dev]}}
        Conditions: {C: !Equals [!Ref Env, {a: 1}], D: !Equals [!Ref AWS::NoValue, [1]]}
        Resources:
          A: {Type: Custom::A, Condition: C}
          B: {Type: Custom::B, Condition: D}
        """,
    )
    assert [one.address for one in loaded.documents] == ["A"]


def test_long_chains_end(tmp_path: pathlib.Path) -> None:
    conditions = {f"C{n}": {"Fn::Not": [{"Condition": f"C{n + 1}"}]} for n in range(3_000)}
    conditions["C3000"] = {"Fn::Equals": ["a", "a"]}
    template = {"Resources": {"A": {"Type": "Custom::A", "Condition": "C0"}}, "Conditions": conditions}
    files = {"template_json": json.dumps(template)}
    for n in range(100):
        value = {"Fn::ImportValue": f"E{n + 1}"} if n < 99 else "end"
        files[f"s{n}_json"] = json.dumps(
            {
                "Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": value}}},
                "Outputs": {"O": {"Value": value, "Export": {"Name": f"E{n}"}}},
            }
        )
    loaded = load(SOURCE, tree(tmp_path, **files))
    assert len(loaded.documents) == 101


def test_functions_of_other_tools_and_macros_are_named(tmp_path: pathlib.Path) -> None:
    loaded = read(
        tmp_path,
        """
        Transform: [Mine, AWS::LanguageExtensions]
        Resources:
          A: {Type: !Rain::Module other.yaml}
          B: {Type: 'Custom::B', Properties: {Code: !Rain::Embed code.py}}
          C: {"Fn::Transform": {Name: AWS::Include, Parameters: {Location: "s3://b/x"}}}
          D: {Type: Company::Net::Vpc::MODULE}
          Fn::Transform: {Name: Count}
        """,
    )
    assert [one.address for one in loaded.documents] == ["B", "D"]
    assert loaded.documents[0].attributes["Code"].detail == "Fn::Rain::Embed"
    assert sorted((gap.kind, gap.subject) for gap in loaded.gaps) == [
        ("macro", "AWS::Include"),
        ("macro", "Count"),
        ("macro", "Fn::Rain::Module"),
        ("macro", "Mine"),
        ("unknown-function", "Fn::Rain::Embed"),
    ]
