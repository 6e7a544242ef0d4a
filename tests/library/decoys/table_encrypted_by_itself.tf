# why: DynamoDB encrypts every table: only whose key it is may be asked.
# quiet: aws-dynamodb-table-readable-by-anyone
resource "aws_dynamodb_table" "t" {
  name         = "t"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
