# why: User groups ask who comes: no token is needed.
# quiet: aws-elasticache-replication-group-unauthenticated
resource "aws_elasticache_replication_group" "r" {
  replication_group_id       = "r"
  description                = "r"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
  user_group_ids             = ["g"]
}
