"""Who may do what, what is exposed and where attacks lead: warm answers are the cold ones after edits of policies."""

from __future__ import annotations

import pathlib
import random

import pytest

from nephograph.session.warm import WarmSession
from tests.support.warm import TODAY, cold, said, walk

ROOT = """\
provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "open" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "open" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "open" {
  subnet_id      = aws_subnet.open.id
  route_table_id = aws_route_table.open.id
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.open.id
  vpc_security_group_ids = [aws_security_group.web.id]
  iam_instance_profile   = aws_iam_instance_profile.web.name
}

resource "aws_iam_instance_profile" "web" {
  role = aws_iam_role.web.name
}

data "aws_iam_policy_document" "ec2" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "web" {
  name                 = "web"
  assume_role_policy   = data.aws_iam_policy_document.ec2.json
  permissions_boundary = aws_iam_policy.limit.arn
}

resource "aws_iam_policy" "limit" {
  name = "limit"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*", "sts:*", "kms:*"], Resource = "*" }]
  })
}

resource "aws_iam_role_policy" "web" {
  role = aws_iam_role.web.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.data.arn}/*" },
      { Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::111122223333:role/ops" },
    ]
  })
}

resource "aws_iam_role" "ops" {
  name = "ops"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/web" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "ops" {
  role       = aws_iam_role.ops.name
  policy_arn = aws_iam_policy.ops.arn
}

resource "aws_iam_policy" "ops" {
  name = "ops"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:AttachRolePolicy", "lambda:*"], Resource = "*" }]
  })
}

resource "aws_iam_user" "eve" {
  name = "eve"
}

resource "aws_iam_user_policy" "eve" {
  user = aws_iam_user.eve.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:CreateAccessKey", Resource = "*" }]
  })
}

resource "aws_s3_bucket" "data" {
  bucket = "acme-customer-data"
}

resource "aws_s3_bucket_public_access_block" "data" {
  bucket                  = aws_s3_bucket.data.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "data" {
  bucket = aws_s3_bucket.data.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:ListBucket", Resource = aws_s3_bucket.data.arn },
    ]
  })
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "kms:*", Resource = "*" },
    ]
  })
}

resource "aws_sqs_queue" "work" {
  name              = "work"
  kms_master_key_id = aws_kms_key.data.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }]
  })
}

resource "aws_lambda_function" "job" {
  function_name = "job"
  role          = aws_iam_role.ops.arn
}

resource "aws_lambda_function_url" "job" {
  function_name      = aws_lambda_function.job.function_name
  authorization_type = "NONE"
}
"""

SWAPS = (
    ('"Allow"', '"Deny"'),
    ('"s3:GetObject"', '"s3:*"'),
    ('"s3:GetObject"', '"s3:PutObject"'),
    ('"s3:ListBucket"', '"s3:GetObject"'),
    ('["s3:*", "sts:*", "kms:*"]', '["s3:*"]'),
    ('["iam:AttachRolePolicy", "lambda:*"]', '"*"'),
    ('"sts:AssumeRole"', '"sts:TagSession"'),
    ('"iam:CreateAccessKey"', '["iam:CreateAccessKey", "iam:AttachUserPolicy"]'),
    ("role/web", "role/other"),
    ("role/ops", "role/*"),
    ("ec2.amazonaws.com", "lambda.amazonaws.com"),
    ('Principal = "*"', 'Principal = { AWS = "444455556666" }'),
    ('"111122223333"', '"444455556666"'),
    ("restrict_public_buckets = false", "restrict_public_buckets = true"),
    ("block_public_policy     = false", "block_public_policy     = true"),
    ("0.0.0.0/0", "192.0.2.0/24"),
    ("22", "443"),
    ('"NONE"', '"AWS_IAM"'),
    ("  policy_arn = aws_iam_policy.ops.arn\n", '  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n'),
    ("  permissions_boundary = aws_iam_policy.limit.arn\n", ""),
    ("map_public_ip_on_launch = true", "map_public_ip_on_launch = false"),
    ('Resource = "*"', 'Resource = "arn:aws:iam::111122223333:user/eve"'),
    ('  Version = "2012-10-17"\n', '  # a note\n  Version = "2012-10-17"\n'),
    ("\n\n", "\n\n\n"),
)


def planted(folder: pathlib.Path) -> pathlib.Path:
    folder.mkdir()
    (folder / "main.tf").write_text(ROOT)
    return folder


@pytest.mark.parametrize("seed", range(8))
def test_random_edits_of_policies_and_rules(tmp_path: pathlib.Path, seed: int) -> None:
    assert walk(planted(tmp_path / "tree"), SWAPS, random.Random(seed), 10) > 0


@pytest.mark.parametrize(("old", "new"), [
    ('"s3:GetObject"', '"s3:PutObject"'),
    ('["s3:*", "sts:*", "kms:*"]', '["s3:*"]'),
    ("role/web", "role/other"),
    ('Principal = "*", Action = "s3:ListBucket"', 'Principal = "*", Action = "s3:GetObject"'),
    ("restrict_public_buckets = false", "restrict_public_buckets = true"),
])  # fmt: skip
def test_an_edit_of_a_policy_is_followed_without_starting_over(tmp_path: pathlib.Path, old: str, new: str) -> None:
    tree = planted(tmp_path / "tree")
    file = tree / "main.tf"
    session = WarmSession(str(tree), today=TODAY)
    before = said(session.answer())
    for text in (ROOT.replace(old, new), ROOT):
        file.write_text(text)
        answer = said(session.edit(str(file), text))
        assert (session.last.anew, session.last.engines) == ("", False)
        assert answer == cold(tree)
        assert (answer == before) == (text == ROOT)
