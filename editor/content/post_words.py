"""What a post's card says itself on the reader's page, in the page's language."""

from __future__ import annotations

import msgspec


class PostWords(msgspec.Struct, frozen=True):
    """``load``, ``learns``, ``learns_site`` and ``title`` have a gap ``{name}``, ``edited`` a gap ``{time}``.

    ``pictures`` are the words for a picture, a film, a sound and another file in a post.
    """

    load: str
    learns: str
    learns_site: str
    close: str
    title: str
    pictures: tuple[str, str, str, str]
    edited: str
    changed: str
    gone: str
    colon: str = ": "

    def medium(self, kind: str) -> str:
        """The word for a kind of medium."""
        at = KINDS.index(kind) if kind in KINDS else len(KINDS) - 1
        return self.pictures[at]


KINDS = ("image", "video", "audio", "file")

_WORDS = {
    "en": PostWords(
        "Load the post from {name}.",
        "{name} will learn your address.",
        "{name} will learn your address and which site you came from.",
        "Close the post",
        "Post on {name}",
        ("Picture", "Video", "Sound", "File"),
        "Edited at {time}.",
        "Edited since.",
        "Deleted since.",
    ),
    "ar": PostWords(
        "حمّل المنشور من {name}.",
        "سيعرف {name} عنوان جهازك.",
        "سيعرف {name} عنوان جهازك والموقع الذي جئت منه.",
        "أغلق المنشور",
        "منشور على {name}",
        ("صورة", "فيديو", "صوت", "ملف"),
        "عُدّل في {time}.",
        "عُدّل بعد ذلك.",
        "حُذف بعد ذلك.",
    ),
    "de": PostWords(
        "Beitrag von {name} laden.",
        "{name} erfährt dabei Ihre Adresse.",
        "{name} erfährt dabei Ihre Adresse und von welcher Website Sie kommen.",
        "Beitrag schließen",
        "Beitrag auf {name}",
        ("Bild", "Video", "Ton", "Datei"),
        "Bearbeitet um {time}.",
        "Seither bearbeitet.",
        "Seither gelöscht.",
    ),
    "es": PostWords(
        "Cargar la publicación desde {name}.",
        "{name} conocerá su dirección.",
        "{name} conocerá su dirección y el sitio del que viene.",
        "Cerrar la publicación",
        "Publicación en {name}",
        ("Imagen", "Vídeo", "Sonido", "Archivo"),
        "Editado a las {time}.",
        "Editado después.",
        "Borrado después.",
    ),
    "fa": PostWords(
        "بارگیری پست از {name}.",
        "{name} نشانی شما را خواهد دانست.",
        "{name} نشانی شما و سایتی را که از آن آمده‌اید خواهد دانست.",
        "بستن پست",
        "پست در {name}",
        ("تصویر", "ویدئو", "صدا", "فایل"),
        "در {time} ویرایش شد.",
        "پس از آن ویرایش شده است.",
        "پس از آن حذف شده است.",
    ),
    "fr": PostWords(
        "Charger la publication depuis {name}.",
        "{name} connaîtra votre adresse.",
        "{name} connaîtra votre adresse et le site d’où vous venez.",
        "Fermer la publication",
        "Publication sur {name}",
        ("Image", "Vidéo", "Son", "Fichier"),
        "Modifié à {time}.",
        "Modifié depuis.",
        "Supprimé depuis.",
        "\u00a0: ",
    ),
    "he": PostWords(
        "טעינת הפוסט מ-{name}.",
        "הכתובת שלך תיוודע ל-{name}.",
        "הכתובת שלך והאתר שממנו הגעת ייוודעו ל-{name}.",
        "סגירת הפוסט",
        "פוסט ב-{name}",
        ("תמונה", "וידאו", "קול", "קובץ"),
        "נערך בשעה {time}.",
        "נערך מאז.",
        "נמחק מאז.",
    ),
    "hi": PostWords(
        "{name} से पोस्ट लोड करें।",
        "{name} को आपका पता मालूम होगा।",
        "{name} को आपका पता और आप किस साइट से आए, यह मालूम होगा।",
        "पोस्ट बंद करें",
        "{name} पर पोस्ट",
        ("चित्र", "वीडियो", "ध्वनि", "फ़ाइल"),
        "{time} पर संपादित।",
        "इसके बाद संपादित।",
        "इसके बाद हटाई गई।",
    ),
    "hu": PostWords(
        "A bejegyzés betöltése innen: {name}.",
        "{name} megtudja az Ön címét.",
        "{name} megtudja az Ön címét, és hogy melyik oldalról érkezett.",
        "A bejegyzés bezárása",
        "Bejegyzés itt: {name}",
        ("Kép", "Videó", "Hang", "Fájl"),
        "Szerkesztve: {time}.",
        "Azóta szerkesztették.",
        "Azóta törölték.",
    ),
    "zh": PostWords(
        "从{name}载入原帖。",
        "{name}将得知您的地址。",
        "{name}将得知您的地址以及您来自哪个网站。",
        "关闭原帖",
        "{name}上的帖子",
        ("图片", "视频", "音频", "文件"),
        "编辑于{time}。",
        "此后已编辑。",
        "此后已删除。",
        "：",
    ),
}


def post_words(language: str) -> PostWords:
    """The words for a language tag; English for a language that is not here."""
    return _WORDS.get(language.partition("-")[0].lower(), _WORDS["en"])
