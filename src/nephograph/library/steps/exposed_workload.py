"""From the internet to a workload: a packet arrives and the answer finds its way back."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="exposed-workload",
        when=(atom("exposed", "?workload", "?ports"), atom("is_workload", "?workload")),
        then=atom("has", "?workload"),
        source="internet",
        target="?workload",
        says="the internet reaches {workload} on {ports}",
        label="{ports}",
        techniques=("T1190",),
        references=("https://attack.mitre.org/techniques/T1190/",),
    ),
)
