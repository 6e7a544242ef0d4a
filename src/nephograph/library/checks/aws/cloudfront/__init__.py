"""Checks of aws/cloudfront."""
