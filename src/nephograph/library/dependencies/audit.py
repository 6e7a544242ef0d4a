"""What watches: trails, flow logs and recorders write somewhere."""

from nephograph.library.dependencies.declare import need

NEEDS = (
    need("aws_cloudtrail", "every", "logs_to", kinds=("aws_s3_bucket",), says="it writes to it"),
    need("aws_cloudtrail", "part", "logs_to", kinds=("aws_cloudwatch_log_group",), says="it writes to it, too"),
    need("aws_flow_log", "every", "logs_to", says="it writes to it"),
    need("aws_config_configuration_recorder", "every", "records_as", says="it records as it"),
    need("aws_config_delivery_channel", "every", "logs_to", says="it writes to it"),
)
