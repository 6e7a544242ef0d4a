"""What logs say of permissions: which action a call is, on what; what was used; the least policy for that use."""
