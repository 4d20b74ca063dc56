"""Forward passes of the packaged model, over windows of a text."""
