resource "aws_iam_openid_connect_provider" "github" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

# Applies this repository.
module "platform" {
  source = "../github-role"

  name         = "${var.name}-platform"
  provider_arn = aws_iam_openid_connect_provider.github.arn
  repository   = "shop/platform"

  policy_arns = {
    administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
  }
}

# Releases functions: a new one for each version, switched over when healthy.
module "deploy" {
  source = "../github-role"

  name         = "${var.name}-deploy"
  provider_arn = aws_iam_openid_connect_provider.github.arn

  policy_arns = {
    release = aws_iam_policy.release.arn
  }
}

data "aws_iam_policy_document" "release" {
  statement {
    sid       = "Artifacts"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::${var.artifact_bucket}/*"]
  }

  statement {
    sid = "Functions"
    actions = [
      "lambda:CreateFunction",
      "lambda:DeleteFunction",
      "lambda:GetFunction",
      "lambda:InvokeFunction",
    ]
    resources = ["arn:aws:lambda:${var.region}:${var.account_id}:function:${var.name}-*"]
  }

  statement {
    sid       = "FunctionRoles"
    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::${var.account_id}:role/${var.name}-*"]
  }
}

resource "aws_iam_policy" "release" {
  name   = "${var.name}-release"
  policy = data.aws_iam_policy_document.release.json
}
