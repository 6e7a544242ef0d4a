# quiet: nobody from outside comes
resource "aws_lb" "l" {
  name     = "l"
  internal = true
}
