"""Checks of aws/ssm."""
