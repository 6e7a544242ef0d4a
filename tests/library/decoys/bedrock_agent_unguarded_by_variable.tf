# why: which guardrail it is, if any, is whoever calls the module to say
# depends: aws-bedrock-agent-unguarded
variable "guardrail" {}

resource "aws_bedrockagent_agent" "desk" {
  agent_name              = "desk"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/desk"
  foundation_model        = "anthropic.claude-3-haiku-20240307-v1:0"

  guardrail_configuration {
    guardrail_identifier = var.guardrail
    guardrail_version    = "1"
  }
}
