"""The mark that an entry bears which nobody could confirm yet, in the page's language."""

from __future__ import annotations

from editor.site.state import Cover, Item, Mark

_UNVERIFIED = {
    "en": "Not verified",
    "ar": "لم يتم التحقق منه",
    "de": "Nicht bestätigt",
    "es": "Sin verificar",
    "fa": "تأیید نشده",
    "fr": "Non vérifié",
    "he": "לא אומת",
    "hi": "अपुष्ट",
    "hu": "Nem megerősített",
    "zh": "未经核实",
}


def unverified(language: str) -> str:
    """``Not verified``, in a page's language; in English where that is not here."""
    return _UNVERIFIED.get(language.partition("-")[0].lower(), _UNVERIFIED["en"])


def marked(item: Item | Mark, cover: Cover, words: str) -> str:
    """Words of an entry where they stand alone, as in a list or for a machine: led by the mark where it bears one."""
    return f"{unverified(cover.language)}: {words}" if item.unverified and words else words


def mark_html(language: str) -> str:
    """The mark as it stands over an entry's HTML elsewhere."""
    return f'<p class="unverified"><strong>{unverified(language)}</strong></p>'
