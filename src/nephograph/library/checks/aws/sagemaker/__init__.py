"""Checks of aws/sagemaker."""
