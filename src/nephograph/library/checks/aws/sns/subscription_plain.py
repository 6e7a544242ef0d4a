"""SNS subscription that is delivered in the clear.

## What
A subscription's endpoint is called by HTTP.

## Why
Everybody on the way reads and changes the messages. Medium: one has to be on the way.

## Bad
```hcl
resource "aws_sns_topic" "orders" {
  name = "orders"

}

resource "aws_sns_topic_subscription" "shop" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "http"
  endpoint  = "http://shop.example.com/orders"
}
```

## Good
```hcl
resource "aws_sns_topic" "orders" {
  name = "orders"

}

resource "aws_sns_topic_subscription" "shop" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "https"
  endpoint  = "https://shop.example.com/orders"
}
```

## Fix
Deliver by HTTPS.

## References
- https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_sns_topic", severity=Severity.MEDIUM, topics=("encryption-in-transit",))
def subscription_plain(topic: Resource, facts: Facts) -> Iterator[Bad]:
    """One of its subscriptions is called by HTTP."""
    for at in elements(topic, "subscriptions"):
        plain = test(
            topic, *at, "protocol", when=lambda protocol: protocol == "http", says="it is delivered by {value}"
        )
        if plain.possible:
            yield Bad(
                message=f"messages of {topic.label} are delivered in the clear",
                verdict=plain,
                path=(*at, "protocol"),
            )
