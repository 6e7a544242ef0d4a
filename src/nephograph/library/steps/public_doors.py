"""Policies of things that let everybody use them: functions, queues, topics, buses, secrets, buckets, APIs."""

from nephograph.model.rule import Atom, StepRule, atom

_SENT = ("https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html",)


def _sent(name: str, what: str, action: str, page: str) -> StepRule:
    """Anyone with an AWS account sends something to the thing."""
    return StepRule(
        name=name,
        when=(atom(f"is_{what}", f"?{what}"), atom("can", "stranger", action, f"?{what}")),
        then=Atom("feeds", (f"?{what}",)),
        source="internet",
        target=f"?{what}",
        says=f"anyone with an AWS account sends what they want to {{{what}}}",
        label=action,
        techniques=("T1190",),
        references=(page,),
    )


STEPS = (
    StepRule(
        name="call-public-function",
        when=(atom("is_function", "?function"), atom("can", "stranger", "lambda:InvokeFunction", "?function")),
        then=atom("has", "?function"),
        source="internet",
        target="?function",
        says="anyone with an AWS account calls {function} with what they want",
        label="lambda:InvokeFunction",
        techniques=("T1190",),
        references=("https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",),
    ),
    StepRule(
        name="call-open-api",
        when=(atom("answers_anyone", "?api", "?function"),),
        then=atom("has", "?function"),
        source="internet",
        target="?function",
        says="the internet calls {function} through {api}, which asks nobody who calls",
        label="https",
        techniques=("T1190",),
        references=(
            "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
        ),
    ),
    _sent(
        "send-to-public-queue",
        "queue",
        "sqs:SendMessage",
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html",
    ),
    _sent(
        "publish-to-public-topic",
        "topic",
        "sns:Publish",
        "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
    ),
    _sent(
        "put-on-public-bus",
        "event_bus",
        "events:PutEvents",
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html",
    ),
    StepRule(
        name="write-public-bucket",
        when=(atom("is_bucket", "?bucket"), atom("can", "anonymous", "s3:PutObject", "?bucket")),
        then=atom("feeds", "?bucket"),
        source="internet",
        target="?bucket",
        says="anyone writes objects into {bucket}",
        label="s3:PutObject",
        techniques=("T1190", "T1565.001"),
        references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",),
    ),
    StepRule(
        name="poison-event",
        when=(atom("feeds", "?source"), atom("hands_on", "?source", "?function")),
        then=atom("has", "?function"),
        source="?source",
        target="?function",
        says="{source} hands on to {function} what it was sent",
        label="event",
        techniques=("T1648",),
        references=_SENT,
    ),
    StepRule(
        name="read-public-secret",
        when=(
            atom("is_secret", "?secret"),
            atom("can", "stranger", "secretsmanager:GetSecretValue", "?secret"),
            atom("can_decrypt", "stranger", "?secret"),
        ),
        then=atom("reads", "?secret"),
        source="internet",
        target="?secret",
        says="anyone with an AWS account reads the value of {secret}",
        label="secretsmanager:GetSecretValue",
        techniques=("T1555.006",),
        references=(
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html",
        ),
    ),
)
