"""Snapshots, machine images and container images that everybody may copy."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="copy-public-snapshot",
        when=(atom("shared_with_everybody", "?copy"),),
        then=atom("reads", "?copy"),
        source="internet",
        target="?copy",
        says="anyone with an AWS account copies {copy} and reads what is on it",
        label="public",
        techniques=("T1530",),
        references=(
            "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html",
        ),
    ),
    StepRule(
        name="pull-public-image",
        when=(
            atom("is_image_repository", "?repository"),
            atom("can", "stranger", "ecr:BatchGetImage", "?repository"),
        ),
        then=atom("reads", "?repository"),
        source="internet",
        target="?repository",
        says="anyone with an AWS account pulls the images of {repository}",
        label="ecr:BatchGetImage",
        techniques=("T1525",),
        references=("https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",),
    ),
)
