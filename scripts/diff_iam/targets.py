"""What generated requests ask for: actions and resources, with patterns that cover them and patterns that just miss."""

from __future__ import annotations

from typing import NamedTuple


class Target(NamedTuple):
    """Something to ask for: an action, a resource, patterns that cover both, and patterns that just miss."""

    action: str
    resource: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    near: tuple[str, ...]


def targets(account: str) -> list[Target]:
    """What is asked for in that account."""
    arn = f"arn:aws:sqs:eu-west-1:{account}:orders"
    key = f"arn:aws:kms:eu-west-1:{account}:key/0a1b2c3d-0000-4000-8000-1234567890ab"
    role = f"arn:aws:iam::{account}:role/ops/deploy"
    secret = f"arn:aws:secretsmanager:eu-west-1:{account}:secret:db/main-AbCdEf"
    table = f"arn:aws:dynamodb:eu-west-1:{account}:table/carts"
    acl = f"arn:aws:wafv2:eu-west-1:{account}:regional/webacl/front/0a1b"
    log = f"arn:aws:logs:eu-west-1:{account}:log-group:/app/web:*"
    s3 = "arn:aws:s3:::data"
    return [
        Target(
            "s3:GetObject",
            f"{s3}/logs/2024/a:b.txt",
            ("s3:GetObject", "s3:Get*", "S3:getobject", "s3:*", "*", "s3:Get?bject", "s3:*Object"),
            (
                f"{s3}/*",
                "*",
                f"{s3}/logs/*",
                f"{s3}/logs/????/a:b.txt",
                "arn:aws:s3:::*",
                "arn:*",
                f"{s3}/logs/*.txt",
                "arn:aws:s3:::data/${aws:PrincipalTag/dir, 'logs'}/*",
                f"{s3}/${{aws:username}}/*",
                "arn:*:s3:::d*/*",
            ),
            (
                f"{s3}",
                f"{s3}/log/*",
                f"{s3}/logs/???/a:b.txt",
                "arn:aws:s3:::dat/*",
                f"{s3}/Logs/*",
                f"{s3}/${{aws:PrincipalTag/none}}*",
                f"{s3}/${{*}}",
            ),
        ),
        Target(
            "s3:ListBucket",
            s3,
            ("s3:ListBucket", "s3:List*", "s3:*", "*"),
            (s3, "arn:aws:s3:::*", "*", "arn:aws:s3:::dat?"),
            (f"{s3}/*", "arn:aws:s3:::data?", "arn:aws:s3:::dat"),
        ),
        Target(
            "sqs:SendMessage",
            arn,
            ("sqs:SendMessage", "sqs:Send*", "sqs:*", "*", "SQS:*Message"),
            (arn, f"arn:aws:sqs:*:{account}:*", "arn:aws:sqs:*:*:orders", "*", f"arn:aws:sqs:*:{account}:order?"),
            (arn + "x", f"arn:aws:sqs:us-east-1:{account}:orders", f"arn:aws:sqs:*:{account}:Orders"),
        ),
        Target(
            "kms:Decrypt",
            key,
            ("kms:Decrypt", "kms:*", "kms:De*", "*"),
            (key, "*", f"arn:aws:kms:*:{account}:key/*", "arn:aws:kms:*:*:*"),
            (f"arn:aws:kms:*:{account}:alias/*", key[:-1]),
        ),
        Target(
            "sts:AssumeRole",
            role,
            ("sts:AssumeRole", "sts:*", "sts:Assume*", "*"),
            (role, "*", f"arn:aws:iam::{account}:role/*", "arn:aws:iam::*:role/ops/*"),
            (f"arn:aws:iam::{account}:role/deploy", f"arn:aws:iam::{account}:role/ops"),
        ),
        Target(
            "secretsmanager:GetSecretValue",
            secret,
            ("secretsmanager:GetSecretValue", "secretsmanager:Get*", "*"),
            (secret, f"arn:aws:secretsmanager:*:{account}:secret:db/*", "*", secret[:-6] + "??????"),
            (secret[:-6] + "?????", f"arn:aws:secretsmanager:*:{account}:secret:DB/*"),
        ),
        Target(
            "dynamodb:GetItem",
            table,
            ("dynamodb:GetItem", "dynamodb:*Item", "dynamodb:*", "*"),
            (table, "arn:aws:dynamodb:*:*:table/*", "*", f"arn:aws:dynamodb:*:{account}:*"),
            (table + "/index/*", "arn:aws:dynamodb:*:*:table/Carts"),
        ),
        Target(
            "wafv2:GetWebACL",
            acl,
            ("wafv2:GetWebACL", "wafv2:Get*", "*"),
            (acl, "arn:aws:wafv2:*:*:*/webacl/*/*", "*", "arn:aws:wafv2:*"),
            ("arn:aws:wafv2:*:*:*/ipset/*/*",),
        ),
        Target(
            "logs:GetLogEvents",
            log.replace(":*", ":log-stream:one"),
            ("logs:GetLogEvents", "logs:Get*", "*"),
            (
                "*",
                f"arn:aws:logs:*:{account}:log-group:/app/*",
                f"arn:aws:logs:*:{account}:*",
                "arn:aws:logs:*:*:log-group:*:log-stream:*",
            ),
            (f"arn:aws:logs:*:{account}:log-group:/app/web",),
        ),
        Target(
            "sns:Publish",
            f"arn:aws:sns:eu-west-1:{account}:alarms",
            ("sns:Publish", "sns:*", "*", "sns:P*"),
            (f"arn:aws:sns:*:{account}:alarms", "*", "arn:aws:sns:*:*:a*", f"arn:aws:sns:eu-west-?:{account}:alarm?"),
            (f"arn:aws:sns:*:{account}:alarm", "arn:aws:sns:eu-west-1:*:alarms:*"),
        ),
        Target(
            "lambda:InvokeFunction",
            f"arn:aws:lambda:eu-west-1:{account}:function:pay",
            ("lambda:InvokeFunction", "lambda:Invoke*", "lambda:*", "*"),
            (f"arn:aws:lambda:*:{account}:function:pay", "arn:aws:lambda:*:*:function:*", "*", "arn:aws:lambda:*"),
            (f"arn:aws:lambda:*:{account}:function:pay:*", "arn:aws:lambda:*:*:function:pa"),
        ),
        Target(
            "ecr:BatchGetImage",
            f"arn:aws:ecr:eu-west-1:{account}:repository/web/front",
            ("ecr:BatchGetImage", "ecr:*", "ecr:BatchGet*", "*"),
            (f"arn:aws:ecr:*:{account}:repository/*", "*", "arn:aws:ecr:*:*:repository/*/front", "arn:aws:ecr:*/front"),
            (f"arn:aws:ecr:*:{account}:repository/web", "arn:aws:ecr:*:*:repository/*/*/front"),
        ),
        Target(
            "iam:PassRole",
            role,
            ("iam:PassRole", "iam:Pass*", "iam:*", "*"),
            (role, "*", f"arn:aws:iam::{account}:role/*", "arn:aws:iam::*:role/*/deploy", "arn:aws:iam::*:*"),
            (f"arn:aws:iam::{account}:role/deploy", f"arn:aws:iam::{account}:role/ops/*/deploy"),
        ),
        Target(
            "s3:ListAllMyBuckets",
            "*",
            ("s3:ListAllMyBuckets", "s3:List*", "s3:*", "*"),
            ("*",),
            ("arn:aws:s3:::*", s3),
        ),
    ]
