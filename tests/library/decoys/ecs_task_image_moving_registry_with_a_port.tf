# why: the colon of a port is not the one of a tag
# quiet: aws-ecs-task-image-moving
resource "aws_ecs_task_definition" "t" {
  family = "t"

  container_definitions = jsonencode([{ name = "a", image = "registry.example.com:5000/web:1.4" }])
}
