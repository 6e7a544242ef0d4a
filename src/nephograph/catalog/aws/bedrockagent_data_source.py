"""Data source of a Bedrock knowledge base: where its documents come from, and the key of what is held meanwhile."""

from nephograph.catalog.language import Kind, Link, Spelling, reference, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::Bedrock::DataSource",
    service="bedrock",
    cls=Class.GENERIC,
    identity=("source_id",),
    id="{source_id}",
    label="name",
    fields={
        "name": text(),
        "source_id": text(),
        "knowledge_base": reference("aws_bedrockagent_knowledge_base"),
        # S3, WEB, CONFLUENCE, SALESFORCE, SHAREPOINT, CUSTOM …
        "type": text(),
        "bucket": reference("aws_s3_bucket"),
        "kms_key": reference("aws_kms_key"),
        "deletion_policy": text(),
    },
    links=(
        Link("attached_to", "knowledge_base"),
        Link("reads_from", "bucket"),
        Link("encrypted_by", "kms_key"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_bedrockagent_data_source",
            {
                "name": "name",
                "source_id": "data_source_id",
                "knowledge_base": "knowledge_base_id",
                "type": "data_source_configuration.type",
                "bucket": "data_source_configuration.s3_configuration.bucket_arn",
                "kms_key": "server_side_encryption_configuration.kms_key_arn",
                "deletion_policy": "data_deletion_policy",
            },
            computed={"data_source_id": "{source_id}"},
            ignores=("description", "vector_ingestion_configuration"),
        ),
        Spelling(
            "cloudformation",
            "AWS::Bedrock::DataSource",
            {
                "name": "Name",
                "knowledge_base": "KnowledgeBaseId",
                "type": "DataSourceConfiguration.Type",
                "bucket": "DataSourceConfiguration.S3Configuration.BucketArn",
                "kms_key": "ServerSideEncryptionConfiguration.KmsKeyArn",
                "deletion_policy": "DataDeletionPolicy",
            },
            computed={"DataSourceId": "{source_id}"},
            ignores=("Description", "VectorIngestionConfiguration"),
        ),
        Spelling(
            "api",
            "bedrock-agent:ListDataSources",
            {"name": "name", "source_id": "dataSourceId", "knowledge_base": "knowledgeBaseId"},
            items="dataSourceSummaries.*",
            key="dataSourceId",
            asks=("knowledgeBaseId",),
            ignores=("description", "status", "updatedAt"),
        ),
        Spelling(
            "api",
            "bedrock-agent:GetDataSource",
            {
                "name": "name",
                "source_id": "dataSourceId",
                "knowledge_base": "knowledgeBaseId",
                "type": "dataSourceConfiguration.type",
                "bucket": "dataSourceConfiguration.s3Configuration.bucketArn",
                "kms_key": "serverSideEncryptionConfiguration.kmsKeyArn",
                "deletion_policy": "dataDeletionPolicy",
            },
            items="dataSource",
            key="dataSourceId",
            ignores=(
                "createdAt",
                "description",
                "failureReasons",
                "status",
                "updatedAt",
                "vectorIngestionConfiguration",
            ),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_DataSource.html",
        "https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html",
    ),
)
