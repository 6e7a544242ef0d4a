# why: Neptune knows neither Performance Insights nor Enhanced Monitoring, DocumentDB not the second.
# quiet: aws-rds-database-unmonitored
resource "aws_neptune_cluster" "graph" {
  cluster_identifier = "graph"
}
resource "aws_neptune_cluster_instance" "graph" {
  cluster_identifier = aws_neptune_cluster.graph.id
  instance_class     = "db.r6g.large"
}
resource "aws_docdb_cluster" "orders" {
  cluster_identifier = "orders"
}
resource "aws_docdb_cluster_instance" "orders" {
  cluster_identifier = aws_docdb_cluster.orders.id
  identifier         = "orders"
  instance_class     = "db.r6g.large"
}
