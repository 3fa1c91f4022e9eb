"""What is offered as a quote after it was pasted, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.content.blocks.quote import Quote
from editor.content.blocks.text import Text
from editor.content.pasted_quote import LONGEST, parted, quotation
from tests.content.strategies import words

TEN = "We need ten pumps."
WHO, WHAT = "River engineer", "city waterworks"

# As it was pasted; the words, the speaker, the role.
QUOTES = [
    (f"“{TEN}” — {WHO}, {WHAT}", TEN, WHO, WHAT),
    (f'"{TEN}" - {WHO}, {WHAT}', TEN, WHO, WHAT),
    (f'"{TEN}" -- {WHO}', TEN, WHO, ""),
    (f'"{TEN}" --- {WHO}', TEN, WHO, ""),
    (f"“{TEN}” – {WHO}", TEN, WHO, ""),
    (f"“{TEN}”—{WHO}", TEN, WHO, ""),
    (f"“{TEN}” ― {WHO}", TEN, WHO, ""),
    (f"‘{TEN}’ — {WHO}", TEN, WHO, ""),
    (f"«{TEN}» — {WHO}", TEN, WHO, ""),
    (f"« {TEN} » — {WHO}", TEN, WHO, ""),
    (f"»{TEN}« — {WHO}", TEN, WHO, ""),
    (f"‹{TEN}› — {WHO}", TEN, WHO, ""),
    (f"›{TEN}‹ — {WHO}", TEN, WHO, ""),
    (f"„{TEN}“ — {WHO}", TEN, WHO, ""),
    (f"„{TEN}” – {WHO}", TEN, WHO, ""),
    (f"‚{TEN}‘ — {WHO}", TEN, WHO, ""),
    (f"”{TEN}” – {WHO}", TEN, WHO, ""),
    (f"「{TEN}」— {WHO}", TEN, WHO, ""),
    (f"『{TEN}』— {WHO}", TEN, WHO, ""),
    (f"“{TEN}”\n— {WHO}, {WHAT}", TEN, WHO, WHAT),
    (f"“{TEN}”\n\n— {WHO}, {WHAT}\n", TEN, WHO, WHAT),
    (f"“{TEN}”\r\n- {WHO}", TEN, WHO, ""),
    (f"“{TEN}” — {WHO},\n{WHAT}", TEN, WHO, WHAT),
    (f"  “{TEN}” — {WHO}  ", TEN, WHO, ""),
    (f"“{TEN}” — {WHO}, {WHAT}.", TEN, WHO, WHAT),
    ("“We need ten,” — Mayor", "We need ten", "Mayor", ""),
    ("“We need ten”. — Mayor", "We need ten", "Mayor", ""),
    ("“One.\n\n“Two.” — Mayor", "One.\n\nTwo.", "Mayor", ""),
    ("“She said “go” to us.” — Pilot", "She said “go” to us.", "Pilot", ""),
    ("“She said ‘go’ to us.” — Pilot", "She said ‘go’ to us.", "Pilot", ""),
    ("‘We don’t know, and can’t.’ — Pilot", "We don’t know, and can’t.", "Pilot", ""),
    ("“Ten.” — A. B. Example, Ph.D.", "Ten.", "A. B. Example", "Ph.D."),
    ("“Ten.” — Dr. Example, head of surgery", "Ten.", "Dr. Example", "head of surgery"),
    ("“Ten.” — Niamh O’Example", "Ten.", "Niamh O’Example", ""),
    ("“Ten.” — Example-Smith, MP", "Ten.", "Example-Smith", "MP"),
    ("“Ten.” — Ana Example (mayor)", "Ten.", "Ana Example", "mayor"),
    ("“Ten.” — a nurse at the district hospital", "Ten.", "a nurse at the district hospital", ""),
    ("“Ten.” — the mayor’s office", "Ten.", "the mayor’s office", ""),
    ("“Ten.” — UNHCR", "Ten.", "UNHCR", ""),
    ("“Ten!” — Coach, 3rd district, north bank", "Ten!", "Coach", "3rd district, north bank"),
    (f"{WHO}, {WHAT}: “{TEN}”", TEN, WHO, WHAT),
    (f'{WHO}: "{TEN}"', TEN, WHO, ""),
    (f"{WHO} ({WHAT}): “{TEN}”", TEN, WHO, WHAT),
    (f"{WHO}, {WHAT} (by phone): “{TEN}”", TEN, WHO, WHAT),
    (f"{WHO}:\n“{TEN}”", TEN, WHO, ""),
    ("Mayor: “We will not order a second evacuation tonight”", None, "Mayor", ""),
    ("Bürgermeisterin: „Wir bleiben hier.“", "Wir bleiben hier.", "Bürgermeisterin", ""),
    (
        "„Tíz szivattyú kell.” – Vízügyi mérnök, városi művek",
        None,
        "Vízügyi mérnök",
        "városi művek",
    ),
    ("Le maire : « Nous restons. »", "Nous restons.", "Le maire", ""),
    ("« Nous restons. » – Le maire, devant l’école", "Nous restons.", "Le maire", "devant l’école"),
    ("El alcalde: «Nos quedamos».", "Nos quedamos", "El alcalde", ""),
    ("«Нужно десять насосов». — Инженер, горводоканал", None, "Инженер", "горводоканал"),
    ("„Zostajemy.” — Burmistrz", "Zostajemy.", "Burmistrz", ""),
    ("”Vi stannar.” – Borgmästaren", "Vi stannar.", "Borgmästaren", ""),
    ("«نحتاج إلى عشر مضخات.» — مهندس النهر، مياه المدينة", None, "مهندس النهر", "مياه المدينة"),
    ("“نحتاج إلى عشر مضخات.” — مهندس النهر", None, "مهندس النهر", ""),
    ("مهندس النهر: «نحتاج إلى عشر مضخات.»", None, "مهندس النهر", ""),
    ("\u200f«نحتاج إلى عشر.»\u200f — مهندس النهر\u200f", "نحتاج إلى عشر.", "مهندس النهر", ""),
    ("«ده پمپ لازم داریم.» — مهندس رودخانه، آب شهر", None, "مهندس رودخانه", "آب شهر"),
    ('מהנדס הנהר: "צה"ל הביא עשר משאבות."', 'צה"ל הביא עשר משאבות.', "מהנדס הנהר", ""),
    ("״דרושות עשר משאבות.״ — מהנדס הנהר, מפעל המים", None, "מהנדס הנהר", "מפעל המים"),
    ("„דרושות עשר משאבות.” – מהנדס הנהר", None, "מהנדס הנהר", ""),
    ("“हमें दस पंप चाहिए।” — नदी इंजीनियर, नगर जल बोर्ड", None, "नदी इंजीनियर", "नगर जल बोर्ड"),
    ("नदी इंजीनियर: “हमें दस पंप चाहिए।”", None, "नदी इंजीनियर", ""),
    ("“我们需要十台水泵。”——河道工程师，市自来水厂", None, "河道工程师", "市自来水厂"),
    ("市长：「今晚不撤离。」", "今晚不撤离。", "市长", ""),
    ("河道工程师：“我们需要十台水泵。”", "我们需要十台水泵。", "河道工程师", ""),
    ("「ポンプが十台必要だ」— 河川技師、市水道局", None, "河川技師", "市水道局"),
    ("『残ります』――市長", "残ります", "市長", ""),
    ("“펌프 열 대가 필요합니다.” — 하천 기술자, 시 수도국", None, "하천 기술자", "시 수도국"),
    ("“Ten 🌊.” — Ana Example", "Ten 🌊.", "Ana Example", ""),
]

ALONE = [
    "",
    "We need ten pumps.",
    "“We need ten pumps.”",
    "“We need ten pumps,” said the engineer.",
    "“We need ten pumps,” the engineer said — and left.",
    "“We need ten pumps” — that is what everyone here says.",
    "“We need ten pumps” — This is what we hear.",
    "“We need ten pumps” — said the engineer",
    "“We need ten pumps” — The engineer said so on Tuesday",
    "“We need ten pumps” — Nobody came. Then it rained.",
    "„Tíz szivattyú kell” – mondta a mérnök.",
    "«Nous restons», a déclaré le maire.",
    "«Nos quedamos» — dijo el alcalde",
    "«Зенит» — «Спартак» 2:1",
    "«Зенит» — чемпион.",
    "«نحتاج إلى عشر» — قال المهندس",
    "قال المهندس: «نحتاج إلى عشر»",
    'אמר המהנדס: "דרושות עשר"',
    "市长说：「今晚不撤离。」",
    "The mayor said: “We stay.”",
    "The mayor told reporters: “We stay.”",
    "“One” and “two” — Mayor",
    "“One” — “Two”",
    '"key": "value"',
    'name: "value"',
    'Title: "Ten pumps"',
    "Correction: “ten” should be “twelve”",
    "Note: “ten” is an estimate.",
    "14:20: “We stay.”",
    "“Open” – 9:00",
    '"foo" -- bar',
    'x = "abc" -- a comment',
    'SELECT "a" -- Names',
    "“We stay.” — https://example.org/statement",
    "“We stay.” — @mayor",
    "“We stay.” —",
    "— Mayor",
    "“We stay. — Mayor",
    "We stay.” — Mayor",
    "“” — Mayor",
    "“…” — Mayor",
    "The road is closed – “indefinitely”",
    "Ten pumps – Mayor",
    "5'10\" – 6'",
    "“We stay.” — Mayor\n\nThe water rose again in the night.",
    "The water rose.\n\n“We stay.” — Mayor",
    "“We stay.” — " + "very " * 40 + "long",
    "https://example.org/“a”",
]


@pytest.mark.parametrize(("pasted", "said", "speaker", "role"), QUOTES)
def test_words_in_quotation_marks_with_a_name_are_a_quote(
    pasted: str, said: str | None, speaker: str, role: str
) -> None:
    found = quotation(pasted)
    assert found is not None
    assert (found.speaker, found.role) == (speaker, role)
    assert found.text == said if said is not None else found.text in pasted


@pytest.mark.parametrize("pasted", ALONE)
def test_what_only_looks_like_a_quote_is_left_alone(pasted: str) -> None:
    assert quotation(pasted) is None


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len({case[0] for case in QUOTES}) >= 60
    assert len(set(ALONE)) >= 30


def test_how_the_words_were_obtained_stands_in_brackets_behind_the_role() -> None:
    found = quotation(f"“{TEN}” — {WHO}, {WHAT} (by phone)")
    assert found == Quote(text=TEN, speaker=WHO, role=WHAT, how="by phone")


QUOTE = Quote(text=TEN, speaker=WHO)


@pytest.mark.parametrize(
    ("texts", "made"),
    [
        (["in"], ["Q"]),
        (["Before.\n\nin"], ["Before.", "Q"]),
        (["in\n\nAfter."], ["Q", "After."]),
        (["Before.\nin\nAfter."], ["Before.", "Q", "After."]),
        (["One.", "in", "Two."], ["One.", "Q", "Two."]),
        (["Before in"], None),
        (["in after"], None),
        (["Other."], None),
        ([], None),
    ],
)
def test_a_paragraph_of_its_own_becomes_the_quote_and_the_rest_stays(
    texts: list[str], made: list[str] | None
) -> None:
    pasted = f"“{TEN}” — {WHO}"
    body = [
        Text(text=text.replace("in", pasted, 1) if "in" in text.split() else text) for text in texts
    ]
    whole = None if made is None else tuple(QUOTE if t == "Q" else Text(text=t) for t in made)
    assert parted(body, f"{pasted}\n", QUOTE) == whole


def test_a_whole_article_is_no_quote() -> None:
    assert quotation("“" + "a" * LONGEST + "” — Mayor") is None


@given(st.one_of(words, st.text(max_size=60), st.text('“”„"«»「」—- :,.aA\n', max_size=40)))
def test_any_text_is_a_quote_with_words_and_a_speaker_or_none(text: str) -> None:
    found = quotation(text)
    assert found is None or (found.text.strip() and found.is_attributed)
