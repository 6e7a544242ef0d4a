"""Doors that stand in no VPC: function URLs, APIs, distributions and buckets in `neph exposed`."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from tests.support.command import Neph
from tests.support.trees import write

FUNCTION = """
    provider "aws" { region = "eu-west-1" }
    resource "aws_iam_role" "run" {
      name               = "run"
      assume_role_policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
      })
    }
    resource "aws_lambda_function" "hook" {
      function_name = "hook"
      role          = aws_iam_role.run.arn
      runtime       = "python3.12"
      handler       = "a.b"
      filename      = "a.zip"
    }
"""
URL = """
    resource "aws_lambda_function_url" "hook" {
      function_name      = aws_lambda_function.hook.function_name
      authorization_type = "KIND"
    }
    resource "aws_lambda_permission" "url" {
      function_name          = aws_lambda_function.hook.function_name
      action                 = "lambda:InvokeFunctionUrl"
      principal              = "*"
      function_url_auth_type = "NONE"
    }
    resource "aws_lambda_permission" "call" {
      function_name            = aws_lambda_function.hook.function_name
      action                   = "lambda:InvokeFunction"
      principal                = "*"
      invoked_via_function_url = true
    }
"""
API = """
    resource "aws_apigatewayv2_api" "front" {
      name          = "front"
      protocol_type = "HTTP"
    }
    resource "aws_apigatewayv2_stage" "live" {
      api_id = aws_apigatewayv2_api.front.id
      name   = "live"
    }
    resource "aws_apigatewayv2_integration" "hook" {
      api_id           = aws_apigatewayv2_api.front.id
      integration_type = "AWS_PROXY"
      integration_uri  = aws_lambda_function.hook.invoke_arn
    }
"""
REST = """
    resource "aws_api_gateway_rest_api" "old" {
      name = "old"
      endpoint_configuration { types = ["KIND"] }
    }
    resource "aws_api_gateway_deployment" "old" { rest_api_id = aws_api_gateway_rest_api.old.id }
    resource "aws_api_gateway_stage" "live" {
      rest_api_id   = aws_api_gateway_rest_api.old.id
      deployment_id = aws_api_gateway_deployment.old.id
      stage_name    = "live"
    }
"""
BUCKET = """
    resource "aws_s3_bucket" "site" { bucket = "site" }
    resource "aws_s3_bucket_public_access_block" "site" {
      bucket                  = aws_s3_bucket.site.id
      block_public_acls       = true
      ignore_public_acls      = true
      block_public_policy     = BLOCKED
      restrict_public_buckets = BLOCKED
    }
    resource "aws_s3_bucket_policy" "site" {
      bucket = aws_s3_bucket.site.id
      policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [
          { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.site.arn}/*" }
        ]
      })
    }
"""
DISTRIBUTION = """
    resource "aws_cloudfront_distribution" "edge" {
      enabled = ENABLED
      origin {
        domain_name = aws_s3_bucket.site.bucket_regional_domain_name
        origin_id   = "site"
      }
      default_cache_behavior {
        target_origin_id       = "site"
        viewer_protocol_policy = "https-only"
        allowed_methods        = ["GET", "HEAD"]
        cached_methods         = ["GET", "HEAD"]
        cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
      }
      restrictions {
        geo_restriction { restriction_type = "GEO" }
      }
      viewer_certificate { cloudfront_default_certificate = true }
    }
"""


def exposed(neph: Neph, folder: pathlib.Path, text: str) -> dict[tuple[str, str, int], str]:
    """(resource, through what, port) -> verdict."""
    done = neph("exposed", "--format", "json", str(write(folder, **{"main.tf": text})))
    assert done.code == 0, done.err
    rows: list[dict[str, Any]] = json.loads(done.out)["exposed"]

    def kind(one: Any) -> str:
        return one["address"].partition(".")[0].removeprefix("aws_") if one else ""

    return {(kind(r["resource"]), kind(r["through"]), r["from_port"]): r["verdict"] for r in rows}


@pytest.mark.parametrize(("kind", "found"), [("NONE", {("lambda_function", "", 443): "yes"}), ("AWS_IAM", {})])
def test_a_function_url_is_open_when_it_asks_nobody_for_credentials(
    kind: str, found: dict[Any, str], neph: Neph, tmp_path: pathlib.Path
) -> None:
    assert exposed(neph, tmp_path, FUNCTION + URL.replace("KIND", kind)) == found


def test_a_function_that_is_nobody_s_to_call_is_not_exposed(neph: Neph, tmp_path: pathlib.Path) -> None:
    assert exposed(neph, tmp_path, FUNCTION) == {}


def test_an_api_is_exposed_with_the_functions_it_calls_once_it_has_a_stage(neph: Neph, tmp_path: pathlib.Path) -> None:
    both = {("apigatewayv2_api", "", 443): "yes", ("lambda_function", "apigatewayv2_api", 443): "yes"}
    assert exposed(neph, tmp_path, FUNCTION + API) == both
    without = FUNCTION + API.replace('resource "aws_apigatewayv2_stage"', 'resource "aws_apigatewayv2_nothing"')
    assert exposed(neph, tmp_path, without) == {}


@pytest.mark.parametrize(("kind", "open_"), [("REGIONAL", True), ("EDGE", True), ("PRIVATE", False)])
def test_a_rest_api_is_exposed_unless_its_endpoint_is_private(
    kind: str, open_: bool, neph: Neph, tmp_path: pathlib.Path
) -> None:
    found = exposed(neph, tmp_path, FUNCTION + REST.replace("KIND", kind))
    assert found == ({("api_gateway_rest_api", "", 443): "yes"} if open_ else {})


@pytest.mark.parametrize(("blocked", "open_"), [("false", True), ("true", False)])
def test_a_bucket_anybody_may_read_is_exposed(blocked: str, open_: bool, neph: Neph, tmp_path: pathlib.Path) -> None:
    found = exposed(neph, tmp_path, BUCKET.replace("BLOCKED", blocked))
    assert found == ({("s3_bucket", "", 443): "yes"} if open_ else {})


@pytest.mark.parametrize(
    ("enabled", "geo", "verdict"), [("true", "none", "yes"), ("true", "whitelist", "depends"), ("false", "none", "")]
)
def test_a_distribution_is_exposed_with_its_origins(
    enabled: str, geo: str, verdict: str, neph: Neph, tmp_path: pathlib.Path
) -> None:
    text = BUCKET.replace("BLOCKED", "true") + DISTRIBUTION.replace("ENABLED", enabled).replace("GEO", geo)
    found = exposed(neph, tmp_path, text)
    edge = ("cloudfront_distribution", "", 443), ("s3_bucket", "cloudfront_distribution", 443)
    assert found == (dict.fromkeys(edge, verdict) if verdict else {})


CLUSTER = """
    provider "aws" { region = "eu-west-1" }
    variable "ranges" { type = list(string) }
    resource "aws_subnet" "a" { cidr_block = "10.0.1.0/24" }
    resource "aws_eks_cluster" "main" {
      name     = "main"
      role_arn = "arn:aws:iam::111122223333:role/eks"
      vpc_config {
        subnet_ids              = [aws_subnet.a.id]
        endpoint_private_access = true
        OPTIONS
      }
    }
"""


@pytest.mark.parametrize(
    ("options", "sources", "verdict"),
    [
        ("", ["0.0.0.0/0"], "yes"),
        ("endpoint_public_access = false", [], ""),
        ('public_access_cidrs = ["203.0.113.0/24"]', ["203.0.113.0/24"], "yes"),
        ("public_access_cidrs = var.ranges", ["0.0.0.0/0"], "depends"),
    ],
)
def test_the_public_endpoint_of_a_cluster_is_exposed_to_its_ranges(
    options: str, sources: list[str], verdict: str, neph: Neph, tmp_path: pathlib.Path
) -> None:
    write(tmp_path, main=CLUSTER.replace("OPTIONS", options))
    found = json.loads(neph("exposed", str(tmp_path), "--format", "json").out)["exposed"]
    own = [one for one in found if one["resource"]["kind"] == "aws_eks_cluster"]
    assert [(one["sources"], one["verdict"], one["from_port"]) for one in own] == [(sources, verdict, 443)] * bool(
        verdict
    )


@pytest.mark.parametrize(
    ("more", "ports"),
    [
        ("", [80, 443]),
        ("domain_endpoint_options { enforce_https = true }", [443]),
        ("vpc_options { subnet_ids = [aws_subnet.a.id] }", []),
    ],
)
def test_a_search_domain_outside_of_vpcs_is_exposed(
    more: str, ports: list[int], neph: Neph, tmp_path: pathlib.Path
) -> None:
    write(
        tmp_path,
        main=f"""
        provider "aws" {{ region = "eu-west-1" }}
        resource "aws_subnet" "a" {{ cidr_block = "10.0.1.0/24" }}
        resource "aws_opensearch_domain" "logs" {{
          domain_name = "logs"
          {more}
        }}
        """,
    )
    found = json.loads(neph("exposed", str(tmp_path), "--format", "json").out)["exposed"]
    assert [one["from_port"] for one in found if one["verdict"] == "yes"] == ports
