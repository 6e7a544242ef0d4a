"""Search domain whose nodes talk in the clear.

## What
Node-to-node encryption of the domain is off.

## Why
Documents go from node to node in the clear. Medium: it takes somebody in the network.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
}
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  node_to_node_encryption {
    enabled = true
  }
}
```

## Fix
Turn node-to-node encryption on.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_opensearch_domain",
    severity=Severity.MEDIUM,
    topics=("encryption-in-transit",),
    tools=("CKV_AWS_6", "AVD-AWS-0043"),
)
def domain_nodes_plaintext(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain whose nodes talk in the clear."""
    bad = test(
        domain, "node_to_node_encryption", when=lambda on: on is not True, says="node_to_node_encryption is {value}"
    )
    yield from bad_if(
        bad,
        "node_to_node_encryption",
        message=f"nodes of domain {domain.label} talk in the clear",
        fix=set_field(domain, True, "node_to_node_encryption", title="encrypt between nodes", safe=False),
    )
