"""Bedrock agent that no key of yours encrypts.

## What
No KMS key is named for what the agent keeps: its instructions, its sessions, its memory.

## Why
Access to it cannot be cut off by a key of yours. Low: Bedrock encrypts it with a key of its own.

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
  customer_encryption_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
}
```

## Fix
Name a KMS key.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-agents-new.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_bedrockagent_agent",
    severity=Severity.LOW,
    topics=("customer-managed-keys", "encryption-at-rest"),
    tools=("CKV_AWS_373",),
)
def agent_unkeyed(agent: Resource, facts: Facts) -> Iterator[Bad]:
    """No KMS key of yours is named."""
    wrong = under_key_of_aws(agent, "kms_key", facts=facts)
    yield from bad_if(wrong, "kms_key", message=f"what agent {agent.label} keeps is encrypted with no key of yours")
