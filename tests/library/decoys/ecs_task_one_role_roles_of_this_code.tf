# why: two roles that are made by the same code
# quiet: aws-ecs-task-one-role
resource "aws_ecs_task_definition" "t" {
  family                = "t"
  task_role_arn         = aws_iam_role.a.arn
  execution_role_arn    = aws_iam_role.b.arn
  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b" }])
}
resource "aws_iam_role" "a" {
  name               = "a"
  assume_role_policy = "{}"
}
resource "aws_iam_role" "b" {
  name               = "b"
  assume_role_policy = "{}"
}
