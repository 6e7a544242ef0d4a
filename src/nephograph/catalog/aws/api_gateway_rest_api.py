"""REST API of API Gateway: who may call which of its methods, and what answers."""

from nephograph.catalog.aws._apigateway import escaped_policy, function
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
    policy,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import each, first_of, one, tags, when_said
from nephograph.model.resource import Class


def _resource(document: Cursor) -> dict[str, Tree]:
    return {
        "id": document.first("id", "ResourceId"),
        "parent": document.first("parent_id", "parentId", "ParentId"),
        "part": document.first("path_part", "pathPart", "PathPart"),
        "path": document.at("path"),
    }


def _verb(document: Cursor) -> dict[str, Tree]:
    """The resource and the verb, and both as the one text that tells a method from the next."""
    resource = document.first("resource_id", "resourceId", "ResourceId")
    verb = document.first("http_method", "httpMethod", "HttpMethod")
    known = isinstance(resource.value, str) and isinstance(verb.value, str)
    together = verb.be(f"{resource.value} {verb.value}") if known else None
    return {"id": together, "resource": resource, "method": verb}


def _method(document: Cursor) -> dict[str, Tree]:
    """Who may call a method."""
    return {
        **_verb(document),
        "authorization": document.first("authorization", "authorizationType", "AuthorizationType"),
        "authorizer": first_of(document, "authorizer_id", "authorizerId", "AuthorizerId"),
        "scopes": first_of(document, "authorization_scopes", "authorizationScopes", "AuthorizationScopes"),
        "api_key_required": document.first("api_key_required", "apiKeyRequired", "ApiKeyRequired"),
    }


def _integration(document: Cursor, said: Cursor) -> dict[str, Tree]:
    """What answers a method: `said` is the integration of the document, or the document itself."""
    uri = said.first("uri", "Uri")
    return {
        **_verb(document),
        "type": said.first("type", "Type"),
        "uri": uri,
        "function": function(uri),
        "role": first_of(said, "credentials", "Credentials"),
        "connection": first_of(said, "connection_id", "connectionId", "ConnectionId"),
    }


def _inside(name: str) -> Reader:
    """The integration that stands in an attribute of a method."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        return [_integration(document, said)] if said.present else None

    return read


def _embedded(document: Cursor) -> list[Cursor]:
    """The methods of a resource as documents of their own."""
    resource = document.at("id").value
    return [
        Cursor({"resourceId": resource, "httpMethod": verb, **(method.value or {})}, method.path)
        for verb, method in document.at("resourceMethods").entries()
    ]


def _embedded_integrations(document: Cursor) -> Tree:
    """Unless they were asked for with the resource, verbs are all that is told of its methods."""
    methods = [(one, one.at("methodIntegration")) for one in _embedded(document)]
    return [_integration(one, said) for one, said in methods if said.present]


def _authorizer(document: Cursor) -> dict[str, Tree]:
    uri = document.first("authorizer_uri", "authorizerUri", "AuthorizerUri")
    return {
        "id": document.first("id", "AuthorizerId"),
        "name": document.first("name", "Name"),
        "type": document.first("type", "Type"),
        "function": function(uri),
        "user_pools": first_of(document, "provider_arns", "providerARNs", "ProviderARNs"),
        "identity_source": first_of(document, "identity_source", "identitySource", "IdentitySource"),
    }


_LISTED: Fields = {
    "id": "id",
    "name": "name",
    "description": "description",
    "endpoint_types": "endpointConfiguration.types",
    "vpc_endpoints": "endpointConfiguration.vpcEndpointIds",
    "policy": escaped_policy("policy"),
    "default_endpoint_disabled": "disableExecuteApiEndpoint",
    "api_key_source": "apiKeySource",
    "minimum_tls": "securityPolicy",
    "tags": "tags",
}
_LISTED_IGNORED = (
    "apiStatus",
    "apiStatusMessage",
    "binaryMediaTypes",
    "createdDate",
    "endpointAccessMode",
    "minimumCompressionSize",
    "rootResourceId",
    "version",
    "warnings",
)

KIND = Kind(
    native="AWS::ApiGateway::RestApi",
    service="execute-api",
    cls=Class.LOAD_BALANCER,
    identity=("id",),
    # What its resource policy and the permissions to call it speak of.
    arn="arn:{partition}:execute-api:{region}:{account}:{id}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "name": text(),
        "description": text(),
        # EDGE, REGIONAL or PRIVATE.
        "endpoint_types": texts(),
        "vpc_endpoints": references("aws_vpc_endpoint"),
        "policy": policy(),
        "default_endpoint_disabled": flag(default=False),
        "api_key_source": text(default="HEADER"),
        "minimum_tls": text(),
        # Methods stand in an OpenAPI document, of which nothing is read.
        "by_openapi": flag(default=False),
        "resources": keyed("id", id=text(), parent=text(), part=text(), path=text()),
        # `id` is the resource and the verb.
        "methods": keyed(
            "id",
            id=text(),
            resource=text(),
            method=text(),
            authorization=text(),
            authorizer=text(),
            scopes=texts(),
            api_key_required=flag(),
        ),
        "integrations": keyed(
            "id",
            id=text(),
            resource=text(),
            method=text(),
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
            user_pools=texts(),
            identity_source=text(),
        ),
        "tags": mapping(),
    },
    links=(
        Link("reached_by", "vpc_endpoints"),
        Link("forwards_to", "integrations.*.function"),
        Link("runs_as", "integrations.*.role"),
        Link("authorized_by", "authorizers.*.function"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_api_gateway_rest_api",
            {
                "id": "id",
                "name": "name",
                "description": said("description"),
                "endpoint_types": "endpoint_configuration.types",
                "vpc_endpoints": "endpoint_configuration.vpc_endpoint_ids",
                "policy": "policy",
                "default_endpoint_disabled": "disable_execute_api_endpoint",
                "api_key_source": said("api_key_source"),
                "minimum_tls": "security_policy",
                "by_openapi": when_said("body", True),
                "tags": "tags",
            },
            computed={
                "arn": "arn:{partition}:apigateway:{region}::/restapis/{id}",
                "execution_arn": "arn",
            },
            ignores=(
                "binary_media_types",
                "created_date",
                "endpoint_access_mode",
                "fail_on_warnings",
                "minimum_compression_size",
                "parameters",
                "put_rest_api_mode",
                "root_resource_id",
            ),
        ),
        Spelling("terraform", "aws_api_gateway_rest_api_policy", {"policy": "policy"}, part_of="rest_api_id"),
        Spelling("terraform", "aws_api_gateway_resource", {"resources": one(_resource)}, part_of="rest_api_id"),
        Spelling(
            "terraform",
            "aws_api_gateway_method",
            {"methods": one(_method)},
            part_of="rest_api_id",
            ignores=("operation_name", "request_models", "request_parameters", "request_validator_id"),
        ),
        Spelling(
            "terraform",
            "aws_api_gateway_integration",
            {"integrations": one(lambda document: _integration(document, document))},
            part_of="rest_api_id",
            ignores=(
                "cache_key_parameters",
                "cache_namespace",
                "connection_type",
                "content_handling",
                "integration_http_method",
                "passthrough_behavior",
                "request_parameters",
                "request_templates",
                "timeout_milliseconds",
                "tls_config",
            ),
        ),
        Spelling(
            "terraform",
            "aws_api_gateway_authorizer",
            {"authorizers": one(_authorizer)},
            part_of="rest_api_id",
            ignores=("authorizer_credentials", "authorizer_result_ttl_in_seconds", "identity_validation_expression"),
        ),
        Spelling(
            "cloudformation",
            "AWS::ApiGateway::RestApi",
            {
                "name": "Name",
                "description": "Description",
                "endpoint_types": "EndpointConfiguration.Types",
                "vpc_endpoints": "EndpointConfiguration.VpcEndpointIds",
                "policy": "Policy",
                "default_endpoint_disabled": "DisableExecuteApiEndpoint",
                "api_key_source": "ApiKeySourceType",
                "minimum_tls": "SecurityPolicy",
                "by_openapi": when_said("Body", True),
                "tags": tags("Tags"),
            },
            computed={"RestApiId": "id"},
            ignores=(
                "BinaryMediaTypes",
                "BodyS3Location",
                "CloneFrom",
                "EndpointAccessMode",
                "FailOnWarnings",
                "MinimumCompressionSize",
                "Mode",
                "Parameters",
                "Version",
            ),
        ),
        Spelling("cloudformation", "AWS::ApiGateway::Resource", {"resources": one(_resource)}, part_of="RestApiId"),
        Spelling(
            "cloudformation",
            "AWS::ApiGateway::Method",
            {"methods": one(_method), "integrations": _inside("Integration")},
            part_of="RestApiId",
            ignores=("MethodResponses", "OperationName", "RequestModels", "RequestParameters", "RequestValidatorId"),
        ),
        Spelling(
            "cloudformation",
            "AWS::ApiGateway::Authorizer",
            {"authorizers": one(_authorizer)},
            part_of="RestApiId",
            ignores=(
                "AuthType",
                "AuthorizerCredentials",
                "AuthorizerResultTtlInSeconds",
                "IdentityValidationExpression",
            ),
        ),
        Spelling("api", "apigateway:GetRestApis", _LISTED, items="items.*", key="id", ignores=_LISTED_IGNORED),
        Spelling("api", "apigateway:GetRestApi", _LISTED, key="id", asks=("restApiId",), ignores=_LISTED_IGNORED),
        Spelling(
            "api",
            "apigateway:GetResources",
            {
                "resources": one(_resource),
                "methods": lambda document: [_method(one) for one in _embedded(document)],
                "integrations": _embedded_integrations,
            },
            items="items.*",
            part_of="restApiId",
            asks=("restApiId",),
            key="id",
        ),
        Spelling(
            "api",
            "apigateway:GetMethod",
            {"methods": one(_method), "integrations": _inside("methodIntegration")},
            part_of="restApiId",
            asks=("restApiId", "resourceId", "httpMethod"),
            ignores=("methodResponses", "operationName", "requestModels", "requestParameters", "requestValidatorId"),
        ),
        Spelling(
            "api",
            "apigateway:GetAuthorizers",
            {"authorizers": each("items", _authorizer)},
            part_of="restApiId",
            asks=("restApiId",),
        ),
    ),
    references=("https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html",),
)
