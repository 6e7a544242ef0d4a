# quiet: where it is kept
resource "aws_instance" "i" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = "export DB_PASSWORD_FILE=/run/secrets/db-password"
}
