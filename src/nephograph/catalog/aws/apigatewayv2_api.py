"""HTTP or WebSocket API of API Gateway: its routes, who may call them, and what answers."""

from nephograph.catalog.aws._apigateway import function
from nephograph.catalog.aws._elb import said
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    keyed,
    mapping,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import each, first_of, one, says, when_said
from nephograph.model.resource import Class


def _route(document: Cursor) -> dict[str, Tree]:
    """One route, in the words of any dialect."""
    return {
        "route": document.first("route_key", "RouteKey"),
        "authorization": document.first("authorization_type", "AuthorizationType"),
        "authorizer": first_of(document, "authorizer_id", "AuthorizerId"),
        "scopes": first_of(document, "authorization_scopes", "AuthorizationScopes"),
        "api_key_required": document.first("api_key_required", "ApiKeyRequired"),
        "target": first_of(document, "target", "Target"),
    }


def _integration(document: Cursor) -> dict[str, Tree]:
    uri = document.first("integration_uri", "IntegrationUri")
    return {
        "id": document.first("id", "IntegrationId"),
        "type": document.first("integration_type", "IntegrationType"),
        "uri": uri,
        "function": function(uri),
        "role": first_of(document, "credentials_arn", "CredentialsArn"),
        "connection": first_of(document, "connection_id", "ConnectionId"),
    }


def _authorizer(document: Cursor) -> dict[str, Tree]:
    return {
        "id": document.first("id", "AuthorizerId"),
        "name": document.first("name", "Name"),
        "type": document.first("authorizer_type", "AuthorizerType"),
        "function": function(document.first("authorizer_uri", "AuthorizerUri")),
        "issuer": first_of(document, "jwt_configuration.issuer", "JwtConfiguration.Issuer"),
        "identity_sources": first_of(document, "identity_sources", "IdentitySource"),
    }


def _origins(path: str) -> Reader:
    def read(document: Cursor) -> Tree:
        origins = document.at(*path.split("."))
        return origins if origins.unknown or origins.value else None

    return read


def _quick_route(document: Cursor) -> Tree:
    """The route that comes with an API for which a target is named."""
    target, route = document.first("target", "Target"), document.first("route_key", "RouteKey")
    return [{"route": route if says(route) else target.be("$default")}] if says(target) else None


def _quick_integration(document: Cursor) -> Tree:
    """What answers that route."""
    target = document.first("target", "Target")
    role = first_of(document, "credentials_arn", "CredentialsArn")
    return [{"uri": target, "function": function(target), "role": role}] if says(target) else None


_DESCRIBED: Fields = {
    "id": "ApiId",
    "name": "Name",
    "description": said("Description"),
    "protocol": "ProtocolType",
    "endpoint": "ApiEndpoint",
    "default_endpoint_disabled": "DisableExecuteApiEndpoint",
    "cors_origins": _origins("CorsConfiguration.AllowOrigins"),
    "cors_credentials": "CorsConfiguration.AllowCredentials",
    "tags": "Tags",
}
_DESCRIBED_IGNORED = (
    "ApiGatewayManaged",
    "ApiKeySelectionExpression",
    "CreatedDate",
    "DisableSchemaValidation",
    "ImportInfo",
    "IpAddressType",
    "RouteSelectionExpression",
    "Version",
    "Warnings",
)

KIND = Kind(
    native="AWS::ApiGatewayV2::Api",
    service="execute-api",
    cls=Class.LOAD_BALANCER,
    identity=("id",),
    arn="arn:{partition}:execute-api:{region}:{account}:{id}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "name": text(),
        "description": text(),
        # HTTP or WEBSOCKET.
        "protocol": text(),
        "endpoint": text(),
        "default_endpoint_disabled": flag(default=False),
        "cors_origins": texts(),
        "cors_credentials": flag(default=False),
        # Routes stand in an OpenAPI document, of which nothing is read.
        "by_openapi": flag(default=False),
        "routes": keyed(
            "route",
            route=text(),
            authorization=text(default="NONE"),
            authorizer=text(),
            scopes=texts(),
            api_key_required=flag(),
            target=text(),
        ),
        "integrations": keyed(
            "id",
            id=text(),
            type=text(),
            uri=text(),
            function=reference("aws_lambda_function"),
            role=reference("aws_iam_role"),
            connection=text(),
        ),
        "authorizers": keyed(
            "id",
            id=text(),
            name=text(),
            type=text(),
            function=reference("aws_lambda_function"),
            issuer=text(),
            identity_sources=texts(),
        ),
        "tags": mapping(),
    },
    links=(
        Link("forwards_to", "integrations.*.function"),
        Link("runs_as", "integrations.*.role"),
        Link("authorized_by", "authorizers.*.function"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_apigatewayv2_api",
            {
                "id": "id",
                "name": "name",
                "description": said("description"),
                "protocol": "protocol_type",
                "endpoint": "api_endpoint",
                "default_endpoint_disabled": "disable_execute_api_endpoint",
                "cors_origins": _origins("cors_configuration.allow_origins"),
                "cors_credentials": "cors_configuration.allow_credentials",
                "by_openapi": when_said("body", True),
                "routes": _quick_route,
                "integrations": _quick_integration,
                "tags": "tags",
            },
            computed={
                "api_endpoint": "{endpoint}",
                "arn": "arn:{partition}:apigateway:{region}::/apis/{id}",
                "execution_arn": "arn",
            },
            ignores=(
                "api_key_selection_expression",
                "credentials_arn",
                "fail_on_warnings",
                "ip_address_type",
                "route_key",
                "route_selection_expression",
                "target",
                "version",
            ),
        ),
        Spelling(
            "terraform",
            "aws_apigatewayv2_route",
            {"routes": one(_route)},
            part_of="api_id",
            ignores=(
                "model_selection_expression",
                "operation_name",
                "request_models",
                "request_parameter",
                "route_response_selection_expression",
            ),
        ),
        Spelling(
            "terraform",
            "aws_apigatewayv2_integration",
            {"integrations": one(_integration)},
            part_of="api_id",
            ignores=(
                "connection_type",
                "content_handling_strategy",
                "description",
                "integration_method",
                "integration_response_selection_expression",
                "integration_subtype",
                "passthrough_behavior",
                "payload_format_version",
                "request_parameters",
                "request_templates",
                "response_parameters",
                "template_selection_expression",
                "timeout_milliseconds",
                "tls_config",
            ),
        ),
        Spelling(
            "terraform",
            "aws_apigatewayv2_authorizer",
            {"authorizers": one(_authorizer)},
            part_of="api_id",
            ignores=(
                "authorizer_credentials_arn",
                "authorizer_payload_format_version",
                "authorizer_result_ttl_in_seconds",
                "enable_simple_responses",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::ApiGatewayV2::Api",
            {
                "name": "Name",
                "description": "Description",
                "protocol": "ProtocolType",
                "default_endpoint_disabled": "DisableExecuteApiEndpoint",
                "cors_origins": _origins("CorsConfiguration.AllowOrigins"),
                "cors_credentials": "CorsConfiguration.AllowCredentials",
                "by_openapi": when_said("Body", True),
                "routes": _quick_route,
                "integrations": _quick_integration,
                "tags": "Tags",
            },
            computed={"ApiEndpoint": "{endpoint}", "ApiId": "id", "ExecuteApiArn": "arn"},
            ignores=(
                "ApiKeySelectionExpression",
                "BasePath",
                "BodyS3Location",
                "CredentialsArn",
                "DisableSchemaValidation",
                "FailOnWarnings",
                "IpAddressType",
                "RouteKey",
                "RouteSelectionExpression",
                "Target",
                "Version",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::ApiGatewayV2::Route",
            {"routes": one(_route)},
            part_of="ApiId",
            ignores=(
                "ModelSelectionExpression",
                "OperationName",
                "RequestModels",
                "RequestParameters",
                "RouteResponseSelectionExpression",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::ApiGatewayV2::Integration",
            {"integrations": one(_integration)},
            part_of="ApiId",
            ignores=(
                "ConnectionType",
                "ContentHandlingStrategy",
                "Description",
                "IntegrationMethod",
                "IntegrationSubtype",
                "PassthroughBehavior",
                "PayloadFormatVersion",
                "RequestParameters",
                "RequestTemplates",
                "ResponseParameters",
                "TemplateSelectionExpression",
                "TimeoutInMillis",
                "TlsConfig",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::ApiGatewayV2::Authorizer",
            {"authorizers": one(_authorizer)},
            part_of="ApiId",
            ignores=(
                "AuthorizerCredentialsArn",
                "AuthorizerPayloadFormatVersion",
                "AuthorizerResultTtlInSeconds",
                "EnableSimpleResponses",
                "IdentityValidationExpression",
            ),
        ),
        Spelling("api", "apigatewayv2:GetApis", _DESCRIBED, items="Items.*", key="ApiId", ignores=_DESCRIBED_IGNORED),
        Spelling("api", "apigatewayv2:GetApi", _DESCRIBED, key="ApiId", asks=("ApiId",), ignores=_DESCRIBED_IGNORED),
        Spelling(
            "api",
            "apigatewayv2:GetRoutes",
            {"routes": each("Items", _route)},
            part_of="ApiId",
            asks=("ApiId",),
        ),
        Spelling(
            "api",
            "apigatewayv2:GetIntegrations",
            {"integrations": each("Items", _integration)},
            part_of="ApiId",
            asks=("ApiId",),
        ),
        Spelling(
            "api",
            "apigatewayv2:GetAuthorizers",
            {"authorizers": each("Items", _authorizer)},
            part_of="ApiId",
            asks=("ApiId",),
        ),
    ),
    references=("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html",),
)
