"""Rule whose target loses the events it cannot take.

## What
A target of the rule names no queue for dead letters.

## Why
After a day of attempts the event is dropped and nobody knows. Info: nobody gains anything by it.

## Bad
```hcl
resource "aws_cloudwatch_event_rule" "orders" {
  name                = "orders"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
}
```
```yaml
Resources:
  Orders:
    Type: AWS::Events::Rule
    Properties:
      Name: orders
      ScheduleExpression: rate(1 hour)
      Targets: [{Id: orders, Arn: "arn:aws:lambda:eu-west-1:111122223333:function:orders"}]
```

## Good
```hcl
resource "aws_cloudwatch_event_rule" "orders" {
  name                = "orders"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
  dead_letter_config {
    arn = "arn:aws:sqs:eu-west-1:111122223333:failed"
  }
}
```
```yaml
Resources:
  Orders:
    Type: AWS::Events::Rule
    Properties:
      Name: orders
      ScheduleExpression: rate(1 hour)
      Targets:
        - Id: orders
          Arn: arn:aws:lambda:eu-west-1:111122223333:function:orders
          DeadLetterConfig: {Arn: "arn:aws:sqs:eu-west-1:111122223333:failed"}
```

## Fix
Name a queue for dead letters.

## References
- https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_cloudwatch_event_rule", severity=Severity.INFO, topics=("high-availability", "monitoring"))
def target_without_dead_letters(rule: Resource, facts: Facts) -> Iterator[Bad]:
    """One of its targets names no queue."""
    for at in elements(rule, "targets"):
        none = unset(rule, *at, "dead_letters", says="its dead letters go to {value}")
        yield from bad_if(none, *at, message=f"events of {rule.label} that a target cannot take are lost")
