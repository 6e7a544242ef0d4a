# why: a store in the account needs no endpoint service to be reached
# quiet: aws-bedrock-knowledge-base-store-outside, aws-bedrock-knowledge-base-unkeyed
resource "aws_bedrockagent_knowledge_base" "docs" {
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "RDS"
    rds_configuration {
      resource_arn           = "arn:aws:rds:eu-west-1:111122223333:cluster:vectors"
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:vectors-a1b2c3"
      database_name          = "docs"
      table_name             = "chunks"
      field_mapping {
        primary_key_field = "id"
        vector_field      = "embedding"
        text_field        = "chunk"
        metadata_field    = "metadata"
      }
    }
  }
}
