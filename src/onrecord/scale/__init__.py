"""Any number of inputs into a lake: shards, workers, and engines that run them."""
