"""What a file is by its first bytes, when it is no text."""

# In the words that complete "this is …". Longest first where one begins another.
_KINDS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"PK\x03\x04", "a zip archive or an office document; unpack it or save it as text"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!\x1a", "a rar archive; unpack it first"),
    (b"(\xb5/\xfd", "a zstandard archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\x00asm", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text"),
    (b"ID3", "a sound file"),
    (b"\xff\xfb", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"fLaC", "a sound file"),
    (b"wOF", "a font"),
)
# These are made of plain characters and are no text of an article all the same.
_ALWAYS = (
    (b"%PDF-", "a PDF file; save its text first"),
    (b"%!PS-Adobe", "a PostScript file; save its text first"),
    (b"{\\rtf1", "an RTF document; save it as text"),
)


def kind_of(content: bytes) -> str | None:
    r"""What the first bytes stand for; only to be asked about what is no text in UTF-8.

    >>> kind_of(b"\x1f\x8b\x08\x00")
    'a gzip archive; unpack it first'
    """
    if content[4:8] == b"ftyp":
        return "a video or picture file"
    if content[257:262] == b"ustar":
        return "a tar archive; unpack it first"
    return next((what for first, what in _KINDS if content.startswith(first)), None)


def always_binary(content: bytes) -> str | None:
    """What the first bytes stand for, when even plain characters after them are no text."""
    return next((what for first, what in _ALWAYS if content.startswith(first)), None)
