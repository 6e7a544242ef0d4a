"""SAM templates: AWS's own translator, offline, with the places of what people wrote."""

from __future__ import annotations

import builtins
import pathlib
from typing import Any

import pytest
from cloudformation_trees import read

from tests.support.loading import by_address

FUNCTION = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Timeout: 30
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.12
      CodeUri: ./src
      MemorySize: 512
      Policies:
        - AmazonS3ReadOnlyAccess
        - AWSLambdaVPCAccessExecutionRole
      Environment:
        Variables:
          TABLE: !Ref Table
      FunctionUrlConfig:
        AuthType: NONE
  Table:
    Type: AWS::Serverless::SimpleTable
  Queue:
    Type: AWS::SQS::Queue
"""


def test_what_is_made_is_read_and_knows_its_place(tmp_path: pathlib.Path) -> None:
    loaded = read(tmp_path, FUNCTION)
    found = by_address(loaded)
    assert loaded.problems == []
    assert {one.type for one in loaded.documents} >= {
        "AWS::Lambda::Function",
        "AWS::Lambda::Url",
        "AWS::Lambda::Permission",
        "AWS::IAM::Role",
        "AWS::DynamoDB::Table",
        "AWS::SQS::Queue",
    }
    hello = found["Hello"]
    assert hello.attributes["Timeout"] == 30
    assert hello.attributes["Environment"]["Variables"]["TABLE"].ref.address == "Table"
    lines = {
        path: hello.origin(path).span.line
        for path in ((), ("Handler",), ("MemorySize",), ("Timeout",), ("Environment", "Variables", "TABLE"))
    }
    assert list(lines.values()) == [6, 9, 12, 4, 18]
    role = found["HelloRole"]
    assert "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" in role.attributes["ManagedPolicyArns"]
    assert (
        "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole" in role.attributes["ManagedPolicyArns"]
    )
    assert role.origin(()).span.line == 6
    assert role.origin(("ManagedPolicyArns",)).span.line == 14
    assert found["HelloUrl"].attributes["AuthType"] == "NONE"
    assert found["HelloUrl"].origin(("AuthType",)).span.line == 20


def test_what_the_translator_refuses_is_named_and_the_rest_is_read(tmp_path: pathlib.Path) -> None:
    bad = "  Bad:\n    Type: AWS::Serverless::Function\n    Properties: {Handler: 3, Events: {E: {Type: Nothing}}}\n"
    bad += "  Worse:\n    Type: AWS::Serverless::Api\n    Properties: {StageName: [1]}\n"
    loaded = read(tmp_path, FUNCTION + bad)
    assert {"Hello", "HelloRole", "Queue"} <= set(by_address(loaded))
    assert "sam-not-translated" in {gap.kind for gap in loaded.gaps}
    assert loaded.seen == len(loaded.documents) + sum(g.count for g in loaded.gaps if g.kind == "sam-not-translated")


def test_without_the_translator_the_rest_is_read_and_the_command_is_told(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name.startswith("samtranslator"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    loaded = read(tmp_path, FUNCTION)
    assert [one.address for one in loaded.documents] == ["Queue"]
    (gap,) = loaded.gaps
    assert (gap.kind, gap.count, loaded.seen) == ("needs-extra", 2, 3)
    assert "pip install 'nephograph[cfn]'" in gap.why


def test_nothing_is_asked_of_aws(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    application = (
        "  App:\n    Type: AWS::Serverless::Application\n    Properties:\n      Location:\n"
        "        ApplicationId: arn:aws:serverlessrepo:us-east-1:012345678901:applications/x\n"
        "        SemanticVersion: 1.0.0\n"
    )
    loaded = read(tmp_path, FUNCTION + application)
    assert [(gap.kind, gap.subject) for gap in loaded.gaps] == [("absent-module", "App")]
