"""One row of the timeline: laid out once per width and text, painted as the design draws it."""

from __future__ import annotations

from datetime import datetime, tzinfo

import msgspec
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from editor.ui.kit.chips import paint_pill, pill_width
from editor.ui.kit.paint import Lines, ring
from editor.ui.messages import badge_word, clock, marks, waited, waits_for
from editor.ui.theme.theme import Theme
from editor.ui.thumbnails import Thumbnails
from editor.views import Badge, EntryRow

STEP = 19.0
SIDE, TOP, TIME, GAP = 18, 12, 46, 10
THUMB_WIDE, THUMB_HIGH, THUMB_GAP = 52, 36, 4
META = 20

LOOKS: dict[Badge, tuple[str, str]] = {
    Badge.DRAFT: ("grey", ""),
    Badge.QUEUED: ("accent", "cloud-upload"),
    Badge.SENDING: ("accent", "upload"),
    Badge.IN_REVIEW: ("amber", ""),
    Badge.RETURNED: ("violet", ""),
    Badge.SCHEDULED: ("accent", "clock"),
    Badge.PUBLISHED: ("green", "check"),
    Badge.CORRECTED: ("green", "check-check"),
    Badge.WITHDRAWN: ("grey", "ban"),
    Badge.REFUSED: ("live", "circle-alert"),
    Badge.CONFLICT: ("live", "triangle-alert"),
}


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows are drawn against: the zone their times are told in, the time now, the connection.

    ``blog_names`` is set in the desk's lists, where a row says which blog it belongs to and how long it has waited.
    """

    zone: tzinfo
    now: datetime
    online: bool = True
    saved: bool = True
    desk: bool = False
    blog_names: dict[str, str] | None = None


class Card:
    """An entry's row at one width."""

    def __init__(self, theme: Theme, row: EntryRow, width: int) -> None:
        self.row = row
        self._theme = theme
        text = width - 2 * SIDE - TIME - GAP
        self._thumbs = row.thumbs[: max(1, (text + THUMB_GAP) // (THUMB_WIDE + THUMB_GAP))]
        title = row.headline or ("" if row.excerpt else "Untitled entry")
        self._title = Lines(title, theme.ui(13, 600), text, 2, STEP)
        self._text = Lines(row.excerpt, theme.ui(13), text, 2, STEP)
        y = float(TOP) + self._title.height
        self._text_y = y + (2 if self._title.height and self._text.height else 0)
        y = self._text_y + self._text.height
        self._thumbs_y = y + 6
        if self._thumbs:
            y = self._thumbs_y + THUMB_HIGH
        self._meta_y = y + 6
        self.height = round(self._meta_y + META + TOP + 1)

    def paint(
        self,
        painter: QPainter,
        area: QRect,
        widget: QWidget,
        scene: Scene,
        thumbnails: Thumbnails,
        *,
        selected: bool,
        focused: bool,
        over: bool,
    ) -> None:
        """Draws the row into ``area``."""
        theme, colour = self._theme, self._theme.colour
        ground = "accent_soft" if selected else "sunken" if over else "surface"
        painter.fillRect(area, colour(ground))
        line = QRect(area.left(), area.bottom(), area.width(), 1)
        painter.fillRect(line, colour("line"))
        mirror = _Mirror(area, widget.layoutDirection() is Qt.LayoutDirection.RightToLeft)
        if selected:
            painter.fillRect(mirror.part(0, 0, 3, area.height() - 1), colour("accent"))
        self._paint_time(painter, mirror, scene)
        left = SIDE + TIME + GAP
        wide = area.width() - left - SIDE
        x = mirror.part(left, 0, wide, 1).x()
        painter.setPen(colour("ink" if self.row.headline else "ink_3"))
        self._title.draw(painter, QPointF(x, area.top() + TOP))
        painter.setPen(colour("ink_2"))
        self._text.draw(painter, QPointF(x, area.top() + self._text_y))
        for number, asset in enumerate(self._thumbs):
            at = left + number * (THUMB_WIDE + THUMB_GAP)
            where = mirror.part(at, round(self._thumbs_y), THUMB_WIDE, THUMB_HIGH)
            self._paint_thumb(painter, where, widget, thumbnails, asset)
        if scene.desk:
            self._paint_desk_meta(painter, mirror, widget, scene, left, wide)
        else:
            self._paint_meta(painter, mirror, widget, scene, left, wide, selected)
        if focused:
            ring(painter, area.adjusted(1, 1, -1, -2), 4, theme.colour("accent"))

    def _paint_time(self, painter: QPainter, mirror: _Mirror, scene: Scene) -> None:
        painter.setPen(self._theme.colour("ink_3"))
        painter.setFont(self._theme.fonts.numbers(12))
        side = Qt.AlignmentFlag.AlignVCenter | mirror.leading
        words = clock(self.row.time, scene.zone, scene.now).rsplit(" ", 1)
        painter.drawText(mirror.part(SIDE, TOP, TIME, round(STEP)), side, words[-1])
        if len(words) > 1:
            painter.setFont(self._theme.fonts.numbers(11))
            below = mirror.part(SIDE, TOP + round(STEP), TIME + GAP, 17)
            painter.drawText(
                below, side, words[0].rsplit(" ", 1)[0] if len(words[0]) > 6 else words[0]
            )

    def _paint_thumb(
        self, painter: QPainter, where: QRect, widget: QWidget, thumbnails: Thumbnails, asset: str
    ) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(where), 4, 4)
        ratio = widget.devicePixelRatioF()
        pixmap = thumbnails.pixmap(asset, THUMB_WIDE, THUMB_HIGH, ratio)  # type: ignore[arg-type]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if pixmap is None:
            painter.fillPath(path, self._theme.colour("line"))
            return
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(where.topLeft(), pixmap)
        painter.restore()

    def _paint_meta(
        self,
        painter: QPainter,
        mirror: _Mirror,
        widget: QWidget,
        scene: Scene,
        left: int,
        wide: int,
        selected: bool,
    ) -> None:
        theme, row = self._theme, self.row
        tint, icon = LOOKS[row.badge]
        word = badge_word(row.badge)
        pill = pill_width(theme, word, icon)
        y = round(self._meta_y)
        # A grey pill on the grey of a row under the mouse would lose its shape.
        paint_pill(painter, theme, widget, mirror.part(left, y, pill, META), word, tint, icon=icon)
        x, end = left + pill + 8, left + wide
        painter.setFont(theme.ui(12))
        painter.setPen(theme.colour("ink_3"))
        if selected and scene.saved and row.badge is Badge.DRAFT:
            saved = QFontMetrics(theme.ui(12)).horizontalAdvance("saved") + 1
            end -= saved
            painter.drawText(mirror.part(end, y, saved, META), mirror.leading | _MIDDLE, "saved")
            end -= 8
        icons = _icons(row)
        words = waits_for(row, scene.zone, online=scene.online, now=scene.now)
        if icons and row.badge not in (Badge.PUBLISHED, Badge.CORRECTED):
            words = f"{marks(row)} · {words}" if words else marks(row)
        for icon in icons:
            where = mirror.part(x, y + 3, 13, 13)
            painter.drawPixmap(where.topLeft(), theme.pixmap(icon, "ink_3", 13, widget))
            x += 17
        x += 4 if icons else 0
        area = mirror.part(x, y, max(0, end - x), META)
        _draw_line(painter, area, mirror.leading, words)

    def _paint_desk_meta(
        self,
        painter: QPainter,
        mirror: _Mirror,
        widget: QWidget,
        scene: Scene,
        left: int,
        wide: int,
    ) -> None:
        theme, row = self._theme, self.row
        y, end = round(self._meta_y), left + wide
        blog = (scene.blog_names or {}).get(row.blog, "")
        words, tint, said = "", "amber", blog
        if row.badge is Badge.SCHEDULED and row.not_before:
            words, tint = clock(row.not_before, scene.zone, scene.now), "accent"
        elif row.submitted_at and not row.note:
            minutes = int((scene.now - row.submitted_at).total_seconds() // 60)
            words = waited(max(0, minutes))
        elif row.note:
            words, tint, said = "Returned", "violet", f"“{row.note}” · {blog}"
        warned = marks(msgspec.structs.replace(row, key_event=False, pinned=False))
        said = " · ".join(filter(None, (warned, said)))
        if words:
            pill = pill_width(theme, words)
            place = mirror.part(end - pill, y, pill, META)
            paint_pill(painter, theme, widget, place, words, tint)
            end -= pill + 8
        painter.setFont(theme.ui(12))
        painter.setPen(theme.colour("ink_3"))
        area = mirror.part(left, y, max(0, end - left), META)
        _draw_line(painter, area, mirror.leading, said)


def _icons(row: EntryRow) -> list[str]:
    """The icon of what is marked: a warning, that a source is protected, else what it is to readers."""
    warned = ["circle-alert"] * bool(row.unverified or row.unattributed)
    shown = warned + ["lock"] * row.protect_source
    return shown or ["flag"] * row.key_event or ["pin"] * row.pinned


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def _draw_line(painter: QPainter, area: QRect, side: Qt.AlignmentFlag, text: str) -> None:
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, side | _MIDDLE, shown)


class _Mirror:
    """Places within a row, counted from its leading edge."""

    def __init__(self, area: QRect, mirrored: bool) -> None:
        self._area = area
        self._mirrored = mirrored
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self.leading = side | Qt.AlignmentFlag.AlignAbsolute

    def part(self, x: int, y: int, width: int, height: int) -> QRect:
        left = self._area.width() - x - width if self._mirrored else x
        return QRect(self._area.left() + left, self._area.top() + y, width, height)
