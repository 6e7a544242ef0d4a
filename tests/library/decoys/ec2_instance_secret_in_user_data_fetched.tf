# why: the script fetches it
# quiet: aws-ec2-instance-secret-in-user-data
resource "aws_instance" "i" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = "DB_PASSWORD=$(get-secret db)"
}
