"""An existing App Runner service is given another image or start command."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="apprunner-002",
    rules=(
        taking(
            "apprunner-002",
            "app_runner_service",
            ("apprunner:UpdateService",),
            says="{principal} puts its own code into {app_runner_service}",
            label="UpdateService",
            techniques=("T1610",),
            page="https://docs.aws.amazon.com/apprunner/latest/api/API_UpdateService.html",
        ),
    ),
    yields="the permissions of the role that the service runs as",
    fix=(
        "Let apprunner:UpdateService name the services of the principal's own team; give instance "
        "roles only what the service reads and writes."
    ),
    needs=("an App Runner service with an instance role",),
)
