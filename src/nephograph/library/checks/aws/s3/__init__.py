"""Checks of aws/s3."""
