"""Documents into a store: read, kept, and linked with what is there.

`ingesting` is the way of a document; `linking` the order of what is found across
documents; `counts` what came of it. What is kept, and how, stands in `onrecord.store`.
"""
