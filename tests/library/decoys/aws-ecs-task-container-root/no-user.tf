# quiet: the image names the user
resource "aws_ecs_task_definition" "t" {
  family = "t"

  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b" }])
}
