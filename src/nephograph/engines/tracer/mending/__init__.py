"""The smallest edits that let a dropped packet pass: one file an idea, with `HOW`, its function for each reason."""
