"""Training data of a custom model that is read outside of your network.

## What
The job that trains the model names no subnet.

## Why
No endpoint policy, security group or flow log of yours is in the way of the training data. Low: the role of the job
still decides.

## Bad
```hcl
resource "aws_bedrock_custom_model" "shop" {
  custom_model_name     = "shop"
  job_name              = "shop-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-lite-v1"
  role_arn              = "arn:aws:iam::111122223333:role/training"
  hyperparameters       = { epochCount = "1" }

  training_data_config {
    s3_uri = "s3://acme-training/orders.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-training/out/"
  }
}
```

## Good
```hcl
resource "aws_bedrock_custom_model" "shop" {
  custom_model_name     = "shop"
  job_name              = "shop-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-lite-v1"
  role_arn              = "arn:aws:iam::111122223333:role/training"
  hyperparameters       = { epochCount = "1" }

  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d"]
    security_group_ids = ["sg-0a1b2c3d"]
  }

  training_data_config {
    s3_uri = "s3://acme-training/orders.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-training/out/"
  }
}
```

## Fix
Name subnets and security groups of yours, with an endpoint of S3.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-model-customization.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_bedrock_custom_model", severity=Severity.LOW, topics=("network-segmentation",))
def custom_model_outside_network(model: Resource, facts: Facts) -> Iterator[Bad]:
    """The job names no subnet."""
    wrong = unset(model, "subnets", says="its subnets are {value}")
    yield from bad_if(wrong, "subnets", message=f"the training data of {model.label} is read outside of your network")
