"""Knowledge base whose vectors are kept by somebody else, over the internet.

## What
The vectors stand with another company (Pinecone, Redis Enterprise Cloud, MongoDB Atlas), and no endpoint service is
named by which Bedrock would reach it in private.

## Why
The store holds your documents once more, in pieces: outside of your accounts, behind a password, and neither your
policies nor your logs reach there.

## Bad
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
    type = "PINECONE"
    pinecone_configuration {
      connection_string      = "https://docs-0a1b2c3.svc.pinecone.io"
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:pinecone-a1b2c3"
      field_mapping {
        text_field     = "text"
        metadata_field = "metadata"
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
    type = "MONGO_DB_ATLAS"
    mongo_db_atlas_configuration {
      endpoint               = "docs.a1b2c.mongodb.net"
      database_name          = "docs"
      collection_name        = "chunks"
      vector_index_name      = "vectors"
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:atlas-a1b2c3"
      field_mapping {
        vector_field   = "vector"
        text_field     = "text"
        metadata_field = "metadata"
      }
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
    type = "MONGO_DB_ATLAS"
    mongo_db_atlas_configuration {
      endpoint               = "docs.a1b2c.mongodb.net"
      endpoint_service_name  = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d"
      database_name          = "docs"
      collection_name        = "chunks"
      vector_index_name      = "vectors"
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:atlas-a1b2c3"
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
Keep the vectors in a store of your account, or reach MongoDB Atlas by AWS PrivateLink.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/knowledge-base-setup.html
- https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_MongoDbAtlasConfiguration.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of

_OF_OTHERS = ("PINECONE", "REDIS_ENTERPRISE_CLOUD", "MONGO_DB_ATLAS")


@check(
    kind="aws_bedrockagent_knowledge_base",
    severity=Severity.LOW,
    topics=("network-segmentation",),
)
def knowledge_base_store_outside(base: Resource, facts: Facts) -> Iterator[Bad]:
    """The store is another company's, and is reached over the internet."""
    theirs = test(base, "store", "type", when=lambda type_: type_ in _OF_OTHERS, says="its store is {value}")
    openly = unset(base, "store", "endpoint_service", says="the endpoint service of the store is {value}")
    message = f"the vectors of {base.label} are kept outside of your accounts"
    yield from bad_if(all_of((theirs, openly)), "store", "type", message=message)
