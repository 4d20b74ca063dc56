"""Sentences as dependency trees, out of what the one pass of the encoder says of each word."""
