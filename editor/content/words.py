"""The few words that blocks put on the reader's page themselves, by the page's language.

They belong to what is published, not to the program's own translations: a French live blog is French whatever
language its writer's laptop speaks.
"""

from __future__ import annotations

import msgspec


class Words(msgspec.Struct, frozen=True):
    """``kept`` has a gap ``{time}``."""

    photograph: str
    kept: str
    open_post: str
    source: str


_WORDS = {
    "en": Words("Photograph", "Text kept at {time}.", "Open the post", "Source"),
    "ar": Words("الصورة", "حُفظ النص في {time}.", "افتح المنشور", "المصدر"),
    "de": Words("Foto", "Text gesichert um {time}.", "Beitrag öffnen", "Quelle"),
    "es": Words("Fotografía", "Texto guardado a las {time}.", "Abrir la publicación", "Fuente"),
    "fa": Words("عکس", "متن در {time} نگه داشته شد.", "باز کردن پست", "منبع"),
    "fr": Words("Photographie", "Texte conservé à {time}.", "Ouvrir la publication", "Source"),
    "he": Words("צילום", "הטקסט נשמר בשעה {time}.", "פתיחת הפוסט", "מקור"),
    "hi": Words("फ़ोटो", "पाठ {time} पर सहेजा गया।", "पोस्ट खोलें", "स्रोत"),
    "hu": Words("Fotó", "A szöveg mentve: {time}.", "A bejegyzés megnyitása", "Forrás"),
    "zh": Words("摄影", "文字保存于{time}。", "打开原帖", "来源"),
}


def words(language: str) -> Words:
    """The words for a language tag (``fr-CA`` is French); English for a language that is not here."""
    return _WORDS.get(language.partition("-")[0].lower(), _WORDS["en"])
