"""Stage of an HTTP or WebSocket API: how it is deployed and logged."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.language import Kind, Link, Spelling, flag, mapping, number, reference, text
from nephograph.model.resource import Class

_ROUTES = "DefaultRouteSettings"

KIND = Kind(
    native="AWS::ApiGatewayV2::Stage",
    service="apigateway",
    cls=Class.GENERIC,
    identity=("api_id", "name"),
    arn="arn:{partition}:apigateway:{region}::/apis/{api_id}/stages/{name}",
    id="{name}",
    label="name",
    fields={
        "api_id": text(),
        "api": reference("aws_apigatewayv2_api"),
        "name": text(),
        "access_log": reference("aws_cloudwatch_log_group"),
        "auto_deploy": flag(default=False),
        "log_level": text(),
        "log_data": flag(),
        "throttling_rate": number(),
        "client_certificate": text(),
        "tags": mapping(),
    },
    links=(Link("stage_of", "api"), Link("logs_to", "access_log")),
    spellings=(
        Spelling(
            "terraform",
            "aws_apigatewayv2_stage",
            {
                "api_id": "api_id",
                "api": "api_id",
                "name": "name",
                "access_log": "access_log_settings.destination_arn",
                "auto_deploy": "auto_deploy",
                "log_level": said("default_route_settings.logging_level"),
                "log_data": "default_route_settings.data_trace_enabled",
                "throttling_rate": "default_route_settings.throttling_rate_limit",
                "client_certificate": said("client_certificate_id"),
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=(
                "deployment_id",
                "description",
                "execution_arn",
                "invoke_url",
                "route_settings",
                "stage_variables",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::ApiGatewayV2::Stage",
            {
                "api_id": "ApiId",
                "api": "ApiId",
                "name": "StageName",
                "access_log": "AccessLogSettings.DestinationArn",
                "auto_deploy": "AutoDeploy",
                "log_level": f"{_ROUTES}.LoggingLevel",
                "log_data": f"{_ROUTES}.DataTraceEnabled",
                "throttling_rate": f"{_ROUTES}.ThrottlingRateLimit",
                "client_certificate": "ClientCertificateId",
                "tags": "Tags",
            },
            ignores=("DeploymentId", "Description", "RouteSettings", "StageVariables"),
        ),
        Spelling(
            "api",
            "apigatewayv2:GetStages",
            {
                "api_id": "ApiId",
                "api": "ApiId",
                "name": "StageName",
                "access_log": "AccessLogSettings.DestinationArn",
                "auto_deploy": "AutoDeploy",
                "log_level": f"{_ROUTES}.LoggingLevel",
                "log_data": f"{_ROUTES}.DataTraceEnabled",
                "throttling_rate": f"{_ROUTES}.ThrottlingRateLimit",
                "client_certificate": "ClientCertificateId",
                "tags": "Tags",
            },
            items="Items.*",
            asks=("ApiId",),
            ignores=(
                "ApiGatewayManaged",
                "CreatedDate",
                "DeploymentId",
                "Description",
                "LastDeploymentStatusMessage",
                "LastUpdatedDate",
                "RouteSettings",
                "StageVariables",
            ),
        ),
    ),
)
