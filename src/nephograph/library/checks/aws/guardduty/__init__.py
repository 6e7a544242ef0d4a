"""Checks of aws/guardduty."""
