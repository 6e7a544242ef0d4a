# why: Sharing with one account is not sharing with all.
# quiet: aws-rds-snapshot-public, aws-rds-cluster-snapshot-public
resource "aws_db_cluster_snapshot" "s" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "s"
  shared_accounts                = ["444455556666"]
}
