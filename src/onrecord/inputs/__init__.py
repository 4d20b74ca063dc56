"""Files, folders, pages, addresses and streams as documents or rejections."""
