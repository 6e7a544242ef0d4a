"""Stage of a REST API: what is deployed under a name, how it is logged and guarded."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Spelling, flag, keyed, mapping, number, reference, text
from nephograph.catalog.readers import each, one, tags
from nephograph.model.resource import Class


def _settings(block: Cursor) -> dict[str, Tree]:
    """Settings of the methods that a path names, in the words of a template or of an answer."""
    return {
        "log_level": block.first("loggingLevel", "LoggingLevel"),
        "log_data": block.first("dataTraceEnabled", "DataTraceEnabled"),
        "metrics": block.first("metricsEnabled", "MetricsEnabled"),
        "caching": block.first("cachingEnabled", "CachingEnabled"),
        "cache_encrypted": block.first("cacheDataEncrypted", "CacheDataEncrypted"),
        "throttling_rate": _rate(block.first("throttlingRateLimit", "ThrottlingRateLimit")),
    }


def _rate(said: Cursor) -> Tree:
    """-1 limits nothing."""
    return None if said.value in (-1, -1.0, "-1") else said


def _method_settings(document: Cursor) -> dict[str, Tree]:
    """Settings of the methods that a path names, as Terraform says them: a resource of their own."""
    return {
        "path": document.at("method_path"),
        "log_level": document.at("settings", "logging_level"),
        "log_data": document.at("settings", "data_trace_enabled"),
        "metrics": document.at("settings", "metrics_enabled"),
        "caching": document.at("settings", "caching_enabled"),
        "cache_encrypted": document.at("settings", "cache_data_encrypted"),
        "throttling_rate": _rate(document.at("settings", "throttling_rate_limit")),
    }


def _template_settings(block: Cursor) -> dict[str, Tree]:
    path, method = block.at("ResourcePath"), block.at("HttpMethod")
    known = isinstance(path.value, str) and isinstance(method.value, str)
    joined = path.be(f"{path.value.strip('/')}/{method.value}") if known else path
    return {"path": joined, **_settings(block)}


def _described_settings(document: Cursor) -> Tree:
    return [{"path": block.be(path), **_settings(block)} for path, block in document.at("methodSettings").entries()]


_DESCRIBED: Fields = {
    "api_id": "restApiId",
    "api": "restApiId",
    "name": "stageName",
    "access_log": "accessLogSettings.destinationArn",
    "tracing": "tracingEnabled",
    "caching": "cacheClusterEnabled",
    "client_certificate": "clientCertificateId",
    "web_acl": "webAclArn",
    "settings": _described_settings,
    "tags": "tags",
}

KIND = Kind(
    native="AWS::ApiGateway::Stage",
    service="apigateway",
    cls=Class.GENERIC,
    identity=("api_id", "name"),
    arn="arn:{partition}:apigateway:{region}::/restapis/{api_id}/stages/{name}",
    id="ags-{api_id}-{name}",
    label="name",
    fields={
        "api_id": text(),
        "api": reference("aws_api_gateway_rest_api"),
        "name": text(),
        "access_log": reference("aws_cloudwatch_log_group"),
        "tracing": flag(default=False),
        "caching": flag(default=False),
        "client_certificate": text(),
        "web_acl": reference("aws_wafv2_web_acl"),
        # `*/*` stands for all methods.
        "settings": keyed(
            "path",
            path=text(),
            log_level=text(),
            log_data=flag(),
            metrics=flag(),
            caching=flag(),
            cache_encrypted=flag(),
            throttling_rate=number(),
        ),
        "tags": mapping(),
    },
    links=(Link("stage_of", "api"), Link("logs_to", "access_log"), Link("protected_by", "web_acl")),
    spellings=(
        Spelling(
            "terraform",
            "aws_api_gateway_stage",
            {
                "api_id": "rest_api_id",
                "api": "rest_api_id",
                "name": "stage_name",
                "access_log": "access_log_settings.destination_arn",
                "tracing": "xray_tracing_enabled",
                "caching": "cache_cluster_enabled",
                "client_certificate": said("client_certificate_id"),
                "web_acl": "web_acl_arn",
                "tags": "tags",
            },
            computed={"stage_name": "{name}"},
            ignores=(
                "cache_cluster_size",
                "canary_settings",
                "deployment_id",
                "description",
                "documentation_version",
                "execution_arn",
                "invoke_url",
                "variables",
            ),
        ),
        Spelling(
            "terraform",
            "aws_api_gateway_method_settings",
            {"settings": one(_method_settings)},
            part_of="stage_name",
            ignores=("rest_api_id",),
        ),
        Spelling(
            "cloudformation",
            "AWS::ApiGateway::Stage",
            {
                "api_id": "RestApiId",
                "api": "RestApiId",
                "name": "StageName",
                "access_log": "AccessLogSetting.DestinationArn",
                "tracing": "TracingEnabled",
                "caching": "CacheClusterEnabled",
                "client_certificate": "ClientCertificateId",
                "settings": each("MethodSettings", _template_settings),
                "tags": tags("Tags"),
            },
            computed={"Ref": "{name}"},
            ignores=(
                "CacheClusterSize",
                "CanarySetting",
                "DeploymentId",
                "Description",
                "DocumentationVersion",
                "Variables",
            ),
        ),
        Spelling(
            "api",
            "apigateway:GetStages",
            _DESCRIBED,
            items="item.*",
            asks=("restApiId",),
            ignores=(
                "cacheClusterSize",
                "cacheClusterStatus",
                "canarySettings",
                "createdDate",
                "deploymentId",
                "description",
                "documentationVersion",
                "lastUpdatedDate",
                "variables",
            ),
        ),
        Spelling(
            "api",
            "apigateway:GetStage",
            _DESCRIBED,
            asks=("restApiId", "stageName"),
            ignores=(
                "cacheClusterSize",
                "cacheClusterStatus",
                "canarySettings",
                "createdDate",
                "deploymentId",
                "description",
                "documentationVersion",
                "lastUpdatedDate",
                "variables",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html",),
)
