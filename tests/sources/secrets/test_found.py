"""Credentials that are found: by their form and by the name they stand under; their values are nowhere."""

from __future__ import annotations

import json
import pathlib
import random
import string

import pytest

from nephograph.estate.match import match
from nephograph.session import Session, open_estate
from nephograph.sources.secrets import SOURCE
from nephograph.sources.secrets.shapes import SHAPES, SIGNS
from tests.support.command import Neph
from tests.support.loading import load

ALNUM = string.ascii_letters + string.digits


def some(alphabet: str, length: int, seed: str = "") -> str:
    """A text as good as random, the same in every run."""
    return "".join(random.Random(f"{alphabet}{length}{seed}").choices(alphabet, k=length))


HEX = "0123456789abcdef"
KEY_ID = "AKIA" + some("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)
SECRET = some(ALNUM + "/+", 40)
PEM = f"-----BEGIN RSA PRIVATE KEY-----\n{some(ALNUM, 64)}\n{some(ALNUM, 64)}\n-----END RSA PRIVATE KEY-----\n"

FORMS = {
    "token of GitHub": f"ghp_{some(ALNUM, 36)}",
    "token of GitLab": f"glpat-{some(ALNUM, 20)}",
    "token of Slack": f"xoxb-{some(string.digits, 12)}-{some(string.digits, 12)}-{some(ALNUM, 24)}",
    "app token of Slack": f"xapp-1-A0{some(string.digits, 8)}-{some(string.digits, 12)}-{some(HEX, 64)}",
    "webhook of Slack": "https://hooks.slack.com/services/T0A1B2C3D4/B0A1B2C3D4/" + some(ALNUM, 24),
    "key of Stripe": f"sk_live_{some(ALNUM, 24)}",
    "API key of Google": f"AIza{some(ALNUM, 35)}",
    "client secret of Google": f"GOCSPX-{some(ALNUM, 28)}",
    "token of npm": f"npm_{some(ALNUM, 36)}",
    "token of PyPI": f"pypi-AgEIcHlwaS5vcmc{some(ALNUM, 70)}",
    "token of Docker Hub": f"dckr_pat_{some(ALNUM, 27)}",
    "key of SendGrid": f"SG.{some(ALNUM, 22)}.{some(ALNUM, 43)}",
    "token of Vault": f"hvs.{some(ALNUM, 24)}",
    "token of HCP Terraform": f"{some(ALNUM, 14)}.atlasv1.{some(ALNUM, 67)}",
    "token of DigitalOcean": f"dop_v1_{some(HEX, 64)}",
    "token of Databricks": f"dapi{some(HEX, 32)}",
    "key of OpenAI": f"sk-proj-{some(ALNUM, 48)}",
    "key of Anthropic": f"sk-ant-api03-{some(ALNUM, 93)}",
    "token of Hugging Face": f"hf_{some(string.ascii_letters, 34)}",
    "key of New Relic": f"NRAK-{some(string.ascii_uppercase, 27)}",
    "token of Grafana": f"glsa_{some(ALNUM, 32)}_{some(HEX, 8)}",
    "token of Shopify": f"shpat_{some(HEX, 32)}",
    "token of Atlassian": f"ATATT3{some(ALNUM, 186)}",
    "token of Linear": f"lin_api_{some(ALNUM, 40)}",
    "token of Pulumi": f"pul-{some(HEX, 40)}",
    "secret key of age": f"AGE-SECRET-KEY-1{some('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}",
    "key of an Azure storage account": f"AccountName=a;AccountKey={some(ALNUM + '/+', 86)}==;x",
    "webhook of Discord": f"https://discord.com/api/webhooks/{some(string.digits, 18)}/{some(ALNUM, 68)}",
    "access key of AWS": KEY_ID,
    "temporary access key of AWS": "ASIA" + KEY_ID[4:],
    "private key": PEM,
    "password in an address": "mongodb+srv://app:w8Kd-2pLx9@cluster.example.net/orders",
}


def written(folder: pathlib.Path, name: str, text: str) -> list[tuple[str, str | None]]:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    loaded = load(SOURCE, folder)
    assert loaded.problems == []
    assert SOURCE.recognises(folder) == bool(loaded.documents)
    return [(d.attributes["what"], d.attributes["name"]) for d in loaded.documents]


@pytest.mark.parametrize("what", FORMS)
def test_a_form_is_found_in_a_script_and_in_yaml(what: str, tmp_path: pathlib.Path) -> None:
    assert [w for w, _ in written(tmp_path, "deploy.sh", f"echo one\nrun --with '{FORMS[what]}'\n")] == [what]
    (tmp_path / "deploy.sh").unlink()
    indented = FORMS[what].replace("\n", "\n    ")
    assert [w for w, _ in written(tmp_path, "a.yaml", f"job:\n  value: |\n    {indented}\n")] == [what]


def test_every_form_has_a_case_a_page_and_a_sign() -> None:
    assert {shape.what for shape in SHAPES if not shape.test} <= set(FORMS)
    assert {shape.what for shape in SHAPES} == set(SIGNS)
    assert all(shape.page.startswith("https://") for shape in SHAPES)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".env", "export DB_PASSWORD=w8Kd-2pLx9\n"),
        ("prod.env", "DB_PASSWORD='w8Kd-2pLx9'\n"),
        ("prod.tfvars", 'db_password = "w8Kd-2pLx9"\n'),
        ("main.tf", 'locals {\n  db_password = "w8Kd-2pLx9"\n}\n'),
        ("main.tf", 'module "db" {\n  source = "./db"\n  db_password = "w8Kd-2pLx9"\n}\n'),
        ("values.yaml", "database:\n  db_password: w8Kd-2pLx9\n"),
        ("values.yaml", "env:\n  - name: db_password\n    value: w8Kd-2pLx9\n"),
        ("config.json", '{"database": {"db_password": "w8Kd-2pLx9"}}\n'),
        (".github/workflows/ci.yml", "jobs:\n  a:\n    env:\n      DB_PASSWORD: w8Kd-2pLx9\n"),
        (".gitlab-ci.yml", 'variables:\n  DB_PASSWORD: "w8Kd-2pLx9"\n'),
        ("user_data.tpl", "#!/bin/sh\nDB_PASSWORD=w8Kd-2pLx9 start ${port}\n"),
        ("app.properties", "spring.datasource.password=w8Kd-2pLx9\n"),
        (".aws/credentials", "[default]\nvendor_password = w8Kd-2pLx9\n"),
    ],
)
def test_a_password_is_found_wherever_settings_are_written(tmp_path: pathlib.Path, name: str, text: str) -> None:
    (found,) = written(tmp_path, name, text)
    assert found[0] == "password"


def test_a_key_in_code_needs_to_be_random(tmp_path: pathlib.Path) -> None:
    text = f'API_KEY = "{some(ALNUM, 40)}"\nlabel_token = "Enter the token"\npassword = "Secret123"\n'
    assert written(tmp_path, "app.py", text) == [("credential", "API_KEY")]


def test_the_same_credential_in_two_places_is_one_document_with_its_places(tmp_path: pathlib.Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "run.sh").write_text(f"T={FORMS['token of npm']}\n")
    written(tmp_path, "a.yaml", f"é: 1\nx: '{FORMS['token of npm']}'\n")
    (document,) = load(SOURCE, tmp_path).documents
    assert [(p["file"], p["line"]) for p in document.attributes["places"]] == [("a.yaml", 2), ("b/run.sh", 1)]
    origin = document.origin(("places", 0))
    assert origin is not None
    assert origin.span is not None
    assert (origin.span.line, origin.span.column, origin.span.end_column) == (2, 5, 5 + len(FORMS["token of npm"]))


def test_an_access_key_is_whole_with_its_secret(tmp_path: pathlib.Path) -> None:
    written(tmp_path, "a.sh", f"aws_access_key_id={KEY_ID}\naws_secret_access_key={SECRET}\n")
    whole = {d.attributes["what"]: d.attributes["whole"] for d in load(SOURCE, tmp_path).documents}
    assert whole["access key of AWS"] is True
    written(tmp_path, "a.sh", f"aws_access_key_id={KEY_ID}\n")
    (document,) = load(SOURCE, tmp_path).documents
    assert document.attributes["whole"] is False


def everything(folder: pathlib.Path, neph: Neph) -> str:
    """All that commands print of a folder, in every form."""
    shown = [neph("check", str(folder), "-f", form).out for form in ("json", "sarif", "csv", "markdown", "table")]
    return "\n".join([*shown, neph("check", str(folder)).out, neph("check", str(folder)).err])


def test_no_value_is_shown_anywhere(tmp_path: pathlib.Path, neph: Neph) -> None:
    lines = [text.replace("\n", "\\n") for text in FORMS.values()]
    secrets = [*lines, "w8Kd-2pLx9", SECRET]
    settings = "".join(f"A{number}='{line}'\n" for number, line in enumerate(lines))
    (tmp_path / "run.sh").write_text(settings + f"DB_PASSWORD=w8Kd-2pLx9\nexport AWS_SECRET_ACCESS_KEY={SECRET}\n")
    (tmp_path / "Dockerfile").write_text(
        "FROM alpine:3.20\nENV DB_PASSWORD=w8Kd-2pLx9\n" + "".join(f"RUN run '{line}'\n" for line in lines)
    )
    (tmp_path / "main.tf").write_text(
        'resource "null_resource" "a" {\n  triggers = {\n    db_password = "w8Kd-2pLx9"\n  }\n}\n'
    )
    out = everything(tmp_path, neph)
    assert "code-credential-token-written" in out
    assert "docker-stage-secret-in-command" in out
    for secret in secrets:
        assert secret not in out
        if "@cluster" not in secret:
            assert secret[-12:] not in out


def session(folder: pathlib.Path) -> Session:
    return open_estate([str(folder)], today="2026-01-01")


def test_an_access_key_leads_to_the_user_it_is_of(tmp_path: pathlib.Path) -> None:
    (tmp_path / "run.sh").write_text(f"export AWS_ACCESS_KEY_ID={KEY_ID}\n")
    answers = tmp_path / "dump"
    answers.mkdir()
    listed = {"AccessKeyMetadata": [{"UserName": "deploy", "AccessKeyId": KEY_ID, "Status": "Active"}]}
    (answers / "list-access-keys.json").write_text(json.dumps(listed))
    users = {
        "Users": [
            {"UserName": "deploy", "Path": "/", "UserId": "AIDA1", "Arn": "arn:aws:iam::111122223333:user/deploy"}
        ]
    }
    (answers / "list-users.json").write_text(json.dumps(users))
    opened = open_estate([str(tmp_path / "run.sh"), str(answers)], today="2026-01-01")
    (credential,) = opened.estate.of_kind("code_credential")
    (edge,) = [edge for edge in opened.estate.outgoing(credential.urn) if edge.kind == "opens"]
    assert opened.estate.resources[edge.target].kind == "aws_iam_access_key"
    (finding,) = [f for f in opened.ask("check").findings if f.code == "code-credential-aws-key-written"]
    assert finding.severity == "high"
    assert "it is a key of user deploy" in [one.text for one in finding.evidence]


def test_an_id_without_its_secret_is_medium(tmp_path: pathlib.Path) -> None:
    (tmp_path / "run.sh").write_text(f"export AWS_ACCESS_KEY_ID={KEY_ID}\n")
    (finding,) = session(tmp_path).ask("check").findings
    assert (finding.code, finding.severity) == ("code-credential-aws-key-written", "medium")


@pytest.mark.parametrize(
    "comment",
    [
        "# pragma: allowlist secret",
        "# gitleaks:allow",
        "# neph: ignore[code-credential-token-written] because it is revoked",
        "# trufflehog:ignore",
    ],
)
def test_a_comment_silences_its_place(tmp_path: pathlib.Path, comment: str) -> None:
    (tmp_path / "run.sh").write_text(f"T={FORMS['token of npm']} {comment}\n")
    (finding,) = session(tmp_path).ask("check").findings
    assert finding.suppressed
    (tmp_path / "z.sh").write_text(f"T={FORMS['token of npm']}\n")
    (finding,) = session(tmp_path).ask("check").findings
    assert finding.suppressed is None
    assert finding.location is not None
    assert finding.location.file.endswith("z.sh")


def test_what_a_dockerfile_holds_is_told_once_and_is_a_node(tmp_path: pathlib.Path) -> None:
    (tmp_path / "Dockerfile").write_text(f"FROM scratch\nUSER a\nRUN login {FORMS['token of npm']}\n")
    opened = session(tmp_path)
    codes = [f.code for f in opened.ask("check").findings if f.severity == "high"]
    assert codes == ["docker-stage-secret-in-command"]
    assert len(list(opened.estate.of_kind("code_credential"))) == 1


def test_what_a_check_of_its_block_tells_is_a_node_and_no_second_finding(tmp_path: pathlib.Path) -> None:
    clouds = f'provider "aws" {{\n  access_key = "{KEY_ID}"\n  secret_key = "{SECRET}"\n}}\n'
    other = f'provider "github" {{\n  token = "{FORMS["token of GitHub"]}"\n}}\n'
    (tmp_path / "main.tf").write_text(clouds + other)
    opened = session(tmp_path)
    codes = [f.code for f in opened.ask("check").findings if f.severity == "high"]
    assert sorted(codes) == ["code-credential-token-written", "terraform-provider-credentials-written"]
    assert len(list(opened.estate.of_kind("code_credential"))) == 2


def test_no_line_of_a_private_key_is_shown(tmp_path: pathlib.Path, neph: Neph) -> None:
    body = [some(ALNUM, 64, "a"), some(ALNUM, 64, "b"), some(ALNUM, 11, "c") + "="]
    key = "\n".join(["-----BEGIN EC PRIVATE KEY-----", *body, "-----END EC PRIVATE KEY-----", ""])
    (tmp_path / "a.sh").write_text(f"cat > key <<EOF\n{key}EOF\n")
    (tmp_path / "b.sh").write_text("KEY='" + key.replace("\n", "\\n") + "'\n")
    (tmp_path / "Dockerfile").write_text(f"FROM scratch\nUSER a\nRUN <<EOF\n{key}EOF\n")
    opened = session(tmp_path)
    kept = str([resource.config for resource in opened.estate.resources.values()])
    excerpts = opened.opened.excerpts
    kept += "".join(
        excerpts.line(str(tmp_path / file), n) or "" for file in ("a.sh", "b.sh", "Dockerfile") for n in range(9)
    )
    shown = everything(tmp_path, neph) + kept
    assert not [line for line in body if line[:11] in shown]


def test_a_credential_counts_for_no_resource_and_is_missed_nowhere(tmp_path: pathlib.Path) -> None:
    code, other = tmp_path / "code", tmp_path / "other"
    for folder in (code, other):
        folder.mkdir()
        (folder / "main.tf").write_text('resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n')
    (code / "notes.env").write_text(f"TOKEN={FORMS['token of GitHub']}\n")
    session = open_estate([str(code)])
    assert len(session.estate.of_kind("code_credential")) == 1
    coverage = session.ask("check").coverage
    assert (coverage.seen, coverage.evaluated, coverage.not_evaluated) == (1, 1, ())
    found = match(session.estate, open_estate([str(other)]).estate)
    assert (found.only_before, found.only_after) == ([], [])
