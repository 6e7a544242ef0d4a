"""`neph reach` and `neph exposed`, as a person and a pipeline meet them."""

from __future__ import annotations

import itertools
import json
import pathlib
from typing import Any
from xml.etree import ElementTree

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.support.command import Neph
from tests.support.trees import write

TREE = """
    provider "aws" {
      region              = "eu-west-1"
      allowed_account_ids = ["111122223333"]
    }
    resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
    resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
    resource "aws_subnet" "front" {
      vpc_id                  = aws_vpc.main.id
      cidr_block              = "10.0.1.0/24"
      map_public_ip_on_launch = true
    }
    resource "aws_subnet" "back" {
      vpc_id     = aws_vpc.main.id
      cidr_block = "10.0.2.0/24"
    }
    resource "aws_route_table" "front" {
      vpc_id = aws_vpc.main.id
      route {
        cidr_block = "0.0.0.0/0"
        gateway_id = aws_internet_gateway.main.id
      }
    }
    resource "aws_route_table_association" "front" {
      subnet_id      = aws_subnet.front.id
      route_table_id = aws_route_table.front.id
    }
    resource "aws_security_group" "web" {
      vpc_id = aws_vpc.main.id
      ingress {
        protocol    = "tcp"
        from_port   = 443
        to_port     = 443
        cidr_blocks = ["0.0.0.0/0"]
      }
      egress {
        protocol    = "-1"
        from_port   = 0
        to_port     = 0
        cidr_blocks = ["10.0.0.0/16"]
      }
    }
    resource "aws_security_group" "db" {
      vpc_id = aws_vpc.main.id
      ingress {
        protocol        = "tcp"
        from_port       = 5432
        to_port         = 5432
        security_groups = [aws_security_group.web.id]
      }
    }
    resource "aws_instance" "web" {
      ami                    = "ami-1"
      instance_type          = "t3.micro"
      subnet_id              = aws_subnet.front.id
      vpc_security_group_ids = [aws_security_group.web.id]
    }
    resource "aws_instance" "db" {
      ami                    = "ami-1"
      instance_type          = "t3.micro"
      subnet_id              = aws_subnet.back.id
      private_ip             = "10.0.2.10"
      vpc_security_group_ids = [aws_security_group.db.id]
    }
"""


@pytest.fixture
def tree(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> str:
    write(tmp_path, net__main=TREE)
    monkeypatch.chdir(tmp_path)
    return "net"


def reach(neph: Neph, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(neph("reach", *words, "--format", "json").out)
    return found


def test_a_yes_shows_every_hop_out_and_back(neph: Neph, tree: str, snapshot: SnapshotAssertion) -> None:
    done = neph("reach", "--from", "web", "--to", "db", "--port", "5432", tree, "--width", "100")
    assert done.code == 0
    assert done.out == snapshot


def test_a_no_names_everything_in_the_way(neph: Neph, tree: str, snapshot: SnapshotAssertion) -> None:
    assert neph("reach", "--from", "internet", "--to", "db", "--port", "22", tree, "--width", "100").out == snapshot


def test_the_contract_of_the_json(neph: Neph, tree: str) -> None:
    found = reach(neph, "--from", "internet", "--to", "db", "--port", "5432", tree)
    assert found["verdict"] == "no"
    assert found["assumptions"]
    assert found["forward"]["verdict"] == found["return"]["verdict"] == "no"
    (hop,) = found["forward"]["hops"]
    assert {"component", "kind", "decision", "reason", "rule", "location"} <= hop.keys()
    assert found["forward"]["dropped_at"] == hop["component"]
    (chain,) = found["blockers"]
    assert [one["reason"] for one in chain] == ["no-public-address-in", "group-refuses", "no-route"]
    assert [one["direction"] for one in chain] == ["forward", "forward", "return"]
    assert all(one["edit"]["text"] and one["edit"]["changes"] for one in chain)
    assert found["blockers_complete"] is True


def test_without_a_port_allowed_holds_exactly_what_passes(neph: Neph, tree: str) -> None:
    found = reach(neph, "--from", "internet", "--to", "web", tree)
    assert found["verdict"] == "yes"
    (only,) = found["allowed"]
    assert (only["protocol"], only["from_port"], only["to_port"]) == ("tcp", 443, 443)
    assert only["sources"] == ["0.0.0.0/0"]


@pytest.mark.parametrize(
    ("start", "goal", "verdict"),
    [
        ("aws_instance.web", "10.0.2.10", "yes"),
        ("aws_security_group.web", "aws_subnet.back", "yes"),
        ("aws_subnet.front", "db", "yes"),
        ("10.0.2.10", "web", "no"),
        ("8.8.8.8", "db", "no"),
        ("web", "s3", "no"),
    ],
)
def test_ends_are_named_in_many_ways(neph: Neph, tree: str, start: str, goal: str, verdict: str) -> None:
    assert reach(neph, "--from", start, "--to", goal, "--port", "5432", tree)["verdict"] == verdict


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--to", "db"), "no-end"),
        (("--from", "nobody", "--to", "db"), "nothing-known"),
        (("--from", "web", "--to", "aws_vpc.main", "--port", "99999"), "bad-traffic"),
        (("--from", "web", "--to", "db", "--port", "90-80"), "bad-traffic"),
        (("--from", "web", "--to", "db", "--proto", "carrier-pigeon"), "bad-traffic"),
        (("--from", "web", "--to", "aws_route_table.front"), "no-interface"),
    ],
)
def test_questions_that_cannot_be_understood(neph: Neph, tree: str, words: tuple[str, ...], code: str) -> None:
    done = neph("reach", *words, tree, "--format", "json")
    assert done.code == 2
    assert json.loads(done.out)["errors"][0]["code"] == code


def test_an_expectation_decides_the_exit_code(neph: Neph, tree: str) -> None:
    words = ("reach", "--from", "web", "--to", "db", "--port", "5432", tree)
    assert neph(*words, "--expect", "yes").code == 0
    assert neph(*words, "--expect", "no").code == 1


def test_the_picture_nests_what_encloses_the_stops_and_marks_the_drop(neph: Neph, tree: str) -> None:
    drawn = neph("reach", "--from", "db", "--to", "internet", "--port", "443", tree, "--format", "svg").out
    root = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    boxes = [r for r in root.iter(f"{space}rect") if "around" in r.get("class", "")]
    edges = [(float(r.get("x", 0)), float(r.get("x", 0)) + float(r.get("width", 0))) for r in boxes]
    assert len(boxes) == 3
    assert all(a < c and d < b for (a, b), (c, d) in itertools.pairwise(edges))
    assert [r.get("class") for r in root.iter(f"{space}rect") if "box drop" in r.get("class", "")] == ["box drop"]


def test_codes_of_aws_and_our_reasons_are_explained(neph: Neph) -> None:
    told = neph("explain", "NO_ROUTE_TO_DESTINATION").out
    assert "no-route" in told
    assert "What to do" in told
    assert "NO_ROUTE_TO_DESTINATION" in neph("explain", "no-route").out


def test_exposed_lists_what_the_internet_reaches(neph: Neph, tree: str, snapshot: SnapshotAssertion) -> None:
    done = neph("exposed", tree, "--width", "100")
    assert done.code == 0
    assert done.out == snapshot
    assert neph("exposed", tree, "--exit-code").code == 1


def test_exposed_looks_at_distributions_and_apis(neph: Neph, tmp_path: pathlib.Path) -> None:
    code = """
        resource "aws_cloudfront_distribution" "site" {
          enabled = true
          origin {
            origin_id   = "files"
            domain_name = aws_s3_bucket.files.bucket_regional_domain_name
          }
          default_cache_behavior {
            target_origin_id       = "files"
            viewer_protocol_policy = "https-only"
            allowed_methods        = ["GET", "HEAD"]
            cached_methods         = ["GET", "HEAD"]
          }
          restrictions {
            geo_restriction { restriction_type = "none" }
          }
          viewer_certificate { cloudfront_default_certificate = true }
        }
        resource "aws_s3_bucket" "files" { bucket = "files" }
        resource "aws_apigatewayv2_api" "shop" {
          name          = "shop"
          protocol_type = "HTTP"
        }
        resource "aws_apigatewayv2_stage" "live" {
          api_id = aws_apigatewayv2_api.shop.id
          name   = "live"
        }
        resource "aws_apigatewayv2_api" "draft" {
          name          = "draft"
          protocol_type = "HTTP"
        }
    """
    write(tmp_path, edge__main=code)
    found = json.loads(neph("exposed", str(tmp_path / "edge"), "--format", "json").out)["exposed"]
    ways = {(one["resource"]["kind"], one["resource"]["label"], one["from_port"], one["verdict"]) for one in found}
    assert ("aws_apigatewayv2_api", "shop", 443, "yes") in ways
    assert ("aws_cloudfront_distribution", "site", 443, "yes") in ways
    assert not [way for way in ways if way[1] == "draft" or way[2] == 80]
    assert [one["through"]["label"] for one in found if one["resource"]["kind"] == "aws_s3_bucket"] == ["site"]


ADDRESSES = """
    provider "aws" { region = "eu-west-1" }
    resource "aws_vpc" "v" {
      cidr_block                       = "10.0.0.0/16"
      assign_generated_ipv6_cidr_block = false
    }
    resource "aws_subnet" "a" {
      vpc_id     = aws_vpc.v.id
      cidr_block = "10.0.1.0/24"
    }
    resource "aws_security_group" "goal" {
      vpc_id = aws_vpc.v.id
      ingress {
        protocol    = "tcp"
        from_port   = 22
        to_port     = 22
        cidr_blocks = ["10.0.1.21/32"]
      }
    }
    resource "aws_security_group" "start" {
      vpc_id = aws_vpc.v.id
      egress {
        protocol    = "tcp"
        from_port   = 0
        to_port     = 65535
        cidr_blocks = ["10.0.1.50/32"]
      }
    }
    resource "aws_network_interface" "start" {
      subnet_id       = aws_subnet.a.id
      private_ips     = ["10.0.1.20", "10.0.1.21"]
      security_groups = [aws_security_group.start.id]
    }
    resource "aws_network_interface" "goal" {
      subnet_id       = aws_subnet.a.id
      private_ips     = ["10.0.1.50", "10.0.1.51"]
      security_groups = [aws_security_group.goal.id]
    }
"""


@pytest.fixture
def addresses(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> str:
    write(tmp_path, net__main=ADDRESSES)
    monkeypatch.chdir(tmp_path)
    return "net"


@pytest.mark.parametrize(
    ("start", "goal", "verdict"),
    [
        ("10.0.1.20", "10.0.1.50", "no"),
        ("10.0.1.21", "10.0.1.50", "yes"),
        ("10.0.1.21", "10.0.1.51", "no"),
        ("aws_network_interface.start", "10.0.1.50", "yes"),
        ("aws_network_interface.start", "10.0.1.51", "no"),
        ("aws_network_interface.start", "aws_network_interface.goal", "yes"),
    ],
)
def test_an_address_that_is_named_is_the_one_that_is_asked(
    addresses: str, neph: Neph, start: str, goal: str, verdict: str
) -> None:
    assert reach(neph, "--from", start, "--to", goal, "--port", "22", addresses)["verdict"] == verdict


def test_an_address_that_two_vpcs_have_is_nobodys_by_itself(tmp_path: pathlib.Path, neph: Neph) -> None:
    again = ADDRESSES.replace("aws_vpc.v", "aws_vpc.w").replace('"aws_vpc" "v"', '"aws_vpc" "w"')
    for name in ("a", "goal", "start"):
        again = again.replace(f'" "{name}"', f'" "{name}2"')
        again = again.replace(f"aws_subnet.{name}.", f"aws_subnet.{name}2.")
        again = again.replace(f"aws_security_group.{name}.", f"aws_security_group.{name}2.")
    write(tmp_path, net__main=ADDRESSES, net__more=again.replace('provider "aws" { region = "eu-west-1" }', ""))
    done = neph("reach", "--from", "10.0.1.20", "--to", "internet", str(tmp_path / "net"))
    assert done.code == 2
    assert "2 things go by the name 10.0.1.20: aws_network_interface.start" in done.err


def test_of_a_range_of_ports_the_sentence_says_which_pass(tree: str, neph: Neph) -> None:
    told = neph("reach", "--from", "internet", "--to", "web", "--port", "22-8080", tree).out
    assert "internet reaches web on tcp/443 (of 22-8080)" in told
    assert "What gets through" in told


def test_of_several_each_is_told(tree: str, neph: Neph) -> None:
    found = reach(neph, "--from", "aws_vpc.main", "--to", "db", "--port", "5432", tree)
    assert [(one["from"], one["to"], one["verdict"]) for one in found["pairs"]] == [(["web"], ["db"], "yes")]


PUBLISHED = """
    provider "aws" { region = "eu-west-1" }
    resource "aws_s3_bucket" "open" { bucket = "open-to-all-9" }
    resource "aws_s3_bucket_public_access_block" "open" {
      bucket                  = aws_s3_bucket.open.id
      block_public_acls       = false
      block_public_policy     = false
      ignore_public_acls      = false
      restrict_public_buckets = false
    }
    resource "aws_s3_bucket_policy" "open" {
      bucket = aws_s3_bucket.open.id
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Principal = "*"
          Action    = "s3:GetObject"
          Resource  = "arn:aws:s3:::open-to-all-9/*"
        }]
      })
    }
    resource "aws_s3_bucket" "shut" { bucket = "shut-to-all-9" }
    resource "aws_sqs_queue" "jobs" { name = "jobs" }
    resource "aws_apigatewayv2_api" "shop" {
      name          = "shop"
      protocol_type = "HTTP"
    }
    resource "aws_apigatewayv2_stage" "live" {
      api_id      = aws_apigatewayv2_api.shop.id
      name        = "$default"
      auto_deploy = true
    }
    resource "aws_apigatewayv2_route" "any" {
      api_id    = aws_apigatewayv2_api.shop.id
      route_key = "$default"
      target    = "integrations/${aws_apigatewayv2_integration.f.id}"
    }
    resource "aws_apigatewayv2_integration" "f" {
      api_id             = aws_apigatewayv2_api.shop.id
      integration_type   = "AWS_PROXY"
      integration_uri    = aws_lambda_function.f.invoke_arn
      integration_method = "POST"
    }
    resource "aws_lambda_permission" "f" {
      action        = "lambda:InvokeFunction"
      function_name = aws_lambda_function.f.function_name
      principal     = "apigateway.amazonaws.com"
    }
    resource "aws_lambda_function" "f" {
      function_name = "f"
      role          = "arn:aws:iam::111122223333:role/f"
      handler       = "a.b"
      runtime       = "python3.12"
      filename      = "f.zip"
    }
"""


@pytest.mark.parametrize(
    ("goal", "port", "verdict"),
    [
        ("open-to-all-9", "443", "yes"),
        ("open-to-all-9", "22", "no"),
        ("shut-to-all-9", "443", "no"),
        ("shop", "443", "yes"),
        ("f", "443", "yes"),
        ("jobs", "443", "yes"),
    ],
)
def test_what_aws_publishes_is_an_end_like_any_other(
    tmp_path: pathlib.Path, neph: Neph, goal: str, port: str, verdict: str
) -> None:
    write(tmp_path, net__main=PUBLISHED)
    found = reach(neph, "--from", "internet", "--to", goal, "--port", port, str(tmp_path / "net"))
    assert (found["verdict"], found["forward"]["verdict"]) == (verdict, verdict)
    assert bool(found["allowed"]) == (verdict == "yes")
    assert found["forward"]["hops"][-1]["location"] or found["forward"]["hops"][-1]["text"]


def test_a_bucket_nobody_on_the_internet_may_read_says_why(tmp_path: pathlib.Path, neph: Neph) -> None:
    write(tmp_path, net__main=PUBLISHED)
    told = neph("reach", "--from", "internet", "--to", "shut-to-all-9", str(tmp_path / "net")).out
    assert "No: internet does not reach shut-to-all-9. Nothing on bucket shut-to-all-9 allows s3:GetObject" in told


def test_inside_of_a_vpc_a_bucket_is_reached_by_its_service(tree: str, neph: Neph, tmp_path: pathlib.Path) -> None:
    write(tmp_path, net__more='resource "aws_s3_bucket" "b" { bucket = "inside-9" }')
    found = reach(neph, "--from", "web", "--to", "inside-9", "--port", "443", tree)
    assert found["verdict"] == reach(neph, "--from", "web", "--to", "s3", "--port", "443", tree)["verdict"]
    assert any("inside-9 is used by the API of s3" in text for text in found["assumptions"])
