# why: the profile is made by the same code
# quiet: aws-ec2-instance-without-role
resource "aws_iam_instance_profile" "p" {
  name = "p"
}
resource "aws_instance" "i" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = aws_iam_instance_profile.p.name
}
