"""Checks of aws/route53."""
