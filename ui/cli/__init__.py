"""The command policyqa."""
