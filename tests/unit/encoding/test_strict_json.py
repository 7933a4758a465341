from __future__ import annotations

import json
from typing import Any

import pytest

from atesto import limits
from atesto.encoding.strict_json import json_type, parse_json, parse_json_object
from atesto.errors import MalformedInput


def refusal(text: str | bytes) -> MalformedInput:
    with pytest.raises(MalformedInput) as refused:
        parse_json(text if isinstance(text, bytes) else text.encode())
    return refused.value


def code_and_pointer(text: str | bytes) -> tuple[str, str]:
    error = refusal(text)
    return error.code, error.pointer


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1.5",
        '""',
        "[]",
        "{}",
        ' \t\r\n[1, "a", {"b": [null]}]\n',
        '{"a":{"a":1},"b":{"a":1}}',
        '"\\u00e9\\ud83d\\ude00"',
        '"\\\\\\""',
    ],
)
def test_what_is_read_is_what_was_sent(text: str) -> None:
    value = parse_json(text.encode())
    assert value == json.loads(text)
    assert type(value) is type(json.loads(text))


class TestSize:
    def test_the_largest_text_is_read_and_no_larger_one(self) -> None:
        assert parse_json(b"[1,2]", max_bytes=5) == [1, 2]
        with pytest.raises(MalformedInput, match="The text has 6 bytes; at most 5 are read") as refused:
            parse_json(b"[1,2] ", max_bytes=5)
        assert refused.value.code == "json.too_large"

    def test_the_bound_that_holds_unless_another_is_given(self) -> None:
        text = b" " * (limits.MAX_JSON_BYTES - 1) + b"1"
        assert parse_json(text) == 1
        assert refusal(text + b" ").code == "json.too_large"
        with pytest.raises(MalformedInput) as refused:
            parse_json_object(b"{}" + b" " * limits.MAX_JSON_BYTES)
        assert refused.value.code == "json.too_large"

    def test_an_object_has_the_bound_that_was_given(self) -> None:
        assert parse_json_object(b"{}", max_bytes=2) == {}
        with pytest.raises(MalformedInput) as refused:
            parse_json_object(b"{ }", max_bytes=2)
        assert refused.value.code == "json.too_large"


class TestText:
    def test_a_byte_order_mark(self) -> None:
        error = refusal(b"\xef\xbb\xbf{}")
        assert error.code == "json.not_utf8"
        assert "byte order mark" in error.detail

    @pytest.mark.parametrize(
        ("data", "at"),
        [(b"\xff", 0), (b'"a\xe9"', 2), (b'"\xed\xa0\x80"', 1), (b'"\xc0\xaf"', 1), ('{"a":1}'.encode("utf-16-le") + b"\xff\xdf", 14)],
    )
    def test_not_utf_8(self, data: bytes, at: int) -> None:
        error = refusal(data)
        assert error.code == "json.not_utf8"
        assert error.detail == f"Byte {at} is not UTF-8."


class TestStructure:
    @pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
    def test_the_deepest_nesting(self, opening: str, closing: str) -> None:
        depth = limits.MAX_JSON_DEPTH
        middle = "1" if opening != "[" else ""
        parse_json((opening * depth + middle + closing * depth).encode())
        error = refusal(opening * (depth + 1) + middle + closing * (depth + 1))
        assert error.code == "json.too_deep"
        assert error.detail == f"Nested deeper than {depth} levels."

    def test_depth_is_counted_per_branch(self) -> None:
        branch = "[" * (limits.MAX_JSON_DEPTH - 1) + "]" * (limits.MAX_JSON_DEPTH - 1)
        parse_json(f"[{branch},{branch}]".encode())
        objects = '{"a":' * (limits.MAX_JSON_DEPTH - 1) + "1" + "}" * (limits.MAX_JSON_DEPTH - 1)
        parse_json(f"[{objects},{objects}]".encode())

    def test_what_was_closed_earlier_does_not_pay_for_what_opens_later(self) -> None:
        deep = "[" * limits.MAX_JSON_DEPTH + "]" * limits.MAX_JSON_DEPTH
        assert refusal("[" + "[]," * 80 + deep + "]").code == "json.too_deep"
        assert refusal("[" + "{}," * 80 + deep + "]").code == "json.too_deep"

    @pytest.mark.parametrize("string", ["[" * 100, "{" * 100, '\\"' + "[" * 100, "\\\\", "\\u005b" * 100, "," * 60_000])
    def test_brackets_and_commas_in_strings_do_not_count(self, string: str) -> None:
        assert parse_json(f'["{string}"]'.encode()) == json.loads(f'["{string}"]')
        assert parse_json(f'{{"{string}":1}}'.encode()) == json.loads(f'{{"{string}":1}}')

    def test_a_string_ends_where_its_quote_is_not_escaped(self) -> None:
        assert refusal('["\\\\"' + "[" * 100).code == "json.too_deep"

    def test_an_unclosed_string(self) -> None:
        assert refusal('["' + "[" * 100).code == "json.invalid"
        assert refusal('["\\').code == "json.invalid"

    def test_the_most_members_and_items(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # One array, two objects, two commas: five.
        text = '[{"a":1,"b":2},{}]'
        monkeypatch.setattr(limits, "MAX_JSON_ITEMS", 5)
        parse_json(text.encode())
        monkeypatch.setattr(limits, "MAX_JSON_ITEMS", 4)
        error = refusal(text)
        assert error.code == "json.too_many_items"
        assert error.detail == "More than 4 members and items."

    def test_a_bomb_is_refused_before_it_is_built(self) -> None:
        assert refusal("[" * 100_000).code == "json.too_deep"
        assert refusal("[" + "1," * 400_000 + "1]").code == "json.too_many_items"


class TestGrammar:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "{",
            "]",
            "[1,]",
            '{"a":1,}',
            "{'a':1}",
            "{a:1}",
            "01",
            "1.",
            ".5",
            "+1",
            "0x1",
            "1e",
            "tru",
            "[1 2]",
            '"\n"',
            '"\t"',
            '"\\x"',
            '"\\u00"',
            "[]x",
            "{}{}",
            "// a\n1",
        ],
    )
    def test_not_json(self, text: str) -> None:
        assert code_and_pointer(text) == ("json.invalid", "")

    def test_where_it_stops_being_json_is_said(self) -> None:
        assert refusal('{\n  "a": 1,\n  b: 2}').detail.startswith("At line 3, column 3: ")

    @pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
    def test_constants_of_other_languages(self, constant: str) -> None:
        error = refusal(f'{{"a":[1,{constant}]}}')
        assert (error.code, error.pointer) == ("json.invalid", "/a/1")
        assert error.detail == f"{constant} is not a JSON number."


class TestNumbers:
    @pytest.mark.parametrize(
        "text", ["9007199254740991", "-9007199254740991", "1e308", "-1.7976931348623157e308", "1e-400", "0." + "1" * 30]
    )
    def test_in_range(self, text: str) -> None:
        value = parse_json(text.encode())
        assert value == json.loads(text)
        assert type(value) is type(json.loads(text))

    @pytest.mark.parametrize("text", ["9007199254740992", "-9007199254740992", "1" + "0" * 31])
    def test_integers_beyond_exact_doubles(self, text: str) -> None:
        error = refusal(f'{{"a":{{"b":[0,{text}]}}}}')
        assert (error.code, error.pointer) == ("json.number_out_of_range", "/a/b/1")
        assert error.detail == f"The integer {text} is beyond 2^53-1."

    @pytest.mark.parametrize("text", ["1e309", "-1e400", "1E999"])
    def test_numbers_beyond_doubles(self, text: str) -> None:
        error = refusal(f'[{{"x":{text}}}]')
        assert (error.code, error.pointer) == ("json.number_out_of_range", "/0/x")
        assert error.detail == f"The number {text} is beyond a double."

    @pytest.mark.parametrize("text", ["0." + "1" * 31, "1" * 33, "1e" + "0" * 31, "1E" + "0" * 31])
    def test_long_tokens(self, text: str) -> None:
        error = refusal(f"[1,2,{text}]")
        assert (error.code, error.pointer) == ("json.number_out_of_range", "/2")
        assert error.detail == f"A number has 33 characters; at most {limits.MAX_NUMBER_CHARACTERS} are read."

    def test_the_longest_tokens(self) -> None:
        assert parse_json(("0." + "1" * 30).encode()) == float("0." + "1" * 30)
        assert "beyond 2^53-1" in refusal("1" * 32).detail

    def test_the_first_of_two_faults_is_named(self) -> None:
        assert code_and_pointer('{"a":1,"b":9007199254740992,"c":1e999}') == ("json.number_out_of_range", "/b")
        assert code_and_pointer('{"b":1e999,"c":9007199254740992}') == ("json.number_out_of_range", "/b")
        assert code_and_pointer('{"a":{"x":1,"x":2},"b":1e999}') == ("json.duplicate_member", "/a/x")
        assert code_and_pointer('{"b":1e999,"a":{"x":1,"x":2}}') == ("json.number_out_of_range", "/b")
        assert code_and_pointer('[{"x":1,"x":[1e999]}]') == ("json.number_out_of_range", "/0/x/0")


class TestMembers:
    @pytest.mark.parametrize(
        ("text", "pointer", "shown"),
        [
            ('{"a":1,"a":1}', "/a", '"a"'),
            ('[0,{"p":{"a":1,"b":2,"b":3}}]', "/1/p/b", '"b"'),
            ('{"a/b":1,"a\\u002fb":2}', "/a~1b", '"a/b"'),
            ('{"":1,"":2}', "/", '""'),
            ('{"a":1,"b":2,"c":3,"b":4,"a":5}', "/b", '"b"'),
            ('{"\\u00e9":1,"é":2}', "/é", '"\\u00e9"'),
            ('{"outer":{"x":1,"x":2},"y":{"z":1,"z":1}}', "/outer/x", '"x"'),
        ],
    )
    def test_a_repeated_member(self, text: str, pointer: str, shown: str) -> None:
        error = refusal(text)
        assert (error.code, error.pointer) == ("json.duplicate_member", pointer)
        assert error.detail == f"The member {shown} stands twice in one object."

    def test_pointer_and_sentence_name_the_same_member(self) -> None:
        error = refusal('{"a":1,"a":{"b":1,"b":2}}')
        assert (error.code, error.pointer) == ("json.duplicate_member", "/a/b")
        assert '"b"' in error.detail
        # Where the member that holds the fault is itself overwritten, only the whole document can be pointed at.
        assert code_and_pointer('{"a":{"b":1,"b":2},"a":1}') == ("json.duplicate_member", "")

    def test_a_long_name_is_cut_in_the_sentence(self) -> None:
        name = "n" * 90
        error = refusal(f'{{"{name}":1,"{name}":2}}')
        assert error.detail == f'The member "{"n" * 80}" stands twice in one object.'

    def test_names_that_differ_in_form_only_are_two_members(self) -> None:
        assert parse_json('{"\u00e9":1,"e\u0301":2,"E":3,"e":4}'.encode()) == {"\u00e9": 1, "e\u0301": 2, "E": 3, "e": 4}


class TestCharacters:
    @pytest.mark.parametrize("escape", ["\\ud800", "\\udbff", "\\udc00", "\\udfff", "\\ud83dx", "\\ude00\\ud83d"])
    def test_half_a_character(self, escape: str) -> None:
        for text, pointer in ((f'{{"a":["x","{escape}"]}}', "/a/1"), (f'{{"a":{{"k{escape}":1}}}}', "/a"), (f'"{escape}"', "")):
            error = refusal(text)
            assert (error.code, error.pointer) == ("json.lone_surrogate", pointer)
            assert error.detail == "A string holds a lone surrogate."

    def test_nul(self) -> None:
        for text, pointer in (('{"a":["x","b\\u0000"]}', "/a/1"), ('{"a":{"k\\u0000":1}}', "/a"), ('"\\u0000"', "")):
            error = refusal(text)
            assert (error.code, error.pointer) == ("json.nul_character", pointer)
            assert error.detail == "A string holds U+0000."

    def test_the_first_one_in_reading_order_is_named(self) -> None:
        assert code_and_pointer('{"a":"x","b":["y","\\u0000"],"c":"\\ud800"}') == ("json.nul_character", "/b/1")
        assert code_and_pointer('{"a":"x","b":{"y":"\\ud800"},"c":"\\u0000"}') == ("json.lone_surrogate", "/b/y")
        assert code_and_pointer('["\\ud800","\\u0000"]') == ("json.lone_surrogate", "/0")

    def test_neighbours_of_the_refused_ones(self) -> None:
        assert parse_json(b'"\\u0001\\ud7ff\\ue000\\ud800\\udc00\\uffff"') == "\x01\ud7ff\ue000\U00010000\uffff"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        (True, "a boolean"),
        (False, "a boolean"),
        (1, "a number"),
        (1.5, "a number"),
        ("", "a string"),
        ([], "an array"),
        ({}, "an object"),
    ],
)
def test_the_name_of_a_type(value: Any, name: str) -> None:
    assert json_type(value) == name


@pytest.mark.parametrize(
    ("text", "name"), [("[]", "an array"), ("1", "a number"), ("null", "null"), ('"{}"', "a string"), ("true", "a boolean")]
)
def test_an_object_was_expected(text: str, name: str) -> None:
    with pytest.raises(MalformedInput) as refused:
        parse_json_object(text.encode())
    assert refused.value.code == "json.not_an_object"
    assert refused.value.detail == f"A JSON object was expected, this is {name}."
    assert parse_json_object(b'{"a":[1]}') == {"a": [1]}
