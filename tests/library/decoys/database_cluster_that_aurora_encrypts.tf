# why: Aurora encrypts new clusters by itself; other clusters of RDS it does not.
# quiet: aws-rds-cluster-unencrypted
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}
