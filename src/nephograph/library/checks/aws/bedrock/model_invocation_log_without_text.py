"""Model invocation logging that leaves out what is said.

## What
The delivery of text is turned off: prompts and answers are not in the log.

## Why
That a model was called is all the log tells: not what it was told, nor what it gave out.

## Bad
```hcl
resource "aws_bedrock_model_invocation_logging_configuration" "all" {
  logging_config {
    text_data_delivery_enabled = false

    s3_config {
      bucket_name = "acme-ai-log"
    }
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
    image_data_delivery_enabled = false

    s3_config {
      bucket_name = "acme-ai-log"
    }
  }
}
```

## Fix
Turn the delivery of text on, and give the log to few.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_bedrock_model_invocation_logging_configuration",
    severity=Severity.LOW,
    topics=("audit-logging",),
)
def model_invocation_log_without_text(log: Resource, facts: Facts) -> Iterator[Bad]:
    """Text is not delivered."""
    off = test(log, "text", when=lambda on: on is False, says="text_data_delivery_enabled is {value}")
    fix = set_field(log, True, "text", title="deliver text")
    yield from bad_if(off, "text", message="what models are asked and answer is not in the log", fix=fix)
