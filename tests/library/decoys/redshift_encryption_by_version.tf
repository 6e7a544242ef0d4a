# why: What is not said means the opposite since version 6 of the provider.
# depends: aws-redshift-cluster-unencrypted
resource "aws_redshift_cluster" "c" {
  cluster_identifier = "c"
  node_type          = "ra3.large"
}
