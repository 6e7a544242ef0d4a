# why: nothing is said of volumes
# quiet: aws-ec2-instance-volume-unencrypted
resource "aws_instance" "i" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"

}
