# why: Every mount without TLS is refused.
# quiet: aws-elasticfilesystem-file-system-plaintext-allowed
resource "aws_efs_file_system" "f" {
  encrypted = true
}
resource "aws_efs_file_system_policy" "f" {
  file_system_id = aws_efs_file_system.f.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "elasticfilesystem:*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = false } }
    }]
  })
}
