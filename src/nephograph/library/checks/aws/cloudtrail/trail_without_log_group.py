"""Trail that nothing can alarm on.

## What
The trail sends its records to no log group. (A rule of EventBridge may listen as well, which is not seen here.)

## Why
Records lie in a bucket, and nobody is told while something happens. Low: they are there.

## Bad
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "acme-trail"

}
```
```yaml
Resources:
  Main:
    Type: AWS::CloudTrail::Trail
    Properties:
      TrailName: main
      S3BucketName: acme-trail
      IsLogging: true
```

## Good
```hcl
resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "acme-trail"
  cloud_watch_logs_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
}
```
```yaml
Resources:
  Main:
    Type: AWS::CloudTrail::Trail
    Properties:
      TrailName: main
      S3BucketName: acme-trail
      IsLogging: true
      CloudWatchLogsLogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:trail:*"
      CloudWatchLogsRoleArn: arn:aws:iam::111122223333:role/trail
```

## Fix
Send the records to CloudWatch Logs.

## References
- https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_cloudtrail",
    severity=Severity.LOW,
    topics=("monitoring", "audit-logging"),
    tools=("CKV2_AWS_10", "AVD-AWS-0162"),
)
def trail_without_log_group(trail: Resource, facts: Facts) -> Iterator[Bad]:
    """The trail sends its records to no log group."""
    none = unset(trail, "log_group", says="its log group is {value}")
    yield from bad_if(none, "log_group", message=f"nothing can alarm on trail {trail.label}")
