"""Checks of aws/ec2."""
