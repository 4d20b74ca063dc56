"""Events of a document: triggers, who did what to whom, where and when, on whose word."""
