# why: depends on a variable that nobody gave a value
# depends: aws-ecs-task-container-privileged
variable "x" {

}
resource "aws_ecs_task_definition" "t" {
  family = "t"

  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b", privileged = var.x }])
}
