"""What stands in front: load balancers, records, distributions and interfaces need something behind them."""

from nephograph.library.dependencies.declare import need

_ELB = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html"

NEEDS = (
    need("aws_lb", "any", "~listens_for forwards_to", says="it forwards to it", reference=_ELB),
    need("aws_lb_listener", "every", "listens_for", says="it listens for it"),
    need("aws_lb_listener", "any", "forwards_to", says="it forwards to it", reference=_ELB),
    need("aws_lb_target_group", "any", "has_target", "~registers_with", says="it is a target", reference=_ELB),
    need("aws_elb", "any", "has_target", says="it forwards to it"),
    need("aws_route53_record", "every", "points_to", says="it points to it"),
    need("aws_route53_record", "every", "record_of", says="it is a record of it"),
    need("aws_cloudfront_distribution", "part", "forwards_to", says="what it does not keep comes from it"),
    need("aws_api_gateway_rest_api", "part", "forwards_to", says="some of its methods call it"),
    need("aws_api_gateway_rest_api", "part", "authorized_by", says="it lets callers in"),
    need("aws_apigatewayv2_api", "part", "forwards_to", says="some of its routes call it"),
    need("aws_apigatewayv2_api", "part", "authorized_by", says="it lets callers in"),
    need("aws_api_gateway_stage", "every", "stage_of", says="it serves it"),
    need("aws_apigatewayv2_stage", "every", "stage_of", says="it serves it"),
    need("aws_globalaccelerator_endpoint_group", "any", "has_target", says="it forwards to it"),
)
