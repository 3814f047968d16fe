"""A regular expression of Python or Pydantic as the I-Regexp that matches the same whole texts."""

import re

from .regexp import PatternError, compile_pattern

_ANYTHING = r"(.|[\n\r])*"
_SHORTHANDS = {"d": "0-9", "w": "A-Za-z0-9_"}
_ESCAPABLE = "()*+-.?[\\]^{|}"
_ENDS = re.compile(r"(?:^|[^\\])(?:\\\\)*(\$|\\Z|\\z)\Z", re.DOTALL)


class NoPatternError(ValueError):
    """Says why a pattern is no I-Regexp."""


def contract_pattern(source: str) -> str:
    r"""The I-Regexp of a pattern that is searched for; raises `NoPatternError` where there is none.

    Anchors become the ends, `\d` and `\w` their ASCII ranges, a group without capture a plain one.
    """
    starts = "^" if source.startswith("^") else "\\A" if source.startswith("\\A") else ""
    end = _ENDS.search(source)
    body = _translate(source[len(starts) : end.start(1) if end else len(source)])
    alternatives = _has_top_level_bar(body)
    if alternatives and (starts or end):
        # `^a|b$` is anchored on one side of each, which no I-Regexp is.
        raise NoPatternError("an alternative outside of a group")
    whole = f"({body})" if alternatives else body
    text = f"{'' if starts else _ANYTHING}{whole}{'' if end else _ANYTHING}"
    try:
        compile_pattern(text)
    except PatternError as error:
        raise NoPatternError(str(error)) from error
    return text


def _translate(source: str) -> str:
    text = ""
    in_class = False
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\":
            at += 1
            text += _escape(source[at : at + 1], in_class)
        elif in_class:
            in_class = char != "]"
            text += "\\[" if char == "[" else char
        elif source.startswith("(?", at):
            if not source.startswith("(?:", at):
                raise NoPatternError("a group that looks around, names itself or sets flags")
            text += "("
            at += 2
        elif char in "^$":
            raise NoPatternError("an anchor inside of it")
        elif char == "?" and at > 0 and source[at - 1] in "*+?}" and source[at - 2 : at - 1] != "\\":
            # A quantifier that takes as little as possible matches the same whole texts.
            pass
        else:
            in_class = char == "["
            text += char
        at += 1
    return text


def _escape(char: str, in_class: bool) -> str:
    if char in _SHORTHANDS:
        return _SHORTHANDS[char] if in_class else f"[{_SHORTHANDS[char]}]"
    if char and not char.isalnum() and char not in _ESCAPABLE:
        return char
    return f"\\{char}"


def _has_top_level_bar(source: str) -> bool:
    depth = 0
    in_class = False
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\":
            at += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            return True
        at += 1
    return False
