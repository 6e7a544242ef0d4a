# quiet: a key takes the place of what is turned off
resource "aws_sqs_queue" "q" {
  name                    = "q"
  sqs_managed_sse_enabled = false
  kms_master_key_id       = "alias/q"
}
