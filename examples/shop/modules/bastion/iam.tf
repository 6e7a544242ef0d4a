resource "aws_iam_role" "ops" {
  name = "${var.name}-ops"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "ec2.amazonaws.com" }
        Action    = "sts:AssumeRole"
      }
    ]
  })
}

resource "aws_iam_instance_profile" "ops" {
  name = "${var.name}-ops"
  role = aws_iam_role.ops.name
}

resource "aws_iam_role_policy" "ops" {
  name = "operators"
  role = aws_iam_role.ops.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "Look"
          Effect   = "Allow"
          Action   = ["ec2:Describe*", "rds:Describe*", "cloudwatch:GetMetricData"]
          Resource = ["*"]
        },
      ],
      length(var.assumable_roles) == 0 ? [] : [
        {
          Sid      = "DataAccount"
          Effect   = "Allow"
          Action   = ["sts:AssumeRole"]
          Resource = var.assumable_roles
        },
      ]
    )
  })
}
