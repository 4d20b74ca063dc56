"""How good the readings are: gold, predictions, metrics, intervals, floors, comparisons.

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
