"""What a quote says itself on the reader's page, in the page's language: where its words are from, and whose they are not told to be.

Reasons and places are typed by people, so they stand behind a colon or a comma and need no grammar of ours. The names
of languages have the form that "translated from" wants.
"""

from __future__ import annotations

import msgspec


class QuoteWords(msgspec.Struct, frozen=True):
    """``unnamed`` has a gap ``{reason}``; ``source`` is said of somebody who is not described either."""

    unnamed: str
    source: str
    comma: str = ", "


_WORDS = {
    "en": QuoteWords("unnamed, because {reason}", "A source"),
    "ar": QuoteWords("لم يُذكر الاسم، والسبب: {reason}", "مصدر", "، "),
    "de": QuoteWords("ohne Namensnennung; Grund: {reason}", "Eine Quelle"),
    "es": QuoteWords("sin revelar su nombre; motivo: {reason}", "Una fuente"),
    "fa": QuoteWords("بدون ذکر نام، به این دلیل: {reason}", "یک منبع", "، "),
    "fr": QuoteWords("sous couvert d’anonymat\u00a0; motif\u00a0: {reason}", "Une source"),
    "he": QuoteWords("ללא ציון שם, הסיבה: {reason}", "מקור"),
    "hi": QuoteWords("नाम नहीं दिया गया, कारण: {reason}", "एक सूत्र"),
    "hu": QuoteWords("név nélkül, ennek oka: {reason}", "Egy forrás"),
    "zh": QuoteWords("未具名，原因：{reason}", "一位消息人士", "，"),
}

_FROM = {
    "en": "Translated from {name}",
    "ar": "مترجم عن {name}",
    "de": "Übersetzt aus dem {name}",
    "es": "Traducido del {name}",
    "fa": "ترجمه از {name}",
    "fr": "Traduit {name}",
    "he": "תורגם מ{name}",
    "hi": "{name} से अनूदित",
    "hu": "Fordítás {name}",
    "zh": "译自{name}",
}

_ANY = {
    "en": "Translated",
    "ar": "مترجم",
    "de": "Übersetzt",
    "es": "Traducido",
    "fa": "ترجمه",
    "fr": "Traduit",
    "he": "תורגם",
    "hi": "अनूदित",
    "hu": "Fordítás",
    "zh": "译文",
}

_SPOKEN = "ar de en es fa fr he hi hu it ja ko ku pl ps pt ru tr uk ur zh".split()

_NAMES = {
    "en": "Arabic|German|English|Spanish|Persian|French|Hebrew|Hindi|Hungarian|Italian|Japanese|Korean|Kurdish"
    "|Polish|Pashto|Portuguese|Russian|Turkish|Ukrainian|Urdu|Chinese",
    "ar": "العربية|الألمانية|الإنجليزية|الإسبانية|الفارسية|الفرنسية|العبرية|الهندية|المجرية|الإيطالية|اليابانية"
    "|الكورية|الكردية|البولندية|البشتوية|البرتغالية|الروسية|التركية|الأوكرانية|الأردية|الصينية",
    "de": "Arabischen|Deutschen|Englischen|Spanischen|Persischen|Französischen|Hebräischen|Hindi|Ungarischen"
    "|Italienischen|Japanischen|Koreanischen|Kurdischen|Polnischen|Paschtu|Portugiesischen|Russischen"
    "|Türkischen|Ukrainischen|Urdu|Chinesischen",
    "es": "árabe|alemán|inglés|español|persa|francés|hebreo|hindi|húngaro|italiano|japonés|coreano|kurdo|polaco"
    "|pastún|portugués|ruso|turco|ucraniano|urdu|chino",
    "fa": "عربی|آلمانی|انگلیسی|اسپانیایی|فارسی|فرانسوی|عبری|هندی|مجاری|ایتالیایی|ژاپنی|کره‌ای|کردی|لهستانی"
    "|پشتو|پرتغالی|روسی|ترکی|اوکراینی|اردو|چینی",
    "fr": "de l’arabe|de l’allemand|de l’anglais|de l’espagnol|du persan|du français|de l’hébreu|du hindi"
    "|du hongrois|de l’italien|du japonais|du coréen|du kurde|du polonais|du pachto|du portugais|du russe"
    "|du turc|de l’ukrainien|de l’ourdou|du chinois",
    "he": "ערבית|גרמנית|אנגלית|ספרדית|פרסית|צרפתית|עברית|הינדי|הונגרית|איטלקית|יפנית|קוריאנית|כורדית|פולנית"
    "|פשטו|פורטוגזית|רוסית|טורקית|אוקראינית|אורדו|סינית",
    "hi": "अरबी|जर्मन|अंग्रेज़ी|स्पेनिश|फ़ारसी|फ़्रेंच|हिब्रू|हिन्दी|हंगेरियन|इतालवी|जापानी|कोरियाई|कुर्दिश|पोलिश|पश्तो"
    "|पुर्तगाली|रूसी|तुर्की|यूक्रेनी|उर्दू|चीनी",
    "hu": "arabról|németről|angolról|spanyolról|perzsáról|franciáról|héberről|hindiről|magyarról|olaszról"
    "|japánról|koreairól|kurdról|lengyelről|pasturól|portugálról|oroszról|törökről|ukránról|urduról|kínairól",
    "zh": "阿拉伯语|德语|英语|西班牙语|波斯语|法语|希伯来语|印地语|匈牙利语|意大利语|日语|韩语|库尔德语|波兰语"
    "|普什图语|葡萄牙语|俄语|土耳其语|乌克兰语|乌尔都语|汉语",
}


def quote_words(language: str) -> QuoteWords:
    """The words for a language tag; English for a language that is not here."""
    return _WORDS.get(_primary(language), _WORDS["en"])


def translated_from(source: str, page: str) -> str:
    """The sentence for a translation out of ``source``; without its name where that is not known."""
    own = _primary(page) if _primary(page) in _FROM else "en"
    spoken = _primary(source)
    if spoken not in _SPOKEN:
        return _ANY[own]
    return _FROM[own].format(name=_NAMES[own].split("|")[_SPOKEN.index(spoken)])


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
