output "role_arn" {
  value = aws_iam_role.ops.arn
}

output "address" {
  value = aws_eip.this.public_ip
}
