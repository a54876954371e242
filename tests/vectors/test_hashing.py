"""The hashing embedder gives the same vectors everywhere, of length 1, and near ones for texts that share words."""

from __future__ import annotations

import hashlib
import itertools
import math
import os
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.vectors.embedders.embedder import Vector, padded
from console.vectors.embedders.hashing import DIMENSIONS, HashingEmbedder, words
from tests.vectors.subjects import DOCUMENTS, QUESTIONS

TEXT = "Crème brûlée: whisk the cream, then anchor the sailing boat twice, twice."
KNOWN = [
    -0.196116135138,
    -0.759554525313,
    0.0,
    0.196116135138,
    -0.392232270276,
    0.196116135138,
    0.0,
    0.0,
    0.0,
    0.196116135138,
    0.196116135138,
    0.196116135138,
    0.0,
    0.0,
    0.0,
    0.196116135138,
]
DIGEST = "6ad1cb75addfceb1"


def embed(text: str, dimensions: int = DIMENSIONS) -> Vector:
    [vector] = HashingEmbedder(dimensions).vectors([text])
    assert vector is not None
    return vector


def cosine(one: Vector, other: Vector) -> float:
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def digest(vector: Vector) -> str:
    return hashlib.sha256(struct.pack(f"<{len(vector)}d", *vector)).hexdigest()[:16]


class TestSameEverywhere:
    """The values below were computed once. Who changes the embedder changes them, and fills every column anew."""

    def test_known_components(self) -> None:
        vector = embed("anchor", 16)
        assert [round(value, 12) for value in vector] == KNOWN

    def test_known_to_the_last_bit(self) -> None:
        assert digest(embed(TEXT)) == DIGEST

    @pytest.mark.parametrize("seed", ["0", "1", "4711"])
    def test_another_process_computes_the_same(self, seed: str) -> None:
        """Python's own hash() of a text differs from process to process."""
        code = f"from tests.vectors.test_hashing import *; print(digest(embed({TEXT!r})))"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        root = Path(__file__).parents[2]
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == DIGEST

    def test_the_order_of_texts_does_not_matter(self) -> None:
        texts = [document for documents in DOCUMENTS.values() for document in documents]
        together = HashingEmbedder().vectors(texts)
        assert together == [embed(text) for text in reversed(texts)][::-1]

    @pytest.mark.parametrize("other", [TEXT.upper(), TEXT.replace("è", "e\u0300"), TEXT.replace(" ", "\n\t ")])
    def test_case_accents_and_spaces_do_not_matter(self, other: str) -> None:
        assert embed(other) == embed(TEXT)


class TestShape:
    @given(st.text(min_size=1))
    @example("\x80")  # its features leave nothing of each other
    def test_any_text_has_length_one_or_says_nothing(self, text: str) -> None:
        [vector] = HashingEmbedder(64).vectors([text])
        assert (vector is None) == (not list(words(text)))
        assert vector is None or math.isclose(math.sqrt(cosine(vector, vector)), 1)

    @pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0\u2003"])
    def test_a_text_that_says_nothing_has_no_vector(self, text: str) -> None:
        assert HashingEmbedder().vectors([text]) == [None]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("⛵", id="emoji"),
            pytest.param("🧑\u200d🚀 🧑\u200d🚀", id="joined emoji"),
            pytest.param("to be or not to be", id="stop words"),
            pytest.param("?!", id="signs"),
            pytest.param("\udcff lone", id="surrogate"),
            pytest.param("x" * 1_000_000, id="a word of 1 MB"),
            pytest.param("wörd " * 200_000, id="1 MB"),
            pytest.param("日本語の文章", id="Japanese"),
        ],
    )
    def test_odd_texts_have_one(self, text: str) -> None:
        vector = embed(text)
        assert len(vector) == DIMENSIONS
        assert math.isclose(cosine(vector, vector), 1)

    def test_padding_keeps_every_cosine(self) -> None:
        texts = [documents[0] for documents in DOCUMENTS.values()]
        for one, other in itertools.combinations(texts, 2):
            short, long = cosine(embed(one), embed(other)), cosine(padded(embed(one), 1536), padded(embed(other), 1536))
            assert short == long
        with pytest.raises(ValueError, match="1024 dimensions does not fit into 512"):
            padded(embed(TEXT), 512)


class TestNearness:
    @pytest.mark.parametrize(
        ("text", "near", "far"),
        [
            ("anchor", "anchoring", "baking"),
            ("running", "she runs", "she swims"),
            ("vaccines", "vaccination", "vacation in the mountains"),
            ("the cost of the model", "model costs", "the colour of the house"),
        ],
    )
    def test_words_of_one_stem_are_nearer_than_others(self, text: str, near: str, far: str) -> None:
        assert cosine(embed(text), embed(near)) > cosine(embed(text), embed(far)) + 0.15

    def test_words_that_are_everywhere_tell_little(self) -> None:
        one, other = "it is about the sails of a boat", "it is about the price of a loan"
        assert cosine(embed(one), embed(other)) < 0.2

    @pytest.mark.parametrize("subject", DOCUMENTS)
    def test_a_subject_keeps_together(self, subject: str) -> None:
        mine = [embed(text) for text in DOCUMENTS[subject]]
        others = [embed(text) for name, texts in DOCUMENTS.items() if name != subject for text in texts]
        inside = [cosine(one, other) for one, other in itertools.combinations(mine, 2)]
        outside = [cosine(one, other) for one in mine for other in others]
        assert sum(inside) / len(inside) > 2 * sum(outside) / len(outside)

    def test_questions_find_their_subject(self) -> None:
        """Not all of them: it knows words, no meanings. The figures are in the decision."""
        documents = [(name, embed(text)) for name, texts in DOCUMENTS.items() for text in texts]
        first, three = 0, 0
        for question, subject in QUESTIONS:
            asked = embed(question)
            best = sorted(documents, key=lambda document: -cosine(asked, document[1]))[:3]
            first += best[0][0] == subject
            three += sum(name == subject for name, _ in best)
        assert first >= 15
        assert three >= 36


def test_two_thousand_texts_take_a_moment() -> None:
    vocabulary = [hashlib.sha256(f"{number}".encode()).hexdigest()[: 3 + number % 8] for number in range(20_000)]
    texts = [
        " ".join(vocabulary[(start * 7919 + place * 31) % 20_000] for place in range(50)) for start in range(2_000)
    ]
    began = time.process_time()
    assert len(HashingEmbedder().vectors(texts)) == 2_000
    assert time.process_time() - began < 15, "it takes 0.9 s on a quiet machine of two cores"
