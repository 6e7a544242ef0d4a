# why: immutable but for what is named
# quiet: aws-ecr-repository-mutable
resource "aws_ecr_repository" "r" {
  name                 = "r"
  image_tag_mutability = "IMMUTABLE_WITH_EXCLUSION"
}
