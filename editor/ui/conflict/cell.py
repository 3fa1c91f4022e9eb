"""One of the texts of a part, to be read: its photos, and its words with what came and what went."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from editor.content.blocks.photo import Photo
from editor.content.print import Edit
from editor.ui.blocks.printed import printed
from editor.ui.blocks.thumbnail import Thumbnail
from editor.ui.kit.flow import Flow
from editor.ui.kit.labels import Label
from editor.ui.theme.theme import Theme

THUMB_PX = 240


class Reading(QTextBrowser):
    """Words that can be read and copied, as high as they are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._html = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def show_html(self, html: str) -> None:
        """Shows HTML of our own making."""
        self._html = html
        c = self._theme.colours
        self.document().setDefaultFont(self._theme.reading(15))
        self.document().setDefaultStyleSheet(f"p {{ margin: 0 0 8px 0; color: {c.ink}; }}")
        self.setHtml(html)

    def _grow(self) -> None:
        tall = max(20, ceil(self.document().size().height()))
        if tall != self.height():
            self.setFixedHeight(tall)

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # the page scrolls, not its cells
        event.ignore()


class Cell(QWidget):
    """A text's part. ``heading`` names the text where the columns have no heads of their own."""

    def __init__(
        self,
        theme: Theme,
        heading: str,
        picture: Callable[[str, int], QImage],
        run_in_pool: Callable[..., None],
    ) -> None:
        super().__init__()
        self._heading = heading
        self._picture, self._run_in_pool, self._theme = picture, run_in_pool, theme
        self._thumbs = Flow(gap=6)
        self._words = Reading(theme)
        self._nothing = Label(theme, "Nothing", ink="ink_3")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(Label(theme, heading, px=11, weight=600, ink="ink_3"))
        column.addLayout(self._thumbs)
        column.addWidget(self._words)
        column.addWidget(self._nothing)
        column.addStretch(1)

    def show_photos(self, photos: tuple[Photo, ...]) -> None:
        """Shows the photos of the text, read in the background."""
        for photo in photos:
            self._show_photo(photo)

    def show_words(self, html: str, words: str) -> None:
        """Shows the words; ``words`` are those of the text alone, for who hears them."""
        self._words.show_html(html)
        self._words.setVisible(bool(html))
        self._nothing.setVisible(not html)
        self._words.setAccessibleName(f"{self._heading}: {words or 'nothing'}")

    def _show_photo(self, photo: Photo) -> None:
        shown = Thumbnail(self._theme)
        self._thumbs.addWidget(shown)
        read, edit = self._picture, photo.edit or Edit()
        longest = THUMB_PX * (4 if edit.crop else 2)

        def done(image: QImage) -> None:
            shown.show_image(image, whole=edit != Edit())

        def failed(_: Exception) -> None:
            shown.show_image(QImage())

        self._run_in_pool(lambda: printed(read(photo.asset, longest), edit), done, failed)
