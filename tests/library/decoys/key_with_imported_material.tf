# why: KMS cannot rotate material it did not make.
# quiet: aws-kms-key-not-rotated
resource "aws_kms_external_key" "k" {
  description = "k"
}
