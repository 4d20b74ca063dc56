"""Event sentences by phenomenon, written for this project, and how well they are read.

`*.txt` hold the sentences, one file for each phenomenon; `marks` reads their brackets,
`faults` compares them with a reading, `pages` writes `docs/models/event_phenomena.md`.
None of the sentences is left out because the program fails on it.
"""
