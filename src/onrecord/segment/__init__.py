"""Sentences, paragraphs and quotation marks of a text that stays untouched."""
