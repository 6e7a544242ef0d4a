# why: the key is made by the same code
# quiet: aws-sns-topic-unencrypted
resource "aws_kms_key" "k" {}
resource "aws_sns_topic" "t" {
  name              = "t"
  kms_master_key_id = aws_kms_key.k.id
}
