"""The preview: the entry as readers get it, in the pane, without a browser engine and without the network.

Links open in the browser; pictures come from this laptop; everything else is refused.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser

from editor.content.block import Page, Picture
from editor.content.blocks.photo import Photo
from editor.content.entry import Content, prints
from editor.content.print import Edit
from editor.domain.blog import Blog
from editor.ui.blocks.base import reads_right_to_left
from editor.ui.blocks.printed import printed
from editor.ui.messages import clock
from editor.ui.photo_edit.geometry import pixels
from editor.ui.theme.theme import Theme

TEXT_WIDTH = 560
MARGIN = 28
SCROLL_BAR = 12
SCHEME = "asset"
NOBODYS = "This quote does not say whose words these are, and readers will see it so."


def page_html(content: Content, blog: Blog, width: int) -> str:
    """The entry's HTML from its own blocks, in the tags that Qt's rich text knows; photos are ``width`` pixels wide."""
    from html import escape

    heights = {block.print: _height(block, width) for block in _photos(content) if block.width}
    pictures = {
        asset: Picture(
            src=f"{SCHEME}:{asset}", width=width, height=heights.get(asset, width * 2 // 3)
        )
        for asset in prints(content)
    }
    page = Page(language=content.language or blog.language, zone=blog.zone, pictures=pictures)
    right_to_left = reads_right_to_left(page.language)
    time = clock(content.time, blog.zone) if content.time else ""
    byline = ", ".join(content.byline)
    flags = ["Not verified"] * bool(content.unverified)
    flags += ["Key event"] * content.key_event + ["Pinned"] * content.pinned
    meta = " · ".join(filter(None, (time, byline, *flags)))
    parts = [f'<p class="meta">{escape(meta)}</p>'] if meta else []
    if content.headline:
        parts.append(f'<p class="headline" dir="auto">{escape(content.headline)}</p>')
    for block in content.blocks:
        parts.append(_in_qt_tags(block.html(page), block.TYPE, right_to_left=right_to_left))
        missing = block.TYPE == "quote" and not block.is_attributed  # type: ignore[attr-defined]
        parts += [f'<p class="missing">{NOBODYS}</p>'] * missing
    if content.labels:
        parts.append(f'<p class="meta">{escape(" · ".join(content.labels))}</p>')
    return "".join(parts)


def _photos(content: Content) -> tuple[Photo, ...]:
    return tuple(block for block in content.body if isinstance(block, Photo))


def _height(photo: Photo, width: int) -> int:
    wide, high = pixels(photo.edit or Edit(), photo.width, photo.height)
    return round(width * high / wide)


def _in_qt_tags(html: str, kind: str, *, right_to_left: bool) -> str:
    """A block's HTML in the tags that Qt draws: bars and boxes are tables there, which have borders."""
    for old, new in (("figure", "div"), ("article", "div"), ("aside", "div")):
        html = html.replace(f"<{old}", f"<{new}").replace(f"</{old}>", f"</{new}>")
    html = html.replace("<figcaption", '<p class="caption"').replace("</figcaption>", "</p>")
    match kind:
        case "quote":
            side = "turned" if right_to_left else "quoted"
            cells = ['<td class="bar" width="4"></td>', f'<td class="{side}">{html}</td>']
            row = "".join(reversed(cells) if right_to_left else cells)
            return f'<table width="100%" cellspacing="0"><tr>{row}</tr></table>'
        case "social" | "story":
            return (
                f'<table class="box" width="100%" cellspacing="0"><tr><td>{html}</td></tr></table>'
            )
        case _:
            return html


class Preview(QTextBrowser):
    """Renders contents; it keeps its place when it is renewed."""

    def __init__(
        self,
        theme: Theme,
        picture: Callable[[str, int], QImage],
        run_in_pool: Callable[..., None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._picture = picture
        self._photos: dict[str, Photo] = {}
        self._run_in_pool = run_in_pool
        self._images: dict[str, QImage] = {}
        self._asked: set[str] = set()
        self._drawn_width = 0
        self._shown: tuple[Content, Blog] | None = None
        self.setAccessibleName("Preview: the entry as readers get it")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self.document().setDocumentMargin(MARGIN)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._draw)
        theme.changed.connect(self._draw)

    def show_content(self, content: Content, blog: Blog) -> None:
        """Shows a content of a blog's entry, unless it is shown already."""
        if self._shown == (content, blog):
            return
        self._photos |= {photo.print: photo for photo in _photos(content)}
        same = self._shown is not None and self._shown[0].time == content.time
        self._shown = (content, blog)
        place = self.verticalScrollBar().value() if same else 0
        self._draw(place)

    def show_html(self, html: str) -> None:
        """Shows HTML of our own making."""
        self._shown = None
        self._ground()
        self.document().setDefaultFont(self._theme.reading())
        self.document().setDefaultStyleSheet(self._css())
        self.setHtml(html)

    def _draw(self, place: int | None = None) -> None:
        if self._shown is None:
            return
        bar = self.verticalScrollBar()
        place = bar.value() if place is None else place
        self._ground()
        self.document().setDefaultFont(self._theme.reading())
        self.document().setDefaultStyleSheet(self._css())
        self._drawn_width = self._picture_width()
        self.setHtml(page_html(*self._shown, self._drawn_width))
        self._fit()
        bar.setValue(place)

    def _ground(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, self._theme.colour("paper"))
        for each in (self, self.viewport()):
            each.setPalette(palette)

    def _fit(self) -> None:
        """Qt lays the lines out before it takes the margins off: what begins at the right would be cut."""
        self.document().setTextWidth(self.viewport().width())

    def _picture_width(self) -> int:
        return max(120, min(TEXT_WIDTH, self.width() - 2 * MARGIN - SCROLL_BAR))

    def _css(self) -> str:
        c = self._theme.colours
        return f"""
body {{ color: {c.ink}; line-height: 150%; }}
.headline, h1 {{ font-family: Inter; font-size: 22px; font-weight: 600; margin: 2px 0 12px 0; }}
h2, h3, h4 {{ font-family: Inter; font-size: 17px; font-weight: 600; margin: 14px 0 6px 0; }}
p {{ margin: 0 0 12px 0; }}
.meta, .caption, .credit, .kept, .handle, time {{ font-family: Inter; font-size: 12px; color: {c.ink_3}; }}
a {{ color: {c.accent}; }}
cite {{ font-style: normal; font-weight: 600; color: {c.ink_2}; }}
table {{ margin: 6px 0 14px 0; }}
.missing {{ font-family: Inter; font-size: 13px; color: {c.amber}; }}
.from {{ font-family: Inter; font-size: 12px; color: {c.ink_3}; }}
.bar {{ background-color: {c.live}; }}
.quoted {{ padding: 2px 0 2px 14px; }}
.quoted p {{ margin: 0 0 6px 0; }}
.quoted blockquote {{ margin: 0; font-style: italic; font-size: 19px; }}
.turned {{ padding: 2px 14px 2px 0; }}
.turned p {{ margin: 0 0 6px 0; }}
.turned blockquote {{ margin: 0; font-size: 19px; }}
blockquote.original p {{ font-size: 15px; color: {c.ink_2}; }}
.box {{ border: 1px solid {c.line}; border-collapse: collapse; }}
.box td {{ padding: 10px 14px; font-family: Inter; font-size: 14px; }}
.box p {{ margin: 0 0 4px 0; }}
.box blockquote {{ margin: 0; font-style: normal; }}
"""

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)

    def _load(self, name: str) -> None:
        photo = self._photos.get(name)
        if name in self._asked or photo is None:
            return
        self._asked.add(name)
        picture, asset, edit = self._picture, photo.asset, photo.edit or Edit()
        longest = TEXT_WIDTH * (3 if edit.crop else 2)

        def done(image: QImage) -> None:
            if not image.isNull():
                self._images[name] = image
                self._again.start(0)

        def failed(_: Exception) -> None:
            """The grey box stays."""

        self._run_in_pool(lambda: printed(picture(asset, longest), edit), done, failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # lines stay as long as readers have them, in the middle of a wide pane
        side = max(0, (self.width() - TEXT_WIDTH - 2 * MARGIN) // 2)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)
        self._fit()
        # by the pane's own width: the viewport's changes with the scroll bar, which drawing brings and takes away
        if self._picture_width() != self._drawn_width:
            self._again.start(60)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        name = QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and name.scheme() == SCHEME:
            asset = name.path()
            found = self._images.get(asset)
            if found is None:
                self._load(asset)
                found = QImage(8, 5, QImage.Format.Format_RGB32)
                found.fill(QColor(self._theme.colours.sunken))
            return found
        return None
