"""What a line is: news is set in paragraphs of one line each, however lines are ended."""

import re

# What Unicode (line breaking class BK, CR, LF, NL) ends a line with; "\r\n" is an empty line
# between two, which holds no words.
LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
