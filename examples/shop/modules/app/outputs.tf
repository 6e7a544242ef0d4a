output "instance_ids" {
  description = "Zone to instance."
  value       = { for zone, host in aws_instance.app : zone => host.id }
}

output "security_group_id" {
  value = aws_security_group.app.id
}

output "role_arn" {
  value = aws_iam_role.app.arn
}
