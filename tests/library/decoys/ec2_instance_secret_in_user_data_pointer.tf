# why: where it is kept
# quiet: aws-ec2-instance-secret-in-user-data
resource "aws_instance" "i" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = "export DB_PASSWORD_FILE=/run/secrets/db-password"
}
