"""Readings as JSON, as HTML, and as tables."""
