"""What limits take away: grants of identity policies that a boundary or a policy of the organization makes void."""
