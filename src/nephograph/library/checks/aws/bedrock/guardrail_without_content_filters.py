"""Bedrock guardrail that filters no harmful content.

## What
The guardrail has no content filter that does anything: there is none, or each has the strength NONE, is switched off,
or only tells what it finds.

## Why
Whoever puts the guardrail before a model takes it for a guard: hate, violence, misconduct and prompt attacks pass all
the same.

## Bad
```hcl
resource "aws_bedrock_guardrail" "desk" {
  name                      = "desk"
  blocked_input_messaging   = "This cannot be asked."
  blocked_outputs_messaging = "This cannot be answered."

  topic_policy_config {
    topics_config {
      name       = "taxes"
      definition = "Advice on taxes"
      type       = "DENY"
    }
  }
}
```
```hcl
resource "aws_bedrock_guardrail" "desk" {
  name                      = "desk"
  blocked_input_messaging   = "This cannot be asked."
  blocked_outputs_messaging = "This cannot be answered."

  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "NONE"
      output_strength = "NONE"
    }
  }
}
```
```yaml
Resources:
  Desk:
    Type: AWS::Bedrock::Guardrail
    Properties:
      Name: desk
      BlockedInputMessaging: This cannot be asked.
      BlockedOutputsMessaging: This cannot be answered.
      ContentPolicyConfig:
        FiltersConfig:
          - Type: HATE
            InputStrength: NONE
            OutputStrength: NONE
```
```yaml
Resources:
  Desk:
    Type: AWS::Bedrock::Guardrail
    Properties:
      Name: desk
      BlockedInputMessaging: This cannot be asked.
      BlockedOutputsMessaging: This cannot be answered.
      ContentPolicyConfig:
        FiltersConfig:
          - Type: HATE
            InputStrength: HIGH
            OutputStrength: HIGH
            InputAction: NONE
            OutputEnabled: false
```

## Good
```hcl
resource "aws_bedrock_guardrail" "desk" {
  name                      = "desk"
  blocked_input_messaging   = "This cannot be asked."
  blocked_outputs_messaging = "This cannot be answered."

  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "PROMPT_ATTACK"
      input_strength  = "HIGH"
      output_strength = "NONE"
    }
  }
}
```
```yaml
Resources:
  Desk:
    Type: AWS::Bedrock::Guardrail
    Properties:
      Name: desk
      BlockedInputMessaging: This cannot be asked.
      BlockedOutputsMessaging: This cannot be answered.
      ContentPolicyConfig:
        FiltersConfig:
          - Type: HATE
            InputStrength: HIGH
            OutputStrength: HIGH
```

## Fix
Add content filters, and a strength to each.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-content-filters.html
- https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GuardrailContentFilterConfig.html
"""

from collections.abc import Iterator

from nephograph.library.guardrails import filters_in, filters_out
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import any_of, negate


@check(kind="aws_bedrock_guardrail", severity=Severity.MEDIUM, topics=("workload-isolation",))
def guardrail_without_content_filters(guardrail: Resource, facts: Facts) -> Iterator[Bad]:
    """No content filter acts, on what is asked or on what is answered."""
    nothing = negate(any_of((filters_in(guardrail), filters_out(guardrail))))
    yield from bad_if(nothing, "filters", message=f"guardrail {guardrail.label} filters no harmful content")
