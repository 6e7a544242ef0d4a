"""Checks of aws/sqs."""
