"""Managed knowledge base that no key of yours encrypts.

## What
Bedrock keeps the vectors of the knowledge base itself (type MANAGED), and no KMS key is named for them. Where the
vectors stand in a store of yours, that store says which key.

## Why
The store holds your documents once more, in pieces. Access to it cannot be cut off by a key of yours. Low: Bedrock
encrypts it.

## Bad
```hcl
resource "aws_bedrockagent_knowledge_base" "docs" {
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"

  knowledge_base_configuration {
    type = "MANAGED"
    managed_knowledge_base_configuration {
      embedding_model_type = "MANAGED"
    }
  }
}
```

## Good
```hcl
resource "aws_bedrockagent_knowledge_base" "docs" {
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"

  knowledge_base_configuration {
    type = "MANAGED"
    managed_knowledge_base_configuration {
      embedding_model_type = "MANAGED"
      server_side_encryption_configuration {
        kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
      }
    }
  }
}
```
```hcl
resource "aws_bedrockagent_knowledge_base" "docs" {
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"

  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }

  storage_configuration {
    type = "OPENSEARCH_SERVERLESS"
    opensearch_serverless_configuration {
      collection_arn    = "arn:aws:aoss:eu-west-1:111122223333:collection/0a1b2c3d"
      vector_index_name = "docs"
      field_mapping {
        vector_field   = "vector"
        text_field     = "text"
        metadata_field = "metadata"
      }
    }
  }
}
```

## Fix
Name a KMS key.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_bedrockagent_knowledge_base",
    severity=Severity.LOW,
    topics=("customer-managed-keys", "encryption-at-rest"),
)
def knowledge_base_unkeyed(base: Resource, facts: Facts) -> Iterator[Bad]:
    """Bedrock keeps the vectors, under no key of yours."""
    managed = test(base, "type", when=lambda type_: type_ == "MANAGED", says="its type is {value}")
    wrong = all_of((managed, under_key_of_aws(base, "kms_key", facts=facts)))
    yield from bad_if(wrong, "kms_key", message=f"knowledge base {base.label} is encrypted with no key of yours")
