"""EC2 instance whose metadata travels further than to itself.

## What
The hop limit of metadata answers is above 1.

## Why
A container in its own network on the instance reads the credentials of the instance's role. Low: where containers are
to have that role, it has to be 2.

## Bad
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 3
  }
}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
}
```

## Fix
Set the hop limit to 1, and give containers roles of their own.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_instance",
    severity=Severity.LOW,
    topics=("workload-identity", "workload-isolation"),
    tools=("CKV_AWS_341",),
)
def instance_metadata_hops(instance: Resource, facts: Facts) -> Iterator[Bad]:
    """The hop limit of metadata answers is above 1."""
    wrong = test(
        instance,
        "metadata",
        "hop_limit",
        when=lambda hops: hops is not None and hops > 1,
        says="its hop limit is {value}",
    )
    yield from bad_if(
        wrong,
        "metadata",
        "hop_limit",
        message=f"containers on {instance.label} read the credentials of its role",
        fix=set_field(instance, 1, "metadata", "hop_limit", title="keep metadata on the instance itself", safe=False),
    )
