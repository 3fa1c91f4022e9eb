"""Addresses without what follows readers around: the parameters that say where a link was copied, and by whom."""

from __future__ import annotations

_NAMES = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid _hsenc _hsmi"
    " mkt_tok vero_id oly_anon_id oly_enc_id s_cid icid ncid smid sref xtor at_campaign at_medium at_custom1"
    " cmpid wt_mc __twitter_impression ref_src ref_url".split()
)
_BEGIN = ("utm_", "pk_", "mtm_", "piwik_", "hsa_")


def untracked(url: str) -> str:
    """The address without tracking parameters; the same where it has none, or where it is no address."""
    address, hash_mark, fragment = url.partition("#")
    before, mark, query = address.partition("?")
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _tracks(pair.partition("=")[0].lower())]
    if not mark or len(kept) == len(pairs):
        return url
    return before + ("?" + "&".join(kept) if kept else "") + hash_mark + fragment


def _tracks(name: str) -> bool:
    return name in _NAMES or name.startswith(_BEGIN)
