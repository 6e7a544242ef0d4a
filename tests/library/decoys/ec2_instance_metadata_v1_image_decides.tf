# why: Nothing is said of tokens; the image, which a data source finds, may ask for them.
# depends: aws-ec2-instance-metadata-v1
data "aws_ssm_parameter" "image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}
resource "aws_instance" "web" {
  ami           = data.aws_ssm_parameter.image.value
  instance_type = "t3.nano"
}
