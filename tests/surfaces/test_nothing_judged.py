"""A tree of which nothing could be judged is not called clean."""

from __future__ import annotations

import json
import pathlib

from tests.support.command import Neph
from tests.support.trees import write


def test_a_tree_that_cannot_be_read_gets_no_verdict(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = str(write(tmp_path, main='resource "aws_kms_key" "k" {\n'))
    outcome = neph("check", tree, "-f", "json")
    assert outcome.code == 3
    assert json.loads(outcome.out)["verdict"] is None
    text = neph("check", tree).out
    assert text.startswith("Nothing was judged: no check is about what could be read.")
    assert "The answer is" not in text


def test_kinds_without_a_check_get_no_verdict(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = str(write(tmp_path, main='resource "acme_robot" "r" {}\n'))
    outcome = neph("check", tree, "-f", "json")
    assert outcome.code == 0
    assert json.loads(outcome.out)["verdict"] is None
    assert neph("check", tree).out.startswith("Nothing was judged: no check is about what could be read.")


def test_a_tree_that_was_judged_and_is_clean_says_no(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(tmp_path, main='resource "aws_kms_key" "k" {\n  enable_key_rotation = true\n}\n')
    assert json.loads(neph("check", str(tree), "-f", "json").out)["verdict"] == "no"


def test_what_only_a_path_depends_on_is_named_by_the_answer(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(
        tmp_path,
        main="""
        variable "who" {}
        # neph: ignore[aws-secretsmanager-secret-unrotated, aws-secretsmanager-secret-without-own-key] no matter here
        resource "aws_secretsmanager_secret" "s" {
          name = "s"
        }
        resource "aws_iam_role" "reader" {
          name               = "reader"
          assume_role_policy = jsonencode({
            Statement = [{ Effect = "Allow", Principal = { AWS = var.who }, Action = "sts:AssumeRole" }]
          })
        }
        resource "aws_iam_role_policy" "read" {
          role   = aws_iam_role.reader.id
          policy = jsonencode({
            Statement = [{
              Effect   = "Allow"
              Action   = "secretsmanager:GetSecretValue"
              Resource = aws_secretsmanager_secret.s.arn
            }]
          })
        }
        """,
    )
    answer = json.loads(neph("check", str(tree), "-f", "json").out)
    assert answer["verdict"] == "depends"
    assert answer["paths"]
    assert any("var.who" in what for what in answer["depends_on"])
