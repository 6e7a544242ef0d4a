# why: there is no metadata at all
# quiet: aws-ec2-instance-metadata-v1
resource "aws_instance" "i" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options {
    http_endpoint = "disabled"
    http_tokens   = "optional"
  }
}
