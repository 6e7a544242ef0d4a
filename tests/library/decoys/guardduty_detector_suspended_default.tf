# why: a detector is on when nothing is said
# quiet: aws-guardduty-detector-suspended
resource "aws_guardduty_detector" "d" {}
