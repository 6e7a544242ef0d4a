# why: the bucket is made in the same tree: its name is not known yet, and is one
# quiet: aws-bedrock-model-invocation-log-nowhere
resource "aws_s3_bucket" "log" {}

resource "aws_bedrock_model_invocation_logging_configuration" "all" {
  logging_config {
    s3_config {
      bucket_name = aws_s3_bucket.log.id
    }
  }
}
