"""How good the readings are: gold, predictions, metrics, intervals, floors, comparisons.

    python -m evaluation entities       names and their kinds
    python -m evaluation coreference    what is mentioned, and mentioned again
    python -m evaluation gap            which of two names a pronoun means
    python -m evaluation speakers       who is found behind statements
    python -m evaluation places         positions of place names
    python -m evaluation times          expressions of time and their values
    python -m evaluation polnear        attributions of the outermost statements
    python -m evaluation gold           whole records: chains, speakers, acts
    python -m evaluation agreement      annotators of the same article against each other
    python -m evaluation compare A B    what a change gained and lost
    python -m evaluation calibration    whether probabilities mean what they say
    python -m evaluation.floors check   whether scores are as good as they were

Corpora are not part of the project: `ONRECORD_CORPORA` names the folder that holds
`polnear/`, `ONRECORD_GOLD` a file of whole-record gold. The metrics themselves are in
`attributions` and `records`; they know nothing of files, models or settings.
"""
