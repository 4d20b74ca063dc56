"""What stays loaded is left out of the search for garbage, once."""

import gc

from onrecord.ingest.garbage import lay_aside


def test_what_is_loaded_is_laid_aside_once() -> None:
    lay_aside.cache_clear()
    gc.unfreeze()
    lay_aside()
    laid = gc.get_freeze_count()
    kept = [[n] for n in range(1000)]
    lay_aside()
    assert 0 < gc.get_freeze_count() <= laid
    assert len(kept) == 1000
    gc.unfreeze()
