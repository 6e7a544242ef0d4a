"""Bedrock guardrail that lets prompt attacks in.

## What
The guardrail filters content, and no filter of prompt attacks acts on what is asked: there is none, or it has the
strength NONE, is switched off, or only tells what it finds. Of a guardrail without any filter another check tells.

## Why
Text that tells the model to forget its instructions reaches it: what stands behind the model (functions, documents,
the system prompt) is used as an attacker says.

## Bad
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
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "PROMPT_ATTACK"
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
            InputStrength: HIGH
            OutputStrength: HIGH
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
          - Type: PROMPT_ATTACK
            InputStrength: HIGH
            OutputStrength: NONE
            InputAction: NONE
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
```hcl
resource "aws_bedrock_guardrail" "desk" {
  name                      = "desk"
  blocked_input_messaging   = "This cannot be asked."
  blocked_outputs_messaging = "This cannot be answered."
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
          - Type: PROMPT_ATTACK
            InputStrength: HIGH
            OutputStrength: NONE
```

## Fix
Add a filter of the type PROMPT_ATTACK with an input strength.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-prompt-attack.html
"""

from collections.abc import Iterator

from nephograph.library.guardrails import filters_in, filters_out
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, any_of, negate


@check(kind="aws_bedrock_guardrail", severity=Severity.MEDIUM, topics=("workload-isolation",))
def guardrail_prompt_attacks_unfiltered(guardrail: Resource, facts: Facts) -> Iterator[Bad]:
    """Some filter acts, and none on prompt attacks."""
    something = any_of((filters_in(guardrail), filters_out(guardrail)))
    open_ = negate(filters_in(guardrail, "PROMPT_ATTACK"))
    message = f"guardrail {guardrail.label} lets prompt attacks in"
    yield from bad_if(all_of((something, open_)), "filters", message=message)
