# why: there is none of it
# quiet: aws-bedrock-custom-model-unkeyed, aws-bedrock-custom-model-outside-network
resource "aws_bedrock_custom_model" "shop" {
  count                 = 0
  custom_model_name     = "shop"
  job_name              = "shop-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-lite-v1"
  role_arn              = "arn:aws:iam::111122223333:role/training"
  hyperparameters       = { epochCount = "1" }
  training_data_config {
    s3_uri = "s3://acme-training/orders.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-training/out/"
  }
}

resource "aws_sqs_queue" "q" {
  name = "q"
}
