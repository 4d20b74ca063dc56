"""Who an entity is, in PLOVER's terms: countries, sectors, holders of office.

Knowledge lies in `tables/`, one small file for each subject; `knowledge.py` reads it,
`coding.py` applies it to the names of an entity, `stages.py` to whole readings.
"""
