import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import SchemaValidator, ValidationError, core_schema

from mizan.core.annotation_pattern import NoPatternError, contract_pattern
from mizan.core.regexp import compile_pattern


@pytest.mark.parametrize(
    ("source", "pattern"),
    [
        ("^[a-z]+$", "[a-z]+"),
        (r"\A[a-z]\Z", "[a-z]"),
        ("[a-z]", r"(.|[\n\r])*[a-z](.|[\n\r])*"),
        ("^a", r"a(.|[\n\r])*"),
        (r"a\$$", r"(.|[\n\r])*a$"),
        (r"^\d{2}[\d\w]$", "[0-9]{2}[0-9A-Za-z0-9_]"),
        ("^(?:a|b)+?$", "(a|b)+"),
        (r"^\*?$", r"\*?"),
        ("^[[a]$", r"[\[a]"),
        (r"^a\/b\-$", r"a/b\-"),
        ("a|b", r"(.|[\n\r])*(a|b)(.|[\n\r])*"),
        ("^(a|b)$", "(a|b)"),
        ("^[a|b]$", "[a|b]"),
        (r"^a\|b$", r"a\|b"),
    ],
)
def test_patterns(source: str, pattern: str) -> None:
    assert contract_pattern(source) == pattern


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("(?=a)b", "looks around"),
        ("(?P<name>a)", "names itself"),
        ("(?i)a", "sets flags"),
        ("^a|b$", "an alternative outside of a group"),
        ("a^b", "an anchor inside of it"),
        ("a$b", "an anchor inside of it"),
        (r"\s", "I-Regexp"),
        (r"\bword", "I-Regexp"),
        (r"(a)\1", "I-Regexp"),
        ("a{2", "I-Regexp"),
        ("[a", "I-Regexp"),
        ("a\\", "I-Regexp"),
    ],
)
def test_what_is_no_i_regexp(source: str, why: str) -> None:
    with pytest.raises(NoPatternError, match=why):
        contract_pattern(source)


_atoms = st.sampled_from(
    ["a", "b", "[ab]", "[^a]", r"\d", r"\w", ".", r"\.", r"\$", "(?:a|b)", "(ab)", r"\|"]
)
_parts = st.builds(str.__add__, _atoms, st.sampled_from(["", "", "*", "+", "?", "{1,2}", "+?", "*?"]))
_sources = st.builds(
    lambda start, parts, end: f"{start}{''.join(parts)}{end}",
    st.sampled_from(["", "^", r"\A"]),
    st.lists(_parts, min_size=1, max_size=4),
    st.sampled_from(["", "$", r"\z"]),
)


@given(_sources, st.text("ab1.$|_ \n", max_size=6))
def test_matches_what_pydantic_finds(source: str, text: str) -> None:
    ours = compile_pattern(contract_pattern(source)).fullmatch(text) is not None
    try:
        SchemaValidator(core_schema.str_schema(pattern=source)).validate_python(text)
    except ValidationError:
        assert not ours
    else:
        assert ours
