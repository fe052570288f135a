"""Writes src/core/python/condition/cpython-answers.jsonl.gz: what CPython answers to random conditions.

Run once, by hand: `python3 tools/make-condition-answers.py`. The same Python writes the same file. The first
line names the Python; every other line is [expression, scope, answer], the scope being the values of NAMES in
that order. The answer is ["value", v]; ["error", type, message]; ["refused"] for what does not compile, or only
with a warning about a literal; ["float"] or ["large"] for what conditions are not reckoned with: a float on the
way, a whole number beyond 2**53 - 1. It takes Python 3.12 or later: earlier ones let a number stand directly
before a word.
"""

import ast
import gzip
import json
import operator
import platform
import random
import re
import warnings
from pathlib import Path

NAMES = ["num_heads", "seq_world_size", "scatter_idx", "gather_idx", "batch_dim_idx", "get_num_kv_heads()"]
COUNT = 6000
# Conditions from which blanks are taken away, besides.
TIGHT = 1500
LARGEST = 2**53 - 1
TARGET = Path(__file__).parent.parent / "src/core/python/condition/cpython-answers.jsonl.gz"

rng = random.Random(6774)


class Float(Exception):
    """A float came up on the way."""


class Large(Exception):
    """A number beyond LARGEST came up on the way."""


def literal():
    return rng.choice(
        ["0", "1", "2", "3", "4", "5", "7", "8", "16", "64", "0x1F", "0b101", "0o17", "1_000", "00", "0X_ff"]
        + ["True", "False", "None", "4294967296", "9007199254740991", "94906267"]
    )


def leaf():
    return rng.choice(NAMES) if rng.random() < 0.62 else literal()


# How tightly each form binds, loosest first, as in Python's grammar.
OR, AND, NOT, COMPARISON, SUM, TERM, SIGN, POWER, ATOM = range(9)


def at_least(binding, made):
    """The text of `made`, in parentheses where it binds more loosely than its place asks, or at a whim."""
    text, own = made
    return f"({text})" if own < binding or rng.random() < 0.06 else text


def make(depth):
    """A random expression: its text, and how tightly it binds."""
    if depth <= 0:
        return leaf(), ATOM
    below = lambda: make(depth - 1 - int(rng.random() * 2))
    form = rng.choices(
        ["leaf", "or", "and", "not", "comparison", "single", "in", "sum", "term", "sign", "power"],
        [5, 9, 9, 7, 18, 8, 8, 9, 14, 5, 4],
    )[0]
    if form == "or":
        return f"{at_least(OR, below())} or {at_least(AND, below())}", OR
    if form == "and":
        return f"{at_least(AND, below())} and {at_least(NOT, below())}", AND
    if form == "not":
        return f"not {at_least(NOT, below())}", NOT
    if form == "comparison":
        text = at_least(SUM, below())
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            text += f" {rng.choice(['<', '<=', '>', '>=', '==', '!='])} {at_least(SUM, below())}"
        if rng.random() < 0.1:
            text += f" {rng.choice(['in', 'not in'])} {sequence(depth)}"
        return text, COMPARISON
    if form == "single":
        text = f"{at_least(SUM, below())} {rng.choice(['is', 'is not'])} {rng.choice(['None', 'None', 'True', 'False'])}"
        return text, COMPARISON
    if form == "in":
        return f"{at_least(SUM, below())} {rng.choice(['in', 'not in'])} {sequence(depth)}", COMPARISON
    if form == "sum":
        return f"{at_least(SUM, below())} {rng.choice('+-')} {at_least(TERM, below())}", SUM
    if form == "term":
        sign = rng.choice(["*", "//", "%", "%", "%"])
        return f"{at_least(TERM, below())} {sign} {at_least(SIGN, below())}", TERM
    if form == "sign":
        return f"{rng.choice('-+')}{at_least(SIGN, below())}", SIGN
    if form == "power":
        return f"{at_least(ATOM, below())} ** {at_least(SIGN, below())}", POWER
    return leaf(), ATOM


def sequence(depth):
    elements = [at_least(OR, make(depth - 2)) for _ in range(rng.choice([0, 1, 1, 2, 3, 4]))]
    if rng.random() < 0.4:
        return f"[{', '.join(elements)}]"
    return f"({', '.join(elements)}{',' if len(elements) == 1 else ''})"


def scope():
    heads = rng.choice([0, 1, 2, 3, 4, 6, 8, 9, 12, 28, 32, 64, -1, -7, None, True, False])
    size = rng.choice([1, 2, 3, 4, 4, 8, 64, 0, -3, True])
    return [heads, size, rng.choice([0, 1, 2]), rng.choice([0, 1, 2]), rng.choice([0, 1]), rng.choice([None, None, 1, 6, 9])]


class Counted(ast.NodeTransformer):
    """Puts a watch on every sum, so that floats and large numbers are noticed where they come up."""

    def visit_BinOp(self, node):
        self.generic_visit(node)
        name = ast.Constant(type(node.op).__name__)
        return ast.Call(ast.Name("binary_", ast.Load()), [name, node.left, node.right], [])


OPERATORS = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
    "Pow": operator.pow,
}


def binary(name, left, right):
    if name == "Pow" and None not in (left, right) and right > 64 and abs(left) > 1:
        raise Large
    result = OPERATORS[name](left, right)
    if isinstance(result, float):
        raise Float
    if abs(result) > LARGEST:
        raise Large
    return result


def answer(text, values):
    names = {name.removesuffix("()"): value for name, value in zip(NAMES, values)}
    kv_heads = names["get_num_kv_heads"]
    names["get_num_kv_heads"] = lambda: kv_heads
    watched = ast.fix_missing_locations(Counted().visit(ast.parse(text, mode="eval")))
    try:
        value = eval(compile(watched, "condition", "eval"), {"__builtins__": {}, "binary_": binary, **names})
    except Float:
        return ["float"]
    except Large:
        return ["large"]
    except Exception as error:
        watched_answer = ["error", type(error).__name__, str(error)]
        assert watched_answer == plain(text, names)
        return watched_answer
    assert ["value", value] == plain(text, names)
    return ["value", value]


def tightened(text):
    """The same without some of its blanks, which leaves words and numbers side by side."""
    return "".join(sign for sign in text if sign != " " or rng.random() < 0.5)


def answer_tight(text, values):
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "invalid .* literal")
        try:
            compile(text, "condition", "eval")
        except SyntaxError:
            return ["refused"]
    try:
        return answer(text, values)
    except SyntaxError:
        return ["refused"]


def is_of_conditions(text):
    """Whether every word that stands by itself in a text is one that conditions know."""
    known = {name.removesuffix("()") for name in NAMES}
    words = {"and", "or", "not", "in", "is", "None", "True", "False"}
    return all(word in known | words for word in re.findall(r"(?<![0-9A-Za-z_])[A-Za-z_]\w*", text))


def plain(text, names):
    """The same without a watch: Python alone."""
    try:
        return ["value", eval(text, {"__builtins__": {}, **names})]
    except Exception as error:
        return ["error", type(error).__name__, str(error)]


def main():
    warnings.simplefilter("ignore")
    lines = [json.dumps({"python": platform.python_version(), "names": NAMES})]
    seen = set()
    while len(lines) <= COUNT:
        text = make(rng.choice([1, 2, 2, 3, 3, 4, 5]))[0]
        if text in seen or len(text) > 300:
            continue
        seen.add(text)
        values = scope()
        lines.append(json.dumps([text, values, answer(text, values)], separators=(",", ":")))
    while len(lines) <= COUNT + TIGHT:
        text = tightened(make(rng.choice([1, 2, 2, 3]))[0])
        if text in seen or len(text) > 300 or not is_of_conditions(text):
            continue
        seen.add(text)
        values = scope()
        lines.append(json.dumps([text, values, answer_tight(text, values)], separators=(",", ":")))
    TARGET.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    print(f"{len(lines) - 1} conditions, {TARGET.stat().st_size} bytes")


main()
