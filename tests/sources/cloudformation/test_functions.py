"""Intrinsic functions, as AWS's pages of each describe them."""

from __future__ import annotations

import base64
import pathlib
from typing import Any

import pytest
from cloudformation_trees import read, value

from nephograph.model.value import Reason, Ref, Unknown

PARAMETERS = """
Parameters:
  Env: {Type: String}
  Kind: {Type: String, AllowedValues: [small, large]}
  Name: {Type: String, Default: shop}
  Ports: {Type: CommaDelimitedList, Default: "22, 80"}
  Password: {Type: String, NoEcho: true, Default: hunter2hunter2}
  Image: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /ami/latest}
Mappings:
  Regions:
    eu-west-1: {ami: ami-1, same: x}
    eu-west-2: {ami: ami-2, same: x}
Conditions:
  Shop: !Equals [!Ref Name, shop]
  Prod: !Equals [!Ref Env, prod]
  Medium: !Equals [!Ref Kind, medium]
  Both: !And [!Condition Shop, !Condition Prod]
  NotShop: !Not [!Condition Shop]
  Loop: !Or [!Condition NotShop, !Condition Loop]
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("!Ref Name", "shop"),
        ("!Ref Ports", ["22", "80"]),
        ('!Sub "a-${Name}-${!Name}"', "a-shop-${Name}"),
        ('!Sub ["${x}/${Name}", {x: !Select [1, !Ref Ports]}]', "80/shop"),
        ('!Sub "${Ports}"', "22,80"),
        ('!Join ["-", [a, !Ref Name, 1, true]]', "a-shop-1-true"),
        ("Fn::Join: ['', !Ref Ports]", "2280"),
        ('!Split [",", "a,b"]', ["a", "b"]),
        ('!Select ["1", [a, b]]', "b"),
        ("!FindInMap [Regions, eu-west-1, ami]", "ami-1"),
        ("!FindInMap [Regions, !Ref AWS::Region, ami]", "ami-1"),
        ("!FindInMap [Regions, nowhere, ami, {DefaultValue: ami-0}]", "ami-0"),
        ("!If [Shop, yes-it-is, no]", "yes-it-is"),
        ("!If [NotShop, a, !Ref AWS::NoValue]", "nothing"),
        ("[a, !If [NotShop, b, !Ref AWS::NoValue], c]", ["a", "c"]),
        ("!If [Prod, same, same]", "same"),
        ("!If [Medium, a, b]", "b"),
        ('!Cidr ["10.0.0.0/16", 2, 8]', ["10.0.0.0/24", "10.0.1.0/24"]),
        ("!GetAZs ''", ["eu-west-1a", "eu-west-1b", "eu-west-1c"]),
        ("Fn::ToJsonString: {a: [1, true]}", '{"a":[1,true]}'),
        ("Fn::Length: !Ref Ports", 2),
        ("!Ref AWS::Partition", "aws"),
        ("!Ref AWS::AccountId", "111122223333"),
        ("!Base64 hello", base64.b64encode(b"hello").decode()),
        (
            "{a: 012, b: 1_000, c: 1.5, d: '1', e: yes, f: ~}",
            {"a": "012", "b": 1000, "c": 1.5, "d": "1", "e": True, "f": None},
        ),
    ],
)
def test_what_is_known_is_computed(tmp_path: pathlib.Path, expression: str, expected: Any) -> None:
    assert value(tmp_path, expression, PARAMETERS, account="111122223333", region="eu-west-1") == expected


@pytest.mark.parametrize(
    ("expression", "reason", "symbol"),
    [
        ("!Ref Env", Reason.NO_VALUE, "⟨Env⟩"),
        ("!Ref AWS::Region", Reason.NOT_SEEN, "⟨region of the stack⟩"),
        ("!Ref Other", Reason.AFTER_APPLY, "⟨Other.Ref⟩"),
        ("!GetAtt Other.TopicArn", Reason.AFTER_APPLY, "⟨Other.TopicArn⟩"),
        ("Fn::GetAtt: [Other, TopicArn]", Reason.AFTER_APPLY, "⟨Other.TopicArn⟩"),
        ('!Sub "x-${Env}"', Reason.NO_VALUE, "x-⟨Env⟩"),
        ('!Sub "${Other.TopicArn}/*"', Reason.AFTER_APPLY, "⟨Other.TopicArn⟩/*"),
        ("!FindInMap [Regions, !Ref AWS::Region, ami]", Reason.NOT_SEEN, None),
        ("!If [Prod, a, b]", Reason.NO_VALUE, None),
        ("!If [Both, a, b]", Reason.NO_VALUE, None),
        ("!If [Loop, a, b]", Reason.CYCLE, None),
        ("!If [Nothing, a, b]", Reason.INVALID, None),
        ("!Ref Nobody", Reason.INVALID, None),
        ("!Select [7, [a]]", Reason.INVALID, None),
        ("!Cidr [nonsense, 2, 8]", Reason.INVALID, None),
        ("!Ref Password", Reason.SENSITIVE, "⟨Password⟩"),
        ("!Ref Image", Reason.DATA_SOURCE, "⟨SSM parameter /ami/latest⟩"),
        ("'{{resolve:secretsmanager:db:SecretString:password}}'", Reason.DATA_SOURCE, None),
        ("!ImportValue network-vpc", Reason.NOT_SEEN, "⟨export network-vpc⟩"),
        ("!Nonsense x", Reason.NOT_EVALUATED, None),
        ("Fn::Transform: {Name: Count, Parameters: {}}", Reason.NOT_EVALUATED, "⟨macro Count⟩"),
        ("!Join ['/', [!Ref Env, b]]", Reason.NO_VALUE, "⟨Env⟩/b"),
        ("Fn::ToJsonString: {a: !Ref Env}", Reason.NO_VALUE, '{"a":"⟨Env⟩"}'),
    ],
)
def test_what_is_not_known_says_why(
    tmp_path: pathlib.Path, expression: str, reason: Reason, symbol: str | None
) -> None:
    found = value(tmp_path, expression, PARAMETERS)

    assert isinstance(found, Unknown)
    assert found.reason is reason
    if symbol is not None:
        assert found.symbol == symbol


def test_a_value_that_every_region_shares_is_known(tmp_path: pathlib.Path) -> None:
    assert value(tmp_path, "!FindInMap [Regions, !Ref AWS::Region, same]", PARAMETERS) == "x"


def test_an_embedded_dynamic_reference_is_a_piece(tmp_path: pathlib.Path) -> None:
    found = value(tmp_path, "'u:{{resolve:ssm:/p}}@h'")
    assert found.parts[0] == "u:"
    assert found.parts[2] == "@h"


def test_a_reference_leads_to_its_resource(tmp_path: pathlib.Path) -> None:
    assert value(tmp_path, "!Ref Other").ref == Ref("Other", ("Ref",))


def test_a_resource_is_read_as_its_condition_has_it(tmp_path: pathlib.Path) -> None:
    loaded = read(
        tmp_path,
        """
        Parameters: {Env: {Type: String}, Zone: {Type: String}}
        Conditions:
          Prod: !Equals [!Ref Env, prod]
          Public: !And [!Condition Prod, !Not [!Equals [!Ref Zone, inner]]]
        Resources:
          It:
            Type: AWS::S3::Bucket
            Condition: Public
            Properties:
              BucketName: !Sub "shop-${Env}"
              Prefix: !If [Prod, a, b]
              Zone: !If [Other, a, b]
        """,
    )
    (document,) = loaded.documents
    assert document.attributes["BucketName"] == "shop-prod"
    assert document.attributes["Prefix"] == "a"
    assert document.existence is not None
    assert document.existence.reason is Reason.NO_VALUE


def test_two_functions_over_one_condition_are_two_values(tmp_path: pathlib.Path) -> None:
    one, other = value(tmp_path, "[!If [Prod, a, b], !If [Prod, c, d]]", PARAMETERS)
    assert one.symbol != other.symbol


def test_a_branch_that_nobody_knows_shows_no_credential(tmp_path: pathlib.Path) -> None:
    assert "hunter" not in repr(value(tmp_path, "!If [Prod, hunter2hunter2, '']", PARAMETERS))


def test_a_resource_whose_condition_is_false_is_not_there(tmp_path: pathlib.Path) -> None:
    loaded = read(
        tmp_path,
        """
        Parameters: {Env: {Type: String, Default: dev}}
        Conditions: {Prod: !Equals [!Ref Env, prod]}
        Resources:
          Gone: {Type: AWS::S3::Bucket, Condition: Prod}
          Here: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Gone}}
        """,
    )
    assert [one.address for one in loaded.documents] == ["Here"]
    assert loaded.documents[0].attributes["TopicName"].reason is Reason.INVALID
    assert loaded.assumptions == ["Parameters that nobody gives a value are taken at their defaults."]


def test_a_value_a_person_names_goes_before_the_default(tmp_path: pathlib.Path) -> None:
    assert value(tmp_path, "!Ref Name", PARAMETERS, variables=(("Name", "other"),)) == "other"


def test_loops_are_written_out(tmp_path: pathlib.Path) -> None:
    loaded = read(
        tmp_path,
        """
        Transform: AWS::LanguageExtensions
        Parameters: {Names: {Type: CommaDelimitedList, Default: "a.b,c"}, Open: {Type: CommaDelimitedList}}
        Resources:
          Fn::ForEach::Topics:
            - Name
            - !Ref Names
            - Topic&{Name}:
                Type: AWS::SNS::Topic
                Properties:
                  TopicName: !Sub "${Name}-x"
                  DisplayName: !Ref Name
                  Fn::ForEach::Inner:
                    - Key
                    - [P, Q]
                    - "${Key}": !Ref Key
          Fn::ForEach::Never:
            - Name
            - !Ref Open
            - Never${Name}: {Type: AWS::SNS::Topic}
        """,
    )
    found = {one.address: dict(one.attributes) for one in loaded.documents}
    assert found == {
        "Topicab": {"TopicName": "a.b-x", "DisplayName": "a.b", "P": "P", "Q": "Q"},
        "Topicc": {"TopicName": "c-x", "DisplayName": "c", "P": "P", "Q": "Q"},
    }
    assert [(gap.kind, gap.subject) for gap in loaded.gaps] == [("loop-not-written-out", "Fn::ForEach::Never")]
    assert loaded.documents[0].origin(("DisplayName",)).span.line == 12


def test_an_attribute_that_a_property_says_is_known(tmp_path: pathlib.Path) -> None:
    loaded = read(
        tmp_path,
        """
        Resources:
          Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          A: {Type: Custom::A, Properties: {V: !GetAtt Vpc.CidrBlock, W: !GetAtt B.W, I: !GetAtt Vpc.VpcId}}
          B: {Type: Custom::B, Properties: {W: !GetAtt A.W}}
        """,
    )
    a = loaded.documents[1].attributes
    assert a["V"] == "10.0.0.0/16"
    assert a["W"].reason is Reason.CYCLE
    assert a["I"].ref == Ref("Vpc", ("VpcId",))
