"""Figures with what they count and how they bound it: "at least 12 people killed"."""
