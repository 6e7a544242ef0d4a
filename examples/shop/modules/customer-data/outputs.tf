output "bucket_name" {
  value = module.customers.name
}

output "event_writer_role_arn" {
  value = aws_iam_role.analytics.arn
}
