"""Makes ``resources/oembed/providers.json`` of the registry's: the https endpoints of the networks that we recognise.

``python packaging/oembed.py PATH`` with the ``providers.json`` of the npm package ``oembed-providers``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

PROVIDERS = {
    "Reddit": "reddit",
    "SoundCloud": "soundcloud",
    "Spotify": "spotify",
    "TikTok": "tiktok",
    "Vimeo": "vimeo",
    "X": "x",
    "YouTube": "youtube",
}


OUT = Path(__file__).resolve().parent.parent / "resources" / "oembed" / "providers.json"


def main(source: Path, out: Path = OUT) -> int:
    """Writes the file; 1 where the registry lacks one of the networks."""
    found = {}
    for provider in json.loads(source.read_text("utf-8")):
        network = PROVIDERS.get(provider["provider_name"])
        url = provider["endpoints"][0]["url"].replace("{format}", "json")
        if network and url.startswith("https://"):
            found[network] = url
    listed = [{"network": network, "url": url} for network, url in sorted(found.items())]
    out.write_text(json.dumps(listed, indent=2) + "\n", "utf-8")
    return 0 if len(found) == len(PROVIDERS) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
