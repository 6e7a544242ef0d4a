"""Checks of aws/kinesis."""
