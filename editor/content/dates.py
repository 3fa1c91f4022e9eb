"""Days as readers see them, in the order and the words of the page's language. Digits are left as they are."""

from __future__ import annotations

from datetime import datetime, tzinfo

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "hu": "január február március április május június július augusztus szeptember október november "
    "december",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्तूबर नवंबर दिसंबर",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "he": "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
}
_ORDER = {
    "de": "{d}. {month} {y}",
    "es": "{d} de {month} de {y}",
    "he": "{d} ב{month} {y}",
    "hu": "{y}. {month} {d}.",
}


def date(at: datetime, zone: tzinfo | None, language: str) -> str:
    """``22 November 2026``, in the order and the words of the language."""
    local = at.astimezone(zone) if zone else at
    primary = language.partition("-")[0].lower()
    if primary == "zh":
        return f"{local.year}年{local.month}月{local.day}日"
    months = _MONTHS.get(primary, _MONTHS["en"]).split()
    order = _ORDER.get(primary, "{d} {month} {y}")
    return order.format(d=local.day, month=months[local.month - 1], y=local.year)
