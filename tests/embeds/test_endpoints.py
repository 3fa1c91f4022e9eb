"""The oEmbed endpoints are data: a part of the registry's list, of networks that may be asked, over https."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from urllib.parse import urlsplit

from editor.content.networks import names
from editor.embeds.look import META
from editor.embeds.oembed import endpoint

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "resources" / "oembed" / "providers.json"


def test_every_endpoint_is_of_a_network_we_know_and_may_ask_and_over_https() -> None:
    listed = json.loads(LIST.read_text("utf-8"))
    networks = [each["network"] for each in listed]
    assert len(set(networks)) == len(networks) >= 7
    assert set(networks) <= set(dict(names())) - META
    for each in listed:
        parts = urlsplit(each["url"])
        assert (parts.scheme, parts.query, parts.port) == ("https", "", None)
        assert endpoint(each["network"]) == each["url"]
    assert {endpoint(network) for network in (*META, "telegram", "nobody")} == {""}
    assert (LIST.parent / "LICENSE").is_file()


def test_the_list_is_made_of_the_registrys(tmp_path: Path) -> None:
    made = runpy.run_path(str(ROOT / "packaging" / "oembed.py"))
    registry = [
        {
            "provider_name": name,
            "endpoints": [{"url": endpoint(network).replace(".json", ".{format}")}],
        }
        for name, network in made["PROVIDERS"].items()
    ]
    unwanted = {"provider_name": "Elsewhere", "endpoints": [{"url": "https://else.example/o"}]}
    source, out = tmp_path / "registry.json", tmp_path / "out.json"
    source.write_text(json.dumps([unwanted, *registry]), "utf-8")
    assert made["main"](source, out) == 0
    assert out.read_bytes() == LIST.read_bytes()
    registry[0]["endpoints"][0]["url"] = "http://plain.example/o"
    source.write_text(json.dumps(registry), "utf-8")
    assert made["main"](source, out) == 1
