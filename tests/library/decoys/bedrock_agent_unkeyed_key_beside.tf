# why: the key is made in the same tree
# quiet: aws-bedrock-agent-unkeyed
resource "aws_bedrockagent_agent" "desk" {
  agent_name              = "desk"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/desk"
  foundation_model        = "anthropic.claude-3-haiku-20240307-v1:0"
  customer_encryption_key_arn = aws_kms_key.desk.arn
}

resource "aws_kms_key" "desk" {}
