"""Application load balancer that passes invalid headers on.

## What
Headers with invalid names are kept. Other types of load balancers have no such setting and are quiet.

## Why
The server behind may read such a header otherwise, which is how requests are smuggled. Low: it takes a server that
does.

## Bad
```hcl
resource "aws_lb" "web" {
  name = "web"

}
```

## Good
```hcl
resource "aws_lb" "web" {
  name                       = "web"
  drop_invalid_header_fields = true
}
```
```hcl
resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "network"
}
```

## Fix
Drop invalid headers.

## References
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_lb", severity=Severity.LOW, topics=("network-segmentation",), tools=("CKV_AWS_131", "AVD-AWS-0052"))
def balancer_keeps_invalid_headers(balancer: Resource, facts: Facts) -> Iterator[Bad]:
    """Headers with invalid names are kept."""
    applies = test(balancer, "type", when=lambda type_: type_ == "application", says="it is an {value} load balancer")
    wrong = test(
        balancer, "drop_invalid_headers", when=lambda on: on is not True, says="drop_invalid_header_fields is {value}"
    )
    yield from bad_if(
        all_of((applies, wrong)),
        "drop_invalid_headers",
        message=f"{balancer.label} passes invalid headers on",
        fix=set_field(balancer, True, "drop_invalid_headers", title="drop invalid headers", safe=False),
    )
