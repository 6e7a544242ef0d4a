"""Answers a real estate would give, built by hand: what every renderer is shown."""

from __future__ import annotations

import re
import unicodedata

from nephograph.model.answer import (
    Answer,
    Arrow,
    AttackPath,
    Change,
    Coverage,
    Diff,
    Drawing,
    Finding,
    Node,
    Severity,
    Snapshot,
    Step,
    Subject,
    Table,
    Text,
    Tree,
)
from nephograph.model.edit import Fix
from nephograph.model.errors import Problem
from nephograph.model.source import Gap
from nephograph.model.span import Cause, Origin, Span
from nephograph.model.verdict import Evidence

FILES = {
    "infra/variables.tf": [
        'variable "region" {',
        '  default = "eu-central-1"',
        "}",
        "",
        'variable "ssh_cidrs" {',
        "  type    = list(string)",
        '  default = ["10.0.0.0/8", "0.0.0.0/0"]',
        "}",
    ],
    "infra/modules/web/security.tf": [
        'resource "aws_security_group" "web" {',
        '  name   = "${var.prefix}-web"',
        "  vpc_id = var.vpc_id",
        "",
        '  dynamic "ingress" {',
        "    for_each = var.ssh_cidrs",
        "    content {",
        "      from_port   = 22",
        "      to_port     = 22",
        '      protocol    = "tcp"',
        "      cidr_blocks = [ingress.value]",
        "    }",
        "  }",
        "}",
    ],
    "infra/iam.tf": [
        'resource "aws_iam_role" "deploy" {',
        '\tname               = "deploy"',
        '\tassume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", '
        'Principal = { AWS = aws_iam_role.web.arn }, Condition = { StringLike = { "aws:PrincipalTag/team" = '
        '"*" } } }] })',
        "}",
        "",
        'resource "aws_iam_role_policy" "deploy" {',
        '\tpolicy = jsonencode({ Action = ["iam:PassRole", "lambda:*"], Resource = "*" })',
        "}",
    ],
    "infra/data.tf": [
        'resource "aws_s3_bucket" "customers" {',
        '  bucket = "shop-customers-日本"  # 顧客',
        "}",
        "",
        'resource "aws_s3_bucket_acl" "logs" { acl = "public-read" }',
    ],
}


class Files:
    """Excerpts out of `FILES`."""

    def __init__(self, files: dict[str, list[str]] | None = None) -> None:
        self.files = FILES if files is None else files

    def line(self, file: str, number: int) -> str | None:
        lines = self.files.get(file, [])
        return lines[number - 1] if 0 < number <= len(lines) else None


INTERNET = Subject("internet", "internet", "internet", "internet", "internet")
LB = Subject("urn:lb", "aws_lb", "module.web.aws_lb.this", "shop-web", "load_balancer")
WEB = Subject("urn:web", "aws_instance", 'module.web.aws_instance.web["a"]', "web-a", "compute_instance")
WEB_ROLE = Subject("urn:role/web", "aws_iam_role", "module.web.aws_iam_role.web", "web", "principal")
DEPLOY = Subject("urn:role/deploy", "aws_iam_role", "aws_iam_role.deploy", "deploy", "principal")
WORKER = Subject("urn:fn", "aws_lambda_function", "new function", "any new function", "function")
ADMIN = Subject("urn:role/admin", "aws_iam_role", "aws_iam_role.break_glass", "break-glass-admin", "principal")
BUCKET = Subject("urn:bucket", "aws_s3_bucket", "aws_s3_bucket.customers", "shop-customers", "object_storage")
SECRET = Subject("urn:secret", "aws_secretsmanager_secret", "aws_secretsmanager_secret.db", "prod/db", "secret")

SSH = Span("infra/modules/web/security.tf", 5, 3, 13, 4)
CIDR = Span("infra/modules/web/security.tf", 11, 21, 11, 36)
DEFAULT = Span("infra/variables.tf", 7, 28, 7, 39)
TRUST = Span("infra/iam.tf", 3, 118, 3, 138)
PASS = Span("infra/iam.tf", 7, 31, 7, 45)
ACL = Span("infra/data.tf", 5, 45, 5, 58)
NAME = Span("infra/data.tf", 2, 12, 2, 31)

ENTER = Step(
    INTERNET,
    WEB,
    "network",
    "anybody on the internet opens a connection to web-a on tcp/22",
    (
        Evidence("the group lets in 0.0.0.0/0 on tcp/22", "urn:sg", CIDR),
        Evidence("the subnet routes 0.0.0.0/0 to an internet gateway and web-a has a public address", "urn:subnet"),
    ),
    rule="reach",
    label="tcp/22",
)
METADATA = Step(
    WEB,
    WEB_ROLE,
    "credentials",
    "code on web-a takes the credentials of role web from the metadata service",
    (Evidence("the instance profile of web-a holds role web", "urn:web", Span("infra/gone.tf", 3, 1, 3, 9)),),
    rule="instance-metadata",
    label="metadata v1",
)
ASSUME = Step(
    WEB_ROLE,
    DEPLOY,
    "assume",
    "role web assumes role deploy",
    (Evidence("the trust policy of deploy allows role web", "urn:role/deploy", TRUST),),
    rule="assume-role",
    label="sts:AssumeRole",
)
PASSROLE = Step(
    DEPLOY,
    ADMIN,
    "escalate",
    "role deploy passes break-glass-admin to a function it creates and invokes",
    (
        Evidence("deploy may iam:PassRole on every role", "urn:role/deploy", PASS),
        Evidence("deploy may lambda:CreateFunction and lambda:InvokeFunction", "urn:role/deploy", PASS),
    ),
    rule="passrole-lambda",
    label="iam:PassRole + lambda:CreateFunction",
)
READ = Step(
    ADMIN,
    BUCKET,
    "read",
    "role break-glass-admin reads every object of shop-customers",
    (Evidence("AdministratorAccess allows s3:GetObject on it", "urn:role/admin", NAME),),
    rule="read-bucket",
    label="s3:GetObject",
)
READ_SECRET = Step(
    WEB_ROLE,
    SECRET,
    "read",
    "role web may read prod/db",
    (Evidence("role web may secretsmanager:GetSecretValue", "urn:role/web"),),
    verdict="depends",
    depends_on=("var.secret_arns has no value",),
    rule="read-secret",
    label="secretsmanager:GetSecretValue",
)

LONG_PATH = AttackPath(
    "path-1f3a",
    "Internet to the customer data in shop-customers",
    INTERNET,
    BUCKET,
    (ENTER, METADATA, ASSUME, PASSROLE, READ),
    severity=Severity.CRITICAL,
    yields="reads data: every object of shop-customers",
    also=(SECRET,),
)
OPEN_PATH = AttackPath(
    "path-77b0",
    "Internet to the database password in prod/db",
    INTERNET,
    SECRET,
    (ENTER, METADATA, READ_SECRET),
    verdict="depends",
    severity=Severity.HIGH,
    depends_on=("var.secret_arns has no value",),
    yields="reads a secret",
)


def ssh_finding(instance: str) -> Finding:
    return Finding(
        id=f"finding-ssh-{instance}",
        code="aws-security-group-open-ssh",
        title="Security group lets the whole internet in on SSH",
        severity=Severity.HIGH,
        verdict="yes",
        resource=Subject(
            f"urn:sg/{instance}", "aws_security_group", f'module.web["{instance}"].aws_security_group.web', "web"
        ),
        message="the internet reaches tcp/22 of everything in security group web",
        location=CIDR,
        origin=Origin(
            "code",
            f'module.web["{instance}"].aws_security_group.web',
            CIDR,
            causes=(Cause("the dynamic block ingress", SSH), Cause("the default of variable ssh_cidrs", DEFAULT)),
        ),
        evidence=(Evidence("0.0.0.0/0 is every IPv4 address", "urn:sg", DEFAULT),),
        fix=Fix(
            "let SSH in from the office network only",
            diff=(
                "--- a/infra/variables.tf\n+++ b/infra/variables.tf\n@@ -5,4 +5,4 @@\n"
                ' variable "ssh_cidrs" {\n   type    = list(string)\n'
                '-  default = ["10.0.0.0/8", "0.0.0.0/0"]\n+  default = ["10.0.0.0/8"]\n }\n'
            ),
            safe=False,
        ),
        help="name the networks people connect from, or use Session Manager and close the port",
        group="aws-security-group-open-ssh infra/modules/web/security.tf:11:21",
    )


FINDINGS = (
    *(ssh_finding(zone) for zone in ("eu", "us", "ap")),
    Finding(
        id="finding-acl",
        code="aws-s3-bucket-public-read",
        title="Bucket can be read by anybody",
        severity=Severity.CRITICAL,
        verdict="yes",
        resource=Subject("urn:logs", "aws_s3_bucket", "aws_s3_bucket.logs", "shop-logs", "object_storage"),
        message="anybody reads the objects of bucket shop-logs",
        location=ACL,
        origin=Origin("code", "aws_s3_bucket_acl.logs", ACL),
        help="drop the ACL and turn on the public access block",
    ),
    Finding(
        id="finding-name",
        code="aws-s3-bucket-unencrypted",
        title="Bucket is not encrypted with a key of yours",
        severity=Severity.MEDIUM,
        verdict="depends",
        resource=BUCKET,
        message="bucket shop-customers may be encrypted with a key nobody here controls",
        location=NAME,
        depends_on=("module.keys: module source is not here",),
    ),
    Finding(
        id="finding-live",
        code="aws-iam-role-unused",
        title="Role was not used for a year",
        severity=Severity.LOW,
        verdict="yes",
        resource=DEPLOY,
        message="role deploy was last used 2025-01-04",
        origin=Origin("live", call="iam:GetRole", time="2026-11-02T10:00:00Z"),
    ),
    Finding(
        id="finding-quiet",
        code="aws-s3-bucket-no-versioning",
        title="Bucket keeps no versions",
        severity=Severity.MEDIUM,
        verdict="yes",
        resource=BUCKET,
        message="bucket shop-customers keeps no earlier versions",
        location=Span("infra/data.tf", 1, 1, 3, 2),
        suppressed="rebuilt from the warehouse every night",
    ),
)

ERRORS = (
    Problem(
        "syntax",
        "expected `}` to close the block that opens in line 3, found the end of the file",
        "close the block",
        Span("infra/broken.tf", 9, 5, 9, 5),
        excerpt='    tags = { Name = "x"',
    ),
    Problem("missing-module", "module keys is not at ./modules/keys", "run `terraform init`, or name the folder"),
)

COVERAGE = Coverage(
    412,
    401,
    (
        Gap("unknown-kind", "aws_foo", "the catalog does not know this kind", count=7),
        Gap("unknown-kind", "aws_bar", "the catalog does not know this kind", count=2),
        Gap("absent-module", "module.keys", "its source is not here", Span("infra/main.tf", 4, 1, 7, 2), 2),
    ),
)

CHECK = Answer(
    command="check",
    snapshot=Snapshot("9f2c", 0.0),
    verdict="yes",
    coverage=COVERAGE,
    errors=ERRORS,
    assumptions=("the account of provider aws.logs is the same in every root",),
    findings=FINDINGS,
    paths=(OPEN_PATH, LONG_PATH),
    checks_run=10,
)

CLEAN = Answer(command="check", verdict="no", coverage=Coverage(12, 12), checks_run=10)

EXPLAIN = Answer(
    command="explain",
    blocks=(
        Text(
            'Anybody can read the bucket.\n\n    acl = "public-read"\n\nUse a policy instead.',
            "aws-s3-bucket-public-read",
        ),
        Table(("field", "meaning"), (("acl", "who may read; " * 8), ("bucket", "its name")), "Fields"),
        Tree("vpc", (Tree("subnet a", (Tree("web-a"), Tree("web-b"))), Tree("subnet b"))),
        Diff((Change("rule ssh", "added", None, "0.0.0.0/0"), Change("ttl", "changed", 60, 300)), "Since yesterday"),
        Drawing(
            (
                Node("a", "internet", "internet", tone="entry"),
                Node("b", "db", "database", tone="target"),
                Node("c", "x"),
            ),
            (Arrow("a", "b", "tcp/5432", "depends"),),
            "Reach",
        ),
    ),
)

BOTH = Answer(command="paths", paths=(LONG_PATH, OPEN_PATH), coverage=Coverage(120, 120))
ONE = Answer(command="paths", paths=(LONG_PATH,), coverage=Coverage(120, 120))

VIA_LB = (
    Step(INTERNET, LB, "network", "anybody connects to shop-web on tcp/443", label="tcp/443"),
    Step(LB, WEB, "network", "shop-web forwards to web-a on tcp/8080", label="tcp/8080"),
    METADATA,
)
CI = Subject("urn:gh", "identity_provider", "any GitHub repository", "any GitHub repository", "identity_provider")
THREE = Answer(
    command="paths",
    paths=(
        AttackPath("p1", "a", INTERNET, BUCKET, (*VIA_LB, ASSUME, PASSROLE, READ), severity=Severity.CRITICAL),
        AttackPath("p2", "b", INTERNET, SECRET, (ENTER, METADATA, READ_SECRET), "depends"),
        AttackPath(
            "p3",
            "c",
            CI,
            BUCKET,
            (
                Step(CI, DEPLOY, "assume", "any repository assumes deploy", label="sts:AssumeRoleWithWebIdentity"),
                PASSROLE,
                READ,
            ),
        ),
    ),
)


def fan(count: int) -> Answer:
    """One role that reads `count` buckets."""
    buckets = [
        Subject(f"urn:b{n}", "aws_s3_bucket", f"aws_s3_bucket.b[{n}]", f"shop-{n:02}-export-archive", "object_storage")
        for n in range(count)
    ]
    paths = [
        AttackPath(
            f"p{n}",
            f"to {n}",
            INTERNET,
            bucket,
            (ENTER, METADATA, Step(WEB_ROLE, bucket, "read", f"web reads {n}", label="s3:GetObject")),
        )
        for n, bucket in enumerate(buckets)
    ]
    return Answer(command="paths", paths=tuple(paths))


FAN = fan(12)


def many_findings(count: int, message: str = "this is bad") -> Answer:
    """As many findings, each of a cause of its own."""
    findings = tuple(
        Finding(
            id=f"f{n}",
            code=f"check-{n % 7}",
            title=f"Check {n % 7}",
            severity=list(Severity)[n % 5],
            verdict="yes",
            resource=Subject(f"urn:{n}", "aws_s3_bucket", f"aws_s3_bucket.b[{n}]"),
            message=f"{message} {n}",
            location=Span(f"infra/file{n % 11}.tf", n + 1, 3, n + 1, 9),
        )
        for n in range(count)
    )
    return Answer(command="check", findings=findings, coverage=Coverage(count, count), checks_run=7)


def columns(text: str) -> int:
    """Terminal columns, counted independently of the code under test."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def without_colour(text: str) -> str:
    return re.sub("\x1b\\[[0-9;]*m", "", text)
