"""Lambda function that runs outside of the VPC.

## What
The function has no subnets: its traffic leaves through the network of Lambda, where no security group, endpoint
policy or flow log of yours is in the way. A function that CloudFront runs at its edge is quiet: it cannot have any.

## Why
What takes over such a function sends data anywhere and leaves no flow log. Info: a function that needs nothing
private is often right there.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}
```

## Good
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d"]
    security_group_ids = ["sg-0a1b2c3d"]
  }
}
```

## Fix
Give the function subnets and a security group when it handles data that has to stay.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.edge import at_the_edge
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_lambda_function", severity=Severity.INFO, topics=("network-segmentation",), tools=("CKV_AWS_117",))
def function_outside_network(function: Resource, facts: Facts) -> Iterator[Bad]:
    """Lambda function that runs outside of the VPC."""
    if at_the_edge(function, facts):
        return  # edge functions have no such setting
    wrong = unset(function, "subnets", says="its subnets are {value}")
    yield from bad_if(
        wrong,
        "subnets",
        message=f"traffic of {function.label} passes no network of yours",
    )
