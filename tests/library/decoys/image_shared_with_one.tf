# why: One account may start it.
# quiet: aws-ec2-ami-public
resource "aws_ami" "app" {
  name             = "app"
  root_device_name = "/dev/xvda"
}
resource "aws_ami_launch_permission" "one" {
  image_id   = aws_ami.app.id
  account_id = "444455556666"
}
