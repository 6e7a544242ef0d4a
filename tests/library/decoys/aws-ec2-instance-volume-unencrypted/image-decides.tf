# quiet: nothing is said of volumes
resource "aws_instance" "i" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"

}
