# why: a key takes the place of what is turned off
# quiet: aws-sqs-queue-unencrypted
resource "aws_sqs_queue" "q" {
  name                    = "q"
  sqs_managed_sse_enabled = false
  kms_master_key_id       = "alias/q"
}
