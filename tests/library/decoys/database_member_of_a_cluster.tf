# why: The cluster protects, backs up and encrypts its members.
# quiet: aws-rds-database-deletable, aws-rds-database-not-backed-up, aws-rds-database-backups-short, aws-rds-database-single-zone, aws-rds-database-unlogged, aws-rds-database-iam-login-off
resource "aws_rds_cluster" "c" {
  cluster_identifier  = "c"
  engine              = "aurora-mysql"
  storage_encrypted   = true
  deletion_protection = true
}
resource "aws_rds_cluster_instance" "i" {
  identifier         = "i"
  cluster_identifier = aws_rds_cluster.c.id
  engine             = "aurora-mysql"
  instance_class     = "db.r7g.large"
}
