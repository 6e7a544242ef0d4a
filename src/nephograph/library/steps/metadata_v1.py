"""Instance metadata without a session token: a request that the server is made to send is enough.

Version 2 asks for a token that has to be fetched with a PUT first, which a forged request seldom can do; there an
attacker has to run code (`workload-identity`).
"""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="metadata-v1",
        when=(
            atom("has", "?instance"),
            atom("answers_without_token", "?instance"),
            atom("runs_as", "?instance", "?role"),
        ),
        then=atom("has", "?role"),
        source="?instance",
        target="?role",
        says="one forged request of {instance} to its metadata (version 1) yields the credentials of {role}",
        label="metadata v1",
        techniques=("T1552.005",),
        references=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",),
    ),
)
