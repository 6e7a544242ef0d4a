"""Mutated templates: whatever a text holds, reading it ends, raises nothing and keeps its places inside the text."""

from __future__ import annotations

import pathlib
import random
import string

import pytest
from cloudformation_trees import tree

from nephograph.estate.build import build
from nephograph.sources.cloudformation import SOURCE
from tests.support.loading import load

SEEDS = range(150)

YAML = """\
AWSTemplateFormatVersion: 2010-09-09
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
  Ports: {Type: CommaDelimitedList, Default: "22,80"}
Mappings: {M: {eu: {x: &anchor 10.0.0.0/8}}}
Conditions:
  Prod: !Equals [!Ref Env, prod]
  Both: !And [!Condition Prod, !Not [!Equals [!Select [0, !Ref Ports], "22"]]]
Resources:
  Fn::ForEach::Topics:
    - N
    - [a, b]
    - T${N}: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub "${N}-${AWS::StackName}"}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Condition: Prod
    DependsOn: Queue
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !FindInMap [M, !Ref AWS::Region, x]}
        - !If [Both, {CidrIp: *anchor, IpProtocol: "-1"}, !Ref AWS::NoValue]
  Queue:
    Type: AWS::SQS::Queue
    Metadata: {checkov: {skip: [{id: CKV_1, comment: x}]}}
    Properties: {QueueName: !Join ["-", [a, !GetAtt Group.GroupId]], KmsMasterKeyId: "{{resolve:ssm:/k}}"}
  Function:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: python3.12, InlineCode: |
        x
      , Policies: [AmazonS3ReadOnlyAccess], Events: {E: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}}}
Outputs:
  O: {Value: !GetAtt Queue.Arn, Export: {Name: !Sub "${AWS::StackName}-q"}}
"""

PIECES = (
    "!Ref ",
    "!Sub ",
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "\n",
    "  ",
    "&a ",
    "*a ",
    "<<: ",
    "Fn::If",
    "${",
    '"',
    "\t",
    "null",
    "#",
)


def mutated(text: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text))
        match dice.randrange(4):
            case 0:
                text = text[:at] + text[at + dice.randint(1, 30) :]
            case 1:
                text = text[:at] + dice.choice(PIECES) + text[at:]
            case 2:
                other = dice.randrange(len(text))
                text = text[:at] + text[other : other + dice.randint(1, 80)] + text[at:]
            case _:
                text = text[:at] + dice.choice(string.printable) + text[at + 1 :]
        text = text or "x"
    return text


@pytest.mark.parametrize("seed", SEEDS)
def test_reading_ends_and_raises_nothing(seed: int, tmp_path: pathlib.Path) -> None:
    text = mutated(YAML, random.Random(seed))
    loaded = load(SOURCE, tree(tmp_path, template_yaml="AWSTemplateFormatVersion: 1\n" + text, good_yaml=YAML))
    lines = text.count("\n") + 3
    for problem in loaded.problems:
        assert problem.span is None or 1 <= problem.span.line <= lines
    for document in loaded.documents:
        for name in document.attributes:
            origin = document.origin((name, 0, "x"))
            assert origin is None or origin.span is None or origin.span.line <= lines
    built = build([loaded])
    assert len(loaded.documents) <= loaded.seen
    assert built.evaluated <= loaded.seen
