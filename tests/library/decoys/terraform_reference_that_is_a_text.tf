# why: an argument of a block may be called as one that takes references
# quiet: terraform-syntax-reference-quoted
resource "aws_ecs_task_definition" "t" {
  family                = "${"t"}"
  container_definitions = jsonencode([{ name = "a", image = "a", dependsOn = ["b"], depends_on = ["b"] }])
}
