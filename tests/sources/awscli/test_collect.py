"""The script that writes a dump: what it writes is what the source reads, and it asks for nothing but reading."""

from __future__ import annotations

import json
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from nephograph.session import open_estate
from tests.support.command import Neph

ROOT = pathlib.Path(__file__).parents[3]
SCRIPT = ROOT / "src" / "nephograph" / "sources" / "awscli" / "collect.sh"

AWS = """\
#!/bin/sh
case "$*" in
  *'--query Account'*) echo 111122223333 ;;
  *'get-caller-identity'*) echo '{"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/me"}' ;;
  *'list-buckets --query'*) printf 'acme\\tlogs/odd\\n' ;;
  *'list-buckets'*) echo '{"Buckets": [{"Name": "acme"}, {"Name": "logs/odd"}]}' ;;
  *'get-bucket-versioning --bucket acme'*) echo '{"Status": "Enabled"}' ;;
  *'get-bucket-policy --bucket acme'*)
    echo 'An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: none' >&2; exit 254 ;;
  *'get-bucket-policy --bucket logs/odd'*)
    echo 'An error occurred (AccessDenied) when calling the GetBucketPolicy operation: no' >&2; exit 254 ;;
  *'describe-vpcs --query'*) echo vpc-1 ;;
  *'describe-vpcs'*) echo '{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "IsDefault": false}]}' ;;
  *'describe-vpc-attribute --attribute enableDnsHostnames --vpc-id vpc-1'*)
    echo '{"VpcId": "vpc-1", "EnableDnsHostnames": {"Value": true}}' ;;
  *'--query'*) ;;
  *) echo 'An error occurred (AccessDenied) when calling the SomeRead operation: not in this test' >&2; exit 254 ;;
esac
"""


@pytest.mark.skipif(shutil.which("sh") is None, reason="runs a shell script, and there is no sh")
def test_what_the_script_writes_is_read(tmp_path: pathlib.Path) -> None:
    stub = tmp_path / "bin" / "aws"
    stub.parent.mkdir()
    stub.write_text(AWS)
    stub.chmod(0o755)
    env = {"PATH": f"{stub.parent}:/usr/bin:/bin"}
    subprocess.run(["sh", str(SCRIPT), "eu-west-1"], cwd=tmp_path, env=env, check=True)

    session = open_estate([str(tmp_path / "accounts")], today="2026-01-01")

    buckets = {bucket.label: bucket for bucket in session.estate.of_kind("aws_s3_bucket")}
    assert set(buckets) == {"acme", "logs/odd"}
    assert buckets["acme"].get("versioning") == "Enabled"
    assert buckets["acme"].get("policy") is None
    assert "GetBucketPolicy" in str(buckets["logs/odd"].get("policy"))
    (vpc,) = session.estate.of_kind("aws_vpc")
    assert (vpc.scope.account, vpc.scope.region) == ("111122223333", "eu-west-1")
    assert vpc.get("dns_hostnames") is True
    assert "DescribeVpcAttribute" in str(vpc.get("dns_support"))
    assert session.problems == ()


def test_it_only_reads() -> None:
    calls = re.findall(r"""(?:ask "(?:[^"]|"\$value")*"|each '[^']*') (\S+) (\S+)""", SCRIPT.read_text())
    assert len(calls) > 200
    assert {verb.partition("-")[0] for _, verb in calls} <= {"get", "list", "describe", "search"}
    secrets = ("get-secret-value", "get-parameter", "get-parameters", "get-password-data")
    assert not [verb for _, verb in calls if verb in secrets]


def test_it_is_current() -> None:
    pytest.importorskip("botocore")
    command = [sys.executable, str(ROOT / "scripts" / "collect.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT / "src")})
    assert done.returncode == 0, done.stderr


def test_the_command_prints_it(neph: Neph) -> None:
    assert neph("collect").out == SCRIPT.read_text()


def test_every_file_it_writes_has_a_place(tmp_path: pathlib.Path) -> None:
    text = SCRIPT.read_text()
    assert json.dumps(sorted(set(re.findall(r'base="(\S+)"', text)))) == json.dumps(
        ["accounts/$account/$region", "accounts/$account/global"]
    )
