"""A new pipeline runs commands on machines that hold a role."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="datapipeline-001",
    rules=(
        passing(
            "datapipeline-001",
            "datapipeline.amazonaws.com",
            ("datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"),
            says="{principal} activates a pipeline that works as {role}",
            label="PassRole + ActivatePipeline",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/dp-iam-roles.html",
        ),
        passing(
            "datapipeline-001-emr",
            "elasticmapreduce.amazonaws.com",
            ("datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"),
            says="{principal} activates a pipeline whose cluster works as {role}",
            label="PassRole + ActivatePipeline",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/dp-iam-roles.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=("Delete roles that were made for Data Pipeline and are left over; let iam:PassRole leave the others out."),
    needs=("a role that trusts datapipeline.amazonaws.com, or elasticmapreduce.amazonaws.com",),
)
