"""Bedrock knowledge base: what models look up, and the store of vectors that holds it."""

from nephograph.catalog.language import Either, Kind, Link, Spelling, group, mapping, reference, text
from nephograph.model.resource import Class

_AT = "storage_configuration"
_IN = "StorageConfiguration"
_OF = "storageConfiguration"

KIND = Kind(
    native="AWS::Bedrock::KnowledgeBase",
    service="bedrock",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:bedrock:{region}:{account}:knowledge-base/{id}",
    id="{id}",
    label="name",
    fields={
        "name": text(),
        "id": text(),
        "role": reference("aws_iam_role"),
        # VECTOR, KENDRA, SQL, or MANAGED: Bedrock keeps the vectors itself, which nothing names.
        "type": text(),
        "embedding_model": text(),
        "kms_key": reference("aws_kms_key"),
        "store": group(
            type=text(),
            resource=reference("aws_opensearch_domain", "aws_rds_cluster"),
            collection=text(),
            # Of MongoDB Atlas: the endpoint service through which it is reached in private.
            endpoint_service=text(),
        ),
        "tags": mapping(),
    },
    links=(
        Link("runs_as", "role"),
        Link("encrypted_by", "kms_key"),
        Link("stores_in", "store.resource"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_bedrockagent_knowledge_base",
            {
                "name": "name",
                "id": "id",
                "role": "role_arn",
                "type": "knowledge_base_configuration.type",
                "embedding_model": Either(
                    (
                        "knowledge_base_configuration.vector_knowledge_base_configuration.embedding_model_arn",
                        "knowledge_base_configuration.managed_knowledge_base_configuration.embedding_model_arn",
                    )
                ),
                "kms_key": "knowledge_base_configuration.managed_knowledge_base_configuration"
                ".server_side_encryption_configuration.kms_key_arn",
                "store.type": f"{_AT}.type",
                "store.resource": Either(
                    (
                        f"{_AT}.opensearch_managed_cluster_configuration.domain_arn",
                        f"{_AT}.rds_configuration.resource_arn",
                    )
                ),
                "store.collection": f"{_AT}.opensearch_serverless_configuration.collection_arn",
                "store.endpoint_service": f"{_AT}.mongo_db_atlas_configuration.endpoint_service_name",
                "tags": "tags",
            },
            ignores=("created_at", "description", "failure_reasons", "updated_at"),
        ),
        Spelling(
            "cloudformation",
            "AWS::Bedrock::KnowledgeBase",
            {
                "name": "Name",
                "role": "RoleArn",
                "type": "KnowledgeBaseConfiguration.Type",
                "embedding_model": Either(
                    (
                        "KnowledgeBaseConfiguration.VectorKnowledgeBaseConfiguration.EmbeddingModelArn",
                        "KnowledgeBaseConfiguration.ManagedKnowledgeBaseConfiguration.EmbeddingModelArn",
                    )
                ),
                "kms_key": "KnowledgeBaseConfiguration.ManagedKnowledgeBaseConfiguration"
                ".ServerSideEncryptionConfiguration.KmsKeyArn",
                "store.type": f"{_IN}.Type",
                "store.resource": Either(
                    (
                        f"{_IN}.OpensearchManagedClusterConfiguration.DomainArn",
                        f"{_IN}.RdsConfiguration.ResourceArn",
                    )
                ),
                "store.collection": f"{_IN}.OpensearchServerlessConfiguration.CollectionArn",
                "store.endpoint_service": f"{_IN}.MongoDbAtlasConfiguration.EndpointServiceName",
                "tags": "Tags",
            },
            computed={"Ref": "{id}", "KnowledgeBaseId": "{id}", "KnowledgeBaseArn": "arn"},
            ignores=("Description",),
        ),
        Spelling(
            "api",
            "bedrock-agent:ListKnowledgeBases",
            {"name": "name", "id": "knowledgeBaseId"},
            items="knowledgeBaseSummaries.*",
            key="knowledgeBaseId",
            ignores=("description", "status", "updatedAt"),
        ),
        Spelling(
            "api",
            "bedrock-agent:GetKnowledgeBase",
            {
                "name": "name",
                "id": "knowledgeBaseId",
                "role": "roleArn",
                "type": "knowledgeBaseConfiguration.type",
                "embedding_model": Either(
                    (
                        "knowledgeBaseConfiguration.vectorKnowledgeBaseConfiguration.embeddingModelArn",
                        "knowledgeBaseConfiguration.managedKnowledgeBaseConfiguration.embeddingModelArn",
                    )
                ),
                "kms_key": "knowledgeBaseConfiguration.managedKnowledgeBaseConfiguration"
                ".serverSideEncryptionConfiguration.kmsKeyArn",
                "store.type": f"{_OF}.type",
                "store.resource": Either(
                    (
                        f"{_OF}.opensearchManagedClusterConfiguration.domainArn",
                        f"{_OF}.rdsConfiguration.resourceArn",
                    )
                ),
                "store.collection": f"{_OF}.opensearchServerlessConfiguration.collectionArn",
                "store.endpoint_service": f"{_OF}.mongoDbAtlasConfiguration.endpointServiceName",
            },
            items="knowledgeBase",
            key="knowledgeBaseId",
            ignores=(
                "createdAt",
                "description",
                "failureReasons",
                "knowledgeBaseArn",
                "metadataConfigurations",
                "status",
                "updatedAt",
            ),
        ),
        Spelling(
            "api",
            "bedrock-agent:ListTagsForResource",
            {"tags": "tags"},
            part_of="resourceArn",
            asks=("resourceArn",),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_KnowledgeBase.html",
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_StorageConfiguration.html",
    ),
)
