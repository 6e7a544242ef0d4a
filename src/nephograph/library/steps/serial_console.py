"""The serial console of an instance: a way in that needs no network."""

from nephograph.model.rule import StepRule, atom

STEPS = (
    StepRule(
        name="serial-console",
        when=(
            atom("has", "?principal"),
            atom("lesser", "?principal"),
            atom("is_instance", "?instance"),
            atom("can", "?principal", "ec2-instance-connect:SendSerialConsoleSSHPublicKey", "?instance"),
            atom("takes_serial_console", "?instance"),
        ),
        then=atom("has", "?instance"),
        source="?principal",
        target="?instance",
        says="{principal} opens the serial console of {instance}",
        label="SendSerialConsoleSSHPublicKey",
        techniques=("T1021.008",),
        references=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-serial-console.html",),
    ),
)
