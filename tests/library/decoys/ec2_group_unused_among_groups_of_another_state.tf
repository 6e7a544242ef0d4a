# why: A database has a group that another state makes; it may be this one.
# depends: aws-ec2-group-unused
data "terraform_remote_state" "groups" {
  backend = "s3"
}
resource "aws_security_group" "orders" {
  name        = "orders"
  description = "orders"
}
resource "aws_docdb_cluster" "orders" {
  cluster_identifier     = "orders"
  vpc_security_group_ids = [data.terraform_remote_state.groups.outputs.orders]
}
