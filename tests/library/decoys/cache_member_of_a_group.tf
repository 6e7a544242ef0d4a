# why: The group says what its members do.
# quiet: aws-elasticache-cluster-single-node, aws-elasticache-cluster-plaintext, aws-elasticache-cluster-not-backed-up
resource "aws_elasticache_replication_group" "r" {
  replication_group_id       = "r"
  description                = "r"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
}
resource "aws_elasticache_cluster" "c" {
  cluster_id           = "c"
  replication_group_id = aws_elasticache_replication_group.r.id
}
