"""Limits of treaties and agreements beside the figures that are reported: no verdicts."""
