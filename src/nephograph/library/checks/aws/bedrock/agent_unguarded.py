"""Bedrock agent without a guardrail.

## What
No guardrail is associated with the agent. What an enforced guardrail of the account or the organization does beside
it is not seen.

## Why
What people and documents say to the agent goes to the model as it is, and the model's words come back as they are:
nothing looks for prompt attacks, harmful content or personal data. What an agent is talked into, it does with its role.

## Bad
```hcl
resource "aws_bedrockagent_agent" "desk" {
  agent_name              = "desk"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/desk"
  foundation_model        = "anthropic.claude-3-haiku-20240307-v1:0"
}
```

## Good
```hcl
resource "aws_bedrockagent_agent" "desk" {
  agent_name              = "desk"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/desk"
  foundation_model        = "anthropic.claude-3-haiku-20240307-v1:0"

  guardrail_configuration {
    guardrail_identifier = "abcd1234"
    guardrail_version    = "1"
  }
}
```

## Fix
Associate a guardrail, in a version that is fixed.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/agents-guardrail.html
- https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-prompt-attack.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_bedrockagent_agent",
    severity=Severity.MEDIUM,
    topics=("workload-isolation",),
    tools=("CKV_AWS_383",),
)
def agent_unguarded(agent: Resource, facts: Facts) -> Iterator[Bad]:
    """No guardrail is named."""
    none = unset(agent, "guardrail", "id", says="its guardrail is {value}")
    yield from bad_if(none, "guardrail", "id", message=f"no guardrail stands before and behind agent {agent.label}")
