"""What the reader's page says itself, in the page's language.

The blocks' own few words are in ``editor.content.words``. Counted words come in the plural forms of Unicode's CLDR;
the browser picks among the same forms with ``Intl.PluralRules``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, kw_only=True)
class Words:
    """The page's words in one language. ``{time}``, ``{n}`` and ``{by}`` are gaps."""

    live: str
    upcoming: str
    ended: str
    updated: str
    updates: Mapping[str, str]
    waiting: Mapping[str, str]
    key_events: str
    pinned: str
    link: str
    share: str
    copied: str
    corrected: str
    clarified: str
    changed: str
    withdrawn: str
    corrections: str
    no_corrections: str
    older: str
    newer: str
    newest: str
    all_updates: str
    skip: str
    pause: str
    resume: str
    reload: str
    nothing: str
    published: str


_WORDS = {
    "en": Words(
        live="Live",
        upcoming="Upcoming",
        ended="Ended",
        updated="updated {time}",
        updates={"one": "{n} update", "other": "{n} updates"},
        waiting={"one": "{n} new update", "other": "{n} new updates"},
        key_events="Key events",
        pinned="Pinned",
        link="Link",
        share="Share",
        copied="Link copied",
        corrected="Corrected {time}",
        clarified="Clarified {time}",
        changed="Updated {time}",
        withdrawn="Withdrawn {time}",
        corrections="Corrections",
        no_corrections="Nothing has been corrected.",
        older="Older updates",
        newer="Newer updates",
        newest="Newest updates",
        all_updates="All updates",
        skip="Skip to the updates",
        pause="Pause updates",
        resume="Resume updates",
        reload="Reload the page",
        nothing="The first update will appear here.",
        published="Published {time}",
    ),
    "de": Words(
        live="Live",
        upcoming="Demnächst",
        ended="Beendet",
        updated="aktualisiert {time}",
        updates={"one": "{n} Meldung", "other": "{n} Meldungen"},
        waiting={"one": "{n} neue Meldung", "other": "{n} neue Meldungen"},
        key_events="Das Wichtigste",
        pinned="Angeheftet",
        link="Link",
        share="Teilen",
        copied="Link kopiert",
        corrected="Korrigiert {time}",
        clarified="Klargestellt {time}",
        changed="Aktualisiert {time}",
        withdrawn="Zurückgezogen {time}",
        corrections="Korrekturen",
        no_corrections="Bisher wurde nichts korrigiert.",
        older="Ältere Meldungen",
        newer="Neuere Meldungen",
        newest="Neueste Meldungen",
        all_updates="Alle Meldungen",
        skip="Zu den Meldungen",
        pause="Aktualisierung anhalten",
        resume="Aktualisierung fortsetzen",
        reload="Seite neu laden",
        nothing="Hier erscheint die erste Meldung.",
        published="Veröffentlicht {time}",
    ),
    "fr": Words(
        live="En direct",
        upcoming="À venir",
        ended="Terminé",
        updated="mis à jour à {time}",
        updates={"one": "{n} publication", "other": "{n} publications"},
        waiting={"one": "{n} nouvelle publication", "other": "{n} nouvelles publications"},
        key_events="Les faits marquants",
        pinned="Épinglé",
        link="Lien",
        share="Partager",
        copied="Lien copié",
        corrected="Correction à {time}",
        clarified="Précision à {time}",
        changed="Mis à jour à {time}",
        withdrawn="Retiré à {time}",
        corrections="Corrections",
        no_corrections="Aucune correction à ce jour.",
        older="Publications précédentes",
        newer="Publications suivantes",
        newest="Dernières publications",
        all_updates="Toutes les publications",
        skip="Aller aux publications",
        pause="Suspendre les mises à jour",
        resume="Reprendre les mises à jour",
        reload="Recharger la page",
        nothing="La première publication apparaîtra ici.",
        published="Publié le {time}",
    ),
    "es": Words(
        live="En directo",
        upcoming="Próximamente",
        ended="Finalizado",
        updated="actualizado a las {time}",
        updates={"one": "{n} actualización", "other": "{n} actualizaciones"},
        waiting={"one": "{n} actualización nueva", "other": "{n} actualizaciones nuevas"},
        key_events="Momentos clave",
        pinned="Fijado",
        link="Enlace",
        share="Compartir",
        copied="Enlace copiado",
        corrected="Corregido a las {time}",
        clarified="Aclarado a las {time}",
        changed="Actualizado a las {time}",
        withdrawn="Retirado a las {time}",
        corrections="Correcciones",
        no_corrections="No se ha corregido nada.",
        older="Actualizaciones anteriores",
        newer="Actualizaciones posteriores",
        newest="Últimas actualizaciones",
        all_updates="Todas las actualizaciones",
        skip="Ir a las actualizaciones",
        pause="Pausar las actualizaciones",
        resume="Reanudar las actualizaciones",
        reload="Recargar la página",
        nothing="La primera actualización aparecerá aquí.",
        published="Publicado: {time}",
    ),
    "hu": Words(
        live="Élő",
        upcoming="Hamarosan",
        ended="Véget ért",
        updated="frissítve: {time}",
        updates={"one": "{n} hír", "other": "{n} hír"},
        waiting={"one": "{n} új hír", "other": "{n} új hír"},
        key_events="Fő események",
        pinned="Kiemelve",
        link="Hivatkozás",
        share="Megosztás",
        copied="Hivatkozás másolva",
        corrected="Helyesbítve: {time}",
        clarified="Pontosítva: {time}",
        changed="Frissítve: {time}",
        withdrawn="Visszavonva: {time}",
        corrections="Helyesbítések",
        no_corrections="Eddig nem volt helyesbítés.",
        older="Korábbi hírek",
        newer="Újabb hírek",
        newest="Legfrissebb hírek",
        all_updates="Minden hír",
        skip="Ugrás a hírekhez",
        pause="Frissítés szüneteltetése",
        resume="Frissítés folytatása",
        reload="Az oldal újratöltése",
        nothing="Az első hír itt jelenik meg.",
        published="Közzétéve: {time}",
    ),
    "zh": Words(
        live="直播",
        upcoming="即将开始",
        ended="已结束",
        updated="更新于 {time}",
        updates={"other": "{n} 条更新"},
        waiting={"other": "{n} 条新更新"},
        key_events="重要事件",
        pinned="置顶",
        link="链接",
        share="分享",
        copied="链接已复制",
        corrected="{time} 更正",
        clarified="{time} 澄清",
        changed="{time} 更新",
        withdrawn="{time} 撤回",
        corrections="更正",
        no_corrections="暂无更正。",
        older="更早的更新",
        newer="更新的内容",
        newest="最新更新",
        all_updates="全部更新",
        skip="跳到更新",
        pause="暂停更新",
        resume="继续更新",
        reload="重新加载页面",
        nothing="第一条更新将显示在这里。",
        published="发布于 {time}",
    ),
    "hi": Words(
        live="लाइव",
        upcoming="जल्द",
        ended="समाप्त",
        updated="{time} पर अपडेट",
        updates={"one": "{n} अपडेट", "other": "{n} अपडेट"},
        waiting={"one": "{n} नया अपडेट", "other": "{n} नए अपडेट"},
        key_events="मुख्य घटनाएँ",
        pinned="पिन किया गया",
        link="लिंक",
        share="साझा करें",
        copied="लिंक कॉपी हुआ",
        corrected="{time} पर सुधारा गया",
        clarified="{time} पर स्पष्ट किया गया",
        changed="{time} पर अपडेट किया गया",
        withdrawn="{time} पर वापस लिया गया",
        corrections="सुधार",
        no_corrections="अब तक कोई सुधार नहीं।",
        older="पुराने अपडेट",
        newer="नए अपडेट",
        newest="सबसे नए अपडेट",
        all_updates="सभी अपडेट",
        skip="अपडेट पर जाएँ",
        pause="अपडेट रोकें",
        resume="अपडेट फिर शुरू करें",
        reload="पेज फिर लोड करें",
        nothing="पहला अपडेट यहाँ दिखेगा।",
        published="प्रकाशित: {time}",
    ),
    "ar": Words(
        live="مباشر",
        upcoming="قريبًا",
        ended="انتهى",
        updated="آخر تحديث {time}",
        updates={
            "zero": "لا تحديثات",
            "one": "تحديث واحد",
            "two": "تحديثان",
            "few": "{n} تحديثات",
            "many": "{n} تحديثًا",
            "other": "{n} تحديث",
        },
        waiting={
            "zero": "لا تحديثات جديدة",
            "one": "تحديث جديد",
            "two": "تحديثان جديدان",
            "few": "{n} تحديثات جديدة",
            "many": "{n} تحديثًا جديدًا",
            "other": "{n} تحديث جديد",
        },
        key_events="أبرز الأحداث",
        pinned="مثبَّت",
        link="رابط",
        share="مشاركة",
        copied="نُسخ الرابط",
        corrected="صُحِّح {time}",
        clarified="توضيح {time}",
        changed="حُدِّث {time}",
        withdrawn="سُحب {time}",
        corrections="التصحيحات",
        no_corrections="لم يُصحَّح شيء.",
        older="تحديثات أقدم",
        newer="تحديثات أحدث",
        newest="أحدث التحديثات",
        all_updates="كل التحديثات",
        skip="انتقل إلى التحديثات",
        pause="إيقاف التحديث مؤقتًا",
        resume="استئناف التحديث",
        reload="إعادة تحميل الصفحة",
        nothing="سيظهر أول تحديث هنا.",
        published="نُشر {time}",
    ),
    "fa": Words(
        live="زنده",
        upcoming="به‌زودی",
        ended="پایان یافت",
        updated="به‌روزرسانی {time}",
        updates={"one": "{n} خبر", "other": "{n} خبر"},
        waiting={"one": "{n} خبر تازه", "other": "{n} خبر تازه"},
        key_events="رویدادهای مهم",
        pinned="سنجاق‌شده",
        link="پیوند",
        share="هم‌رسانی",
        copied="پیوند رونوشت شد",
        corrected="تصحیح‌شده {time}",
        clarified="روشن‌سازی {time}",
        changed="به‌روزشده {time}",
        withdrawn="پس‌گرفته‌شده {time}",
        corrections="تصحیح‌ها",
        no_corrections="تاکنون چیزی تصحیح نشده است.",
        older="خبرهای قدیمی‌تر",
        newer="خبرهای تازه‌تر",
        newest="تازه‌ترین خبرها",
        all_updates="همهٔ خبرها",
        skip="رفتن به خبرها",
        pause="توقف به‌روزرسانی",
        resume="ادامهٔ به‌روزرسانی",
        reload="بارگذاری دوبارهٔ صفحه",
        nothing="نخستین خبر اینجا نمایش داده می‌شود.",
        published="انتشار {time}",
    ),
    "he": Words(
        live="חי",
        upcoming="בקרוב",
        ended="הסתיים",
        updated="עודכן {time}",
        updates={"one": "עדכון אחד", "two": "שני עדכונים", "other": "{n} עדכונים"},
        waiting={"one": "עדכון חדש אחד", "two": "שני עדכונים חדשים", "other": "{n} עדכונים חדשים"},
        key_events="אירועים מרכזיים",
        pinned="נעוץ",
        link="קישור",
        share="שיתוף",
        copied="הקישור הועתק",
        corrected="תוקן {time}",
        clarified="הובהר {time}",
        changed="עודכן {time}",
        withdrawn="הוסר {time}",
        corrections="תיקונים",
        no_corrections="לא היו תיקונים.",
        older="עדכונים קודמים",
        newer="עדכונים חדשים יותר",
        newest="העדכונים האחרונים",
        all_updates="כל העדכונים",
        skip="דילוג לעדכונים",
        pause="השהיית העדכונים",
        resume="חידוש העדכונים",
        reload="טעינת הדף מחדש",
        nothing="העדכון הראשון יופיע כאן.",
        published="פורסם {time}",
    ),
}

LANGUAGES = tuple(_WORDS)


def words(language: str) -> Words:
    """The words for a language tag (``fr-CA`` is French); English for a language that is not here."""
    return _WORDS.get(_primary(language), _WORDS["en"])


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, for a language tag."""
    return "rtl" if _primary(language) in RIGHT_TO_LEFT else "ltr"


def counted(forms: Mapping[str, str], n: int, language: str) -> str:
    """The form for ``n``, filled in."""
    return forms.get(_plural(n, _primary(language)), forms["other"]).format(n=n)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _plural(n: int, language: str) -> str:
    """The CLDR category of a whole number (unicode.org/cldr, plurals.xml)."""
    match language:
        case "ar":
            if n in (0, 1, 2):
                return ("zero", "one", "two")[n]
            return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"
        case "he":
            return {1: "one", 2: "two"}.get(n, "other")
        case "fr" | "hi" | "fa":
            return "one" if n in (0, 1) else "other"
        case _:
            return "one" if n == 1 else "other"
