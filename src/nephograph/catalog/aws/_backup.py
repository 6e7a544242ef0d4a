"""What vaults and plans of AWS Backup have in common."""

from nephograph.catalog.language import Spelling


def tag_answer() -> Spelling:
    """The tags of one thing, whatever it is."""
    return Spelling("api", "backup:ListTags", {"tags": "Tags"}, part_of="ResourceArn", asks=("ResourceArn",))
