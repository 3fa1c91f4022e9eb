"""Three panes side by side; where the window is narrow, the list and the composer are pages with a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

NARROW = 1000
SIDE, LIST = 228, 400


class Panes(QSplitter):
    """The side bar, the list and the right pane."""

    def __init__(self, side: QWidget, middle: QWidget, right: QWidget, back: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._side, self._middle, self._right, self._back = side, middle, right, back
        self._wide_sizes = [SIDE, LIST, 1440 - SIDE - LIST]
        self._side_wanted = True
        self._reading = False
        self.narrow = False
        for pane in (side, middle, right):
            self.addWidget(pane)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setCollapsible(0, True)
        for place, stretch in enumerate((0, 0, 1)):
            self.setStretchFactor(place, stretch)
        self.setSizes(self._wide_sizes)
        back.hide()

    def show_list(self) -> None:
        """Where the window is narrow: goes back to the list."""
        self._reading = False
        self._arrange()

    def follow_click(self) -> None:
        """Where the window is narrow, a click on an entry goes to it; the arrow keys only select."""
        if self.narrow:
            self.show_right()

    def show_right(self) -> None:
        """Where the window is narrow: goes to the composer."""
        self._reading = True
        self._arrange()

    def toggle_side(self) -> None:
        """Shows or hides the side bar."""
        self._side_wanted = not self._side_wanted
        self._arrange()

    def state(self) -> list[int]:
        """The sizes to be remembered; a hidden side bar has the size nought."""
        side, middle, right = self._wide_sizes if self.narrow else self.sizes()
        return [side if self._side_wanted else 0, middle, right]

    def restore(self, sizes: list[int]) -> None:
        """Takes the sizes that ``state`` gave."""
        if len(sizes) == 3 and all(size >= 0 for size in sizes):
            self._side_wanted = sizes[0] > 0
            self._wide_sizes = [sizes[0] or SIDE, sizes[1] or LIST, sizes[2] or LIST]
            self.setSizes(self._wide_sizes)
            self._arrange()

    def _arrange(self) -> None:
        reading = self.narrow and self._reading
        self._side.setVisible(self._side_wanted and not reading)
        self._middle.setVisible(not reading)
        self._right.setVisible(not self.narrow or self._reading)
        self._back.setVisible(reading)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < NARROW
        if narrow != self.narrow:
            if narrow and event.oldSize().width() > 0:
                self._wide_sizes = self.sizes()
            self.narrow = narrow
            self._arrange()
            width = event.size().width()
            self.setSizes([SIDE, width - SIDE, width] if narrow else self._wide_sizes)
        super().resizeEvent(event)
