"""Checks of aws/autoscaling."""
