"""What looks like a credential and is none: nothing is found, or it is told as a sample."""

from __future__ import annotations

import json
import os
import pathlib

import pytest

from nephograph.session import open_estate
from nephograph.sources.secrets import SOURCE
from tests.sources.secrets.test_found import ALNUM, FORMS, PEM, SECRET, some
from tests.support.loading import load

TOKEN = FORMS["token of GitHub"]

QUIET = {
    "a reference in HCL": (
        "main.tf",
        'locals {\n  db_password = var.db_password\n  t_token = "${var.p}-${local.x}"\n}\n',
    ),
    "a function in HCL": ("main.tf", 'locals {\n  db_password = file("./password-2024-Prod")\n}\n'),
    "a pointer to a store": ("a.tfvars", 'db_password = "arn:aws:ssm:eu-west-1:111122223333:parameter/a-Xy12Zz"\n'),
    "a path in Vault": ("a.yaml", "db_password: vault:secret/data/db#p4ssW0rd\n"),
    "a secret of 1Password": ("a.yaml", "api_token: op://vault/item-22/Field9\n"),
    "a secret of GitHub Actions": (".github/workflows/a.yml", "env:\n  NPM_TOKEN: ${{ secrets.NPM_TOKEN_2024 }}\n"),
    "a variable of GitLab": (".gitlab-ci.yml", "variables:\n  API_TOKEN: $DEPLOY_TOKEN_1\n"),
    "a substitution": ("a.sh", "DB_PASSWORD=$(pass show db1)\nX_TOKEN=`cat /run/t0ken`\n"),
    "a default of a shell": ("a.sh", 'DB_PASSWORD="${DB_PASSWORD:-}"\n'),
    "changeme": (".env", "DB_PASSWORD=ChangeMe123!\nADMIN_PASSWORD=changeme\n"),
    "your token here": (".env", "API_TOKEN=your-token-here-0123456789\n"),
    "stars": (".env", "API_TOKEN=********************\n"),
    "angle brackets": (".env", "API_TOKEN=<your API token 1>\n"),
    "a name of a secret": ("a.yaml", "imagePullSecret: registry-credentials-v2\nsecret: orders-db-2024\n"),
    "a name of a key": ("a.yaml", "ssh_key: deploy-key-1\napiKey: apiKeyRef\n"),
    "a public key": ("a.tf", 'locals {\n  public_key = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7f9Kx2Lm"\n}\n'),
    "a key of a KMS": ("a.yaml", "kms_key: 2f5b0c44-e7e7-4a2d-b4c1-f0f6c2b7f1f7\n"),
    "an idempotency token": ("a.json", '{"idempotency_token": "aB3dE5fG7hI9jK1lM3nO5"}\n'),
    "a page token": ("a.json", '{"nextPageToken": "CAUQAA3Kx9ZZt1QwErTy8", "next_token": "CAUQAA3Kx9ZZt1QwErTy8"}\n'),
    "plain words": ("a.yaml", "password: internal-only\ntoken: bearer\nsecret: enabled\n"),
    "a number of tokens": ("a.yaml", "max_tokens: 4096000\ntoken: 123456789012345678\n"),
    "a hash of a lock": ("package-lock.json", '{"integrity": "x", "token": "' + some(ALNUM, 40) + '"}\n'),
    "a file of tests": ("tests/config.yaml", "db_password: w8Kd-2pLx9\n"),
    "a test of Go": ("pkg/db_test.go", f'const apiKey = "{some(ALNUM, 40)}"\n'),
    "a sample of settings": (".env.example", "DB_PASSWORD=w8Kd-2pLx9\n"),
    "an example of a module": ("examples/full/main.tf", 'locals {\n  db_password = "w8Kd-2pLx9"\n}\n'),
    "a value of SOPS": ("a.yaml", "db_password: ENC[AES256_GCM,data:w8Kd2pLx9,iv:1,type:str]\nsops:\n  version: 3.9\n"),
    "a vault of Ansible": ("vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n6638643965396264\npassword: w8Kd-2pLx9\n"),
    "a sealed secret": ("s.yaml", "kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgBy3i4OJSWK9PiTy\n"),
    "a header of a key alone": ("a.sh", "grep -q '-----BEGIN RSA PRIVATE KEY-----' file && exit 1\n"),
    "a certificate": ("a.pem", PEM.replace("RSA PRIVATE KEY", "CERTIFICATE")),
    "a made-up token": ("a.sh", f"T=ghp_{'x' * 36}\nU=ghp_{'a1' * 18}\n"),
    "a longer word": ("a.sh", f"T=prefix{TOKEN}\nU={FORMS['access key of AWS']}ABCD\n"),
    "a hash like an access key": ("a.json", '{"digest": "xAKIAQX4BIJ7RNZ2WKLMTx"}\n'),
    "an address without a password": ("a.yaml", "url: https://user@example.com/x\ngit: ssh://git@github.com:22/x\n"),
    "a password that is a reference": (
        "a.yaml",
        "url: postgres://app:${DB_PASSWORD}@db/x\nurl2: redis://:$PW9@cache\n",
    ),
    "a placeholder in an address": ("a.yaml", "url: postgres://user:password@localhost/db\nb: amqp://guest:guest@mq\n"),
    "a port and a path": ("a.yaml", "url: http://host:8080/@scope/package\n"),
    "a parameter of a program": (
        "a.py",
        'token = get("a-Long-Name-Of-9-Words-2024")\npassword = os.environ["DB_PASSWORD1"]\n',
    ),
    "a call in a script": ("a.sh", "python <<EOF\ntoken = base64.b64encode(x)\nEOF\n"),
    "a constant in a script": ("a.tpl", "connect(password=DB_PASSWORD_V2)\n"),
    "a known resource": ("main.tf", 'resource "aws_db_instance" "a" {\n  password = "w8Kd-2pLx9"\n}\n'),
    "a template of CloudFormation": (
        "t.yaml",
        "Resources:\n  A:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: w8Kd-2pLx9\n",
    ),
    "a packed program": ("app.js", "x=1;" * 400 + f'a={{apiKey:"{some(ALNUM, 40)}"}}\n'),
    "a vendored folder": ("node_modules/x/a.sh", f"T={TOKEN}\n"),
}


@pytest.mark.parametrize("why", QUIET)
def test_it_is_no_credential(why: str, tmp_path: pathlib.Path) -> None:
    name, text = QUIET[why]
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    assert [document.address for document in load(SOURCE, tmp_path).documents] == []
    assert not SOURCE.recognises(tmp_path)


def test_there_are_many_decoys() -> None:
    assert len(QUIET) >= 40


SAMPLES = {
    "the key of AWS's own pages": ("a.sh", "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n"),
    "a token in tests": ("tests/a.sh", f"T={TOKEN}\n"),
    "a private key of a fixture": ("fixtures/id_rsa", PEM),
    "a key of a sandbox": ("a.sh", f"T=sk_test_{some(ALNUM, 24)}\n"),
}


@pytest.mark.parametrize("why", SAMPLES)
def test_a_sample_is_told_as_one(why: str, tmp_path: pathlib.Path) -> None:
    name, text = SAMPLES[why]
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    findings = open_estate([str(tmp_path)], today="2026-01-01").ask("check").findings
    assert [(f.code, f.severity) for f in findings] == [("code-credential-sample-written", "info")]


@pytest.mark.parametrize(
    "data",
    [
        {
            "version": 4,
            "terraform_version": "1.9.0",
            "serial": 1,
            "lineage": "x",
            "resources": [{"password": "w8Kd-2pLx9"}],
        },
        {"format_version": "1.2", "planned_values": {}, "password": "w8Kd-2pLx9"},
        {"Users": [{"UserName": "a", "password": "w8Kd-2pLx9"}]},
        {"Records": [{"eventName": "x", "accessKeyId": FORMS["access key of AWS"]}]},
        {"version": "0", "detail-type": "AWS API Call", "detail": {"accessKeyId": FORMS["access key of AWS"]}},
        [{"UserName": "a", "AccessKeyId": FORMS["access key of AWS"]}],
    ],
)
def test_what_another_source_reads_is_left_to_it(data: object, tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(data))
    assert not SOURCE.recognises(tmp_path)
    (tmp_path / "terraform.tfstate").write_text(f'{{"x": "{TOKEN}"}}')
    assert not SOURCE.recognises(tmp_path)


def test_hostile_trees(tmp_path: pathlib.Path) -> None:
    outside = tmp_path / "outside.sh"
    outside.write_text(f"T={TOKEN}\n")
    root = tmp_path / "root"
    root.mkdir()
    (root / "link.sh").symlink_to(outside)
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe.sh")
    (root / "binary.sh").write_bytes(b"\0\xff" * 100 + f"T={TOKEN}\n".encode())
    (root / "latin.sh").write_bytes(b"# \xe9\xff\n")
    (root / "deep.json").write_text("[" * 100_000)
    (root / "long.yaml").write_text("password: " + "A1b2-" * 100_000 + "\n")
    (root / "many.env").write_text("".join(f"P{n}_PASSWORD=w8Kd-2pLx9{n}\n" for n in range(3_000)))
    loaded = load(SOURCE, root)
    assert loaded.problems == []
    assert {place["file"] for d in loaded.documents for place in d.attributes["places"]} == {"many.env"}
    assert len(loaded.documents) == 1_000


def test_a_file_that_is_too_large_is_named(tmp_path: pathlib.Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert [(gap.kind, gap.subject) for gap in load(SOURCE, tmp_path).gaps] == [
        ("too-large", f"{tmp_path.name}/a.yaml")
    ]
    assert SOURCE.recognises(tmp_path)
    (tmp_path / "a.yaml").unlink()
    with (tmp_path / "plan.json").open("wb") as file:
        file.write(b'{"format_version": "1.2", "planned_values": {}')
        file.truncate(50 * 1024 * 1024)
    assert not SOURCE.recognises(tmp_path)


def test_a_credential_beside_bytes_that_are_no_utf8_has_its_place(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.sh").write_bytes(b"# caf\xe9\nT=" + TOKEN.encode() + b"\n")
    (document,) = load(SOURCE, tmp_path).documents
    origin = document.origin(())
    assert origin is not None
    assert origin.span is not None
    assert (origin.span.line, origin.span.column) == (2, 3)
    assert SECRET not in str(document.attributes)
