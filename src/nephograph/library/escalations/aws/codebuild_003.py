"""A batch of builds of an existing project is started with another buildspec."""

from nephograph.library.escalations.declare import Escalation, taking
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="codebuild-003",
    rules=(
        taking(
            "codebuild-003",
            "build_project",
            ("codebuild:StartBuildBatch",),
            says="{principal} starts a batch of {build_project} with a buildspec of its own",
            label="StartBuildBatch",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuildBatch.html",
            more=(atom("builds_batches", "?build_project"),),
        ),
    ),
    yields="the permissions of the role that the project runs as",
    fix=(
        "Let codebuild:StartBuildBatch name projects; take the batch configuration from projects that do not need it."
    ),
    needs=("a build project with a service role that is configured for batches",),
)
