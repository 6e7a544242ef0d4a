# why: Keys for signatures cannot rotate by themselves.
# quiet: aws-kms-key-not-rotated
resource "aws_kms_key" "k" {
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_4096"
}
