# why: the digest decides, whatever the tag
# quiet: aws-ecs-task-image-moving
resource "aws_ecs_task_definition" "t" {
  family = "t"

  container_definitions = jsonencode([{ name = "a", image = "acme/web:latest@sha256:2f5b" }])
}
