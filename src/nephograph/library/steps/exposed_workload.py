"""From the internet to a workload: a packet arrives and the answer finds its way back.

That code listens there and can be taken over is an assumption, and every answer says so.
"""

from nephograph.model.rule import StepRule, atom

_EXPLOIT = ("T1190",)
_PAGE = ("https://attack.mitre.org/techniques/T1190/",)

STEPS = (
    StepRule(
        name="exposed-workload",
        when=(atom("is_workload", "?workload"), atom("exposed", "?workload", "?ports")),
        then=atom("has", "?workload"),
        source="internet",
        target="?workload",
        says="the internet reaches {workload} on {ports}",
        label="{ports}",
        techniques=_EXPLOIT,
        references=_PAGE,
    ),
    StepRule(
        name="exposed-door",
        when=(atom("is_workload", "?workload"), atom("fronted", "?workload", "?ports", "?door")),
        then=atom("reaches", "?door", "?ports"),
        source="internet",
        target="?door",
        says="the internet reaches {door} on {ports}",
        label="{ports}",
        techniques=_EXPLOIT,
        references=_PAGE,
    ),
    StepRule(
        name="through-the-door",
        when=(atom("reaches", "?door", "?ports"), atom("fronted", "?workload", "?ports", "?door")),
        then=atom("has", "?workload"),
        source="?door",
        target="?workload",
        says="{door} hands what comes on {ports} to {workload}",
        label="forwards",
        techniques=_EXPLOIT,
        references=_PAGE,
    ),
)
