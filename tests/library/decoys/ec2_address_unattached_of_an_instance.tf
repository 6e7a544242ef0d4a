# why: an instance of the same code has it
# quiet: aws-ec2-address-unattached
resource "aws_instance" "i" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"

}
resource "aws_eip" "e" {
  instance = aws_instance.i.id
}
