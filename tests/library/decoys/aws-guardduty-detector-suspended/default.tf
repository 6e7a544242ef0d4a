# quiet: a detector is on when nothing is said
resource "aws_guardduty_detector" "d" {}
