"""Texts as sequences of code points."""


def is_well_formed(text: str) -> bool:
    """Whether a text is valid Unicode: none of its code points is a surrogate."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
