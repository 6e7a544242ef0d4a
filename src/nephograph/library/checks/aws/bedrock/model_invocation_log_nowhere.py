"""Model invocation logging that goes nowhere.

## What
The setting of the account and region names neither a bucket nor a log group: nothing is logged. That a tree has no such
setting proves nothing, for another may have it.

## Why
What models are asked, and what they answer, is not recorded: nobody can tell afterwards what a prompt attack got out, or
what stolen credentials were used for.

## Bad
```hcl
resource "aws_bedrock_model_invocation_logging_configuration" "all" {
  logging_config {
    text_data_delivery_enabled = true
  }
}
```

## Good
```hcl
resource "aws_bedrock_model_invocation_logging_configuration" "all" {
  logging_config {
    text_data_delivery_enabled = true

    s3_config {
      bucket_name = "acme-ai-log"
    }
  }
}
```
```hcl
resource "aws_bedrock_model_invocation_logging_configuration" "all" {
  logging_config {
    cloudwatch_config {
      log_group_name = "/ai/invocations"
      role_arn       = "arn:aws:iam::111122223333:role/ai-log"
    }
  }
}
```

## Fix
Name a bucket or a log group.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_bedrock_model_invocation_logging_configuration",
    severity=Severity.MEDIUM,
    topics=("audit-logging",),
)
def model_invocation_log_nowhere(log: Resource, facts: Facts) -> Iterator[Bad]:
    """Neither a bucket nor a log group is named."""
    nowhere = all_of(
        (
            unset(log, "bucket", says="its bucket is {value}"),
            unset(log, "log_group", says="its log group is {value}"),
        )
    )
    yield from bad_if(nowhere, "bucket", message="what models are asked and answer is logged nowhere")
