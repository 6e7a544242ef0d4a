# why: the guardrail is made in the same tree: its id is not known yet, and is one
# quiet: aws-bedrock-agent-unguarded
resource "aws_bedrockagent_agent" "desk" {
  agent_name              = "desk"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/desk"
  foundation_model        = "anthropic.claude-3-haiku-20240307-v1:0"

  guardrail_configuration {
    guardrail_identifier = aws_bedrock_guardrail.desk.guardrail_id
    guardrail_version    = "1"
  }
}

resource "aws_bedrock_guardrail" "desk" {
  name                      = "desk"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
}
