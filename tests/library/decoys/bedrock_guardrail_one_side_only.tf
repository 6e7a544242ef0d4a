# why: a filter of answers alone filters something: what it lets in is told by another check
# quiet: aws-bedrock-guardrail-without-content-filters
resource "aws_bedrock_guardrail" "desk" {
  name                      = "desk"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "NONE"
      output_strength = "HIGH"
    }
  }
}
