# why: The account has resources in this estate.
# quiet: aws-rds-snapshot-shared-outside
provider "aws" {
  allowed_account_ids = ["111122223333"]
}
resource "aws_db_snapshot" "s" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "s"
  shared_accounts        = ["111122223333"]
}
