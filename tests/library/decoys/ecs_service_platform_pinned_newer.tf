# why: the platform that LATEST stands for
# quiet: aws-ecs-service-platform-pinned
resource "aws_ecs_service" "s" {
  name             = "s"
  platform_version = "1.4.0"
}
