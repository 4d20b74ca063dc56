"""Feeds that are watched: what to poll and when, what is new, and which have fallen silent.

`configs` is the user's file, `polling` one round over its feeds, `states` what the store
keeps of them, `coverage` the report. How a feed or a page is read stands in
`onrecord.inputs`.
"""
