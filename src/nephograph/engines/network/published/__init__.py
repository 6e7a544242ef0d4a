"""What AWS itself publishes: doors that stand in no VPC, one file a kind with `published(view, resource)`."""
