"""Expressions of time, their TIMEX3 values, and when statements were made.

`words.toml` and `rules.toml` hold what is known; `finding.py` finds and resolves,
`linking.py` chooses the time of a statement, `stages.py` writes the rows.
"""
