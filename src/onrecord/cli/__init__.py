"""The command `onrecord`: thin, as all decisions stand in the library."""
