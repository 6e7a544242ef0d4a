"""A password that was read opens its database, for whoever reaches it over the network."""

from nephograph.model.rule import StepRule, atom

_PAGE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html"

STEPS = (
    StepRule(
        name="read-database-password",
        when=(
            atom("has", "?principal"),
            atom("is_database", "?database"),
            atom("knows_password", "?principal", "?database"),
        ),
        then=atom("knows", "?database"),
        source="?principal",
        target="?database",
        says="{principal} reads the password of {database}",
        label="secretsmanager:GetSecretValue",
        techniques=("T1555.006",),
        references=(_PAGE,),
    ),
    StepRule(
        name="open-database",
        when=(
            atom("knows", "?database"),
            atom("has", "?workload"),
            atom("is_workload", "?workload"),
            atom("connects", "?workload", "?database", "?port"),
        ),
        then=atom("reads", "?database"),
        source="?workload",
        target="?database",
        says="code on {workload} reaches {database} on {port} and signs in",
        label="{port}",
        techniques=("T1078", "T1213.006"),
        references=(_PAGE,),
    ),
    StepRule(
        name="open-exposed-database",
        when=(
            atom("knows", "?database"),
            atom("exposed", "?database", "?ports"),
        ),
        then=atom("reads", "?database"),
        source="internet",
        target="?database",
        says="whoever knows the password signs in to {database} from the internet on {ports}",
        label="{ports}",
        techniques=("T1078", "T1213.006"),
        references=(_PAGE,),
    ),
)
