# why: the key is made by the same code
# quiet: aws-sagemaker-notebook-unkeyed
resource "aws_kms_key" "k" {}
resource "aws_sagemaker_notebook_instance" "n" {
  name          = "n"
  role_arn      = "arn:aws:iam::111122223333:role/n"
  instance_type = "ml.t3.medium"
  kms_key_id    = aws_kms_key.k.arn
}
