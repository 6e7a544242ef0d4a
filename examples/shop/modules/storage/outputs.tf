output "bucket_names" {
  value = { for key, bucket in module.bucket : key => bucket.name }
}

output "partner_feed_key_arn" {
  value = aws_kms_key.partner_feed.arn
}

output "bucket_arns" {
  value = { for key, bucket in module.bucket : key => bucket.arn }
}
