"""Kinesis stream that any AWS account reads.

## What
The stream's policy lets everybody read records. The verdict is the identity engine's.

## Why
A stranger reads everything that passes. High: no identity of yours is asked for.

## Bad
```hcl
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1

}

resource "aws_kinesis_resource_policy" "clicks" {
  resource_arn = aws_kinesis_stream.clicks.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "kinesis:GetRecords"
      Resource  = aws_kinesis_stream.clicks.arn
    }]
  })
}
```

## Good
```hcl
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1

}

resource "aws_kinesis_resource_policy" "clicks" {
  resource_arn = aws_kinesis_stream.clicks.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = "kinesis:GetRecords"
      Resource  = aws_kinesis_stream.clicks.arn
    }]
  })
}
```

## Fix
Name the accounts.

## References
- https://docs.aws.amazon.com/streams/latest/dev/resource-based-policy-examples.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_kinesis_stream", severity=Severity.HIGH, topics=("public-exposure",))
def stream_open(stream: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether anybody may."""
    decision = facts.can("anonymous", "kinesis:GetRecords", stream)
    yield from bad_if(decision.verdict, "policy", message=f"anybody reads stream {stream.label}")
