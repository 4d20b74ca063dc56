"""What each page of the reading room knows, as a dataclass, and how it asks for it.

`base` tells what a page is, `listing` names them all.
"""
