# why: An alias names the key by its ARN.
# quiet: aws-kms-key-nameless
resource "aws_kms_key" "k" {
  enable_key_rotation = true
}
resource "aws_kms_alias" "k" {
  name          = "alias/k"
  target_key_id = aws_kms_key.k.arn
}
