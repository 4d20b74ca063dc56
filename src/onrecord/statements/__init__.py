"""Who is reported to have said what, found within one document."""
