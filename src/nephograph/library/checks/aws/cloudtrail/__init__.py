"""Checks of aws/cloudtrail."""
