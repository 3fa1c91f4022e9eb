"""Whether there is a network, as the system tells it: so that coming back needs no click and no waiting.

QtNetwork comes with the first account that is not a folder; a window without one never pays for it. Where the system
cannot tell, nothing here happens, and the worker finds out by trying.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

DISCONNECTED = 1
"""``QNetworkInformation.Reachability``: unknown, disconnected, local, site, online."""


class Network(QObject):
    """``came`` and ``went`` tell the network's coming and going; ``came`` also another way to it, as a phone's."""

    came = Signal()
    went = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_gone = False
        self._listens: bool | None = None

    def listen(self) -> bool:
        """Begins to listen, once. Returns whether the system can tell at all."""
        if self._listens is None:
            from PySide6.QtNetwork import QNetworkInformation

            feature = QNetworkInformation.Feature.Reachability
            self._listens = QNetworkInformation.loadBackendByFeatures(feature)
            if self._listens:
                self.listen_to(QNetworkInformation.instance())
        return self._listens

    def listen_to(self, information: QObject) -> None:
        """Listens to what tells a network's state as ``QNetworkInformation`` does."""
        information.reachabilityChanged.connect(self._on_reach)  # type: ignore[attr-defined]
        information.transportMediumChanged.connect(self._on_medium)  # type: ignore[attr-defined]
        self._on_reach(information.property("reachability"))

    def _on_reach(self, reach: object) -> None:
        number: int = getattr(reach, "value", 0)
        gone = number == DISCONNECTED
        if gone and not self._is_gone:
            self._is_gone = True
            self.went.emit()
        elif number > DISCONNECTED and self._is_gone:
            self._is_gone = False
            self.came.emit()

    def _on_medium(self, medium: object) -> None:
        if not self._is_gone:
            self.came.emit()
