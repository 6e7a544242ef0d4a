"""Kinds of what Terraform configuration says of itself: no resource of a cloud."""
