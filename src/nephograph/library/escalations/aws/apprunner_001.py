"""A new App Runner service runs an image of the principal's choice as a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="apprunner-001",
    rules=(
        passing(
            "apprunner-001",
            "tasks.apprunner.amazonaws.com",
            ("apprunner:CreateService",),
            says="{principal} starts an App Runner service that runs as {role}",
            label="PassRole + CreateService",
            techniques=("T1610",),
            page="https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the instance roles that this principal may hand to App Runner; keep "
        "strong roles from trusting tasks.apprunner.amazonaws.com."
    ),
    needs=("a role that trusts tasks.apprunner.amazonaws.com",),
)
