"""Database with a certificate of an authority that has ended.

## What
The certificate authority is `rds-ca-2015` or `rds-ca-2019`; the latter ended in August 2024.

## Why
Clients that verify can connect no more, and the cure people reach for is not to verify. Medium: somebody in the
network can then read along.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier         = "orders"
  engine             = "postgres"
  instance_class     = "db.t4g.small"
  ca_cert_identifier = "rds-ca-2019"
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier         = "orders"
  engine             = "postgres"
  instance_class     = "db.t4g.small"
  ca_cert_identifier = "rds-ca-rsa2048-g1"
}
```
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
}
```

## Fix
Move to `rds-ca-rsa2048-g1` or a later one; clients need its bundle first.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.MEDIUM, topics=("encryption-in-transit",), tools=("CKV_AWS_211",))
def database_certificate_ended(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database with a certificate of an authority that has ended."""
    bad = test(
        database,
        "certificate_authority",
        when=lambda name: name in ("rds-ca-2010", "rds-ca-2015", "rds-ca-2019"),
        says="ca_cert_identifier is {value}",
    )
    yield from bad_if(
        bad,
        "certificate_authority",
        message=f"the certificate of database {database.label} is of an authority that has ended",
        fix=set_field(
            database,
            "rds-ca-rsa2048-g1",
            "certificate_authority",
            title="take the certificate of rds-ca-rsa2048-g1",
            safe=False,
        ),
    )
