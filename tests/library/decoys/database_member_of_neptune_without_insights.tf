# why: Neptune knows no Performance Insights.
# quiet: aws-rds-database-insights-off
resource "aws_neptune_cluster" "graph" {
  cluster_identifier = "graph"
}
resource "aws_neptune_cluster_instance" "graph" {
  cluster_identifier = aws_neptune_cluster.graph.id
  instance_class     = "db.r6g.large"
}
