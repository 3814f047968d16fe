"""I-Regexp (RFC 9485) to Python's regular expressions (spec clause VAL-52)."""

import re
from dataclasses import dataclass
from functools import cache

from ._tables import LIMITS
from .code_points import is_well_formed
from .unicode_categories import Ranges, complement, ranges_of

_CATEGORY = re.compile(r"L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|Z[lps]?|S[ckmo]?|C[cfno]?")
_ESCAPABLE = "()*+-.?[\\]^nrt{|}"
_NOT_NORMAL = "()*+.?[\\]{|}"
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_MOST = LIMITS["patternRepeat"]


class PatternError(ValueError):
    """Says why a text is not I-Regexp."""


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compiles an I-Regexp; ask its `fullmatch`. Raises a `PatternError` for everything else."""
    if not is_well_formed(pattern):
        raise PatternError("a lone surrogate in a pattern")
    reader = _PatternReader(pattern)
    part = reader.alternatives()
    reader.end()
    return re.compile(part.source)


@dataclass(frozen=True, slots=True)
class _Part:
    """Source for `re`, and how often its most repeated part may have to be written out."""

    source: str
    repeats: int = 1


class _PatternReader:
    """A recursive descent over the grammar of RFC 9485, section 4; each method returns source for `re`."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0

    def end(self) -> None:
        """Refuses what is left over."""
        if self._at < len(self._pattern):
            raise self._unexpected()

    def alternatives(self) -> _Part:
        """One branch or more."""
        branches = [self._branch()]
        while self._take("|"):
            branches.append(self._branch())
        source = "|".join(branch.source for branch in branches)
        return _Part(source, max(branch.repeats for branch in branches))

    def _branch(self) -> _Part:
        source = ""
        repeats = 1
        while self._peek() not in ("", "|", ")"):
            atom = self._atom()
            quantifier = self._quantifier()
            product = atom.repeats * quantifier.repeats
            if product > _MOST:
                raise PatternError(f"counts to more than {_MOST}")
            source += atom.source + quantifier.source
            repeats = max(repeats, product)
        return _Part(source, repeats)

    def _atom(self) -> _Part:
        char = self._next()
        if char == "(":
            return self._group()
        if char == ".":
            return _Part("[^\\n\\r]")
        if char == "[":
            return _Part(self._char_class())
        if char == "\\":
            return _Part(self._escape())
        if char in _NOT_NORMAL:
            raise self._unexpected(char)
        return _Part(re.escape(char))

    def _group(self) -> _Part:
        self._depth += 1
        if self._depth > LIMITS["jsonDepth"]:
            raise PatternError("groups nested too deep")
        inner = self.alternatives()
        if not self._take(")"):
            raise PatternError("a group has no end")
        self._depth -= 1
        return _Part(f"(?:{inner.source})", inner.repeats)

    def _quantifier(self) -> _Part:
        char = self._peek()
        if char and char in "*+?":
            return _Part(self._next())
        if not self._take("{"):
            return _Part("")
        least = self._count()
        if self._take("}"):
            return _Part(f"{{{least}}}", least)
        if not self._take(","):
            raise self._unexpected()
        if self._take("}"):
            return _Part(f"{{{least},}}", least)
        most = self._count()
        if not self._take("}"):
            raise self._unexpected()
        if most < least:
            raise PatternError(f"{{{least},{most}}} counts down")
        return _Part(f"{{{least},{most}}}", most)

    def _count(self) -> int:
        start = self._at
        while self._peek() and self._peek() in "0123456789":
            self._at += 1
        digits = self._pattern[start : self._at]
        if not digits:
            raise self._unexpected()
        # Beyond nine digits all counts are too many, and Python reads only so many.
        return int(digits.lstrip("0")[:10] or "0")

    def _escape(self) -> str:
        char = self._next()
        if char in "pP":
            return f"[{self._category(char)}]"
        return re.escape(self._escaped(char))

    def _escaped(self, char: str) -> str:
        if char not in _ESCAPABLE:
            raise PatternError(f"\\{char} is not I-Regexp (RFC 9485)")
        return _CONTROLS.get(char, char)

    def _category(self, letter: str) -> str:
        """The inside of a class of all code points of a category, or of all others."""
        if not self._take("{"):
            raise self._unexpected()
        name = ""
        while self._peek() != "}":
            name += self._next()
        self._next()
        if _CATEGORY.fullmatch(name) is None:
            raise PatternError(f"\\{letter}{{{name}}} is not a general category")
        return _class_source(ranges_of(name) if letter == "p" else complement(ranges_of(name)))

    def _char_class(self) -> str:
        opening = "[^" if self._take("^") else "["
        source = "\\-" if self._take("-") else ""
        while not self._take("]"):
            if self._peek() == "-" and self._peek(1) == "]":
                self._next()
                source += "\\-"
            else:
                source += self._class_item()
        if not source:
            raise PatternError("a character class is empty")
        return f"{opening}{source}]"

    def _class_item(self) -> str:
        following = self._peek(1)
        if self._peek() == "\\" and following and following in "pP":
            self._at += 2
            return self._category(following)
        first = self._class_char()
        if self._peek() != "-" or self._peek(1) == "]":
            return re.escape(first)
        self._next()
        last = self._class_char()
        if last < first:
            raise PatternError("a range counts down")
        return f"{re.escape(first)}-{re.escape(last)}"

    def _class_char(self) -> str:
        char = self._next()
        if char in "-[]":
            raise self._unexpected(char)
        return self._escaped(self._next()) if char == "\\" else char

    def _peek(self, ahead: int = 0) -> str:
        """The character ahead, or the empty text at the end."""
        at = self._at + ahead
        return self._pattern[at : at + 1]

    def _next(self) -> str:
        char = self._peek()
        if not char:
            raise PatternError("the pattern ends too early")
        self._at += 1
        return char

    def _take(self, char: str) -> bool:
        taken = self._peek() == char
        self._at += taken
        return taken

    def _unexpected(self, char: str = "") -> PatternError:
        char = char or self._peek()
        if not char:
            return PatternError("the pattern ends too early")
        return PatternError(f"{char} at {self._at} is not I-Regexp (RFC 9485)")


def _class_source(ranges: Ranges) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
