"""Checks a log with aics-tlog, a second Python library for C2SP tlog-tiles logs, written apart
from the first.

Usage: aics_tlog_check.py DIR [URL], where DIR holds the log's key in log.vkey, the log in log/, a
checkpoint signed earlier in older.checkpoint, and receipts with their leaves in receipts/. With a
URL the log is read from there.
"""

import base64
import sys
import urllib.request
from pathlib import Path

import aics_tlog
from aics_tlog.remote import HttpTileReader


def main(folder: Path, url: str | None = None) -> None:
    key = aics_tlog.parse_vkey((folder / "log.vkey").read_text().strip())
    if url:
        store = HttpTileReader(url, proxies={})
        with urllib.request.urlopen(url + "/checkpoint", timeout=15) as answer:
            signed = answer.read()
    else:
        store = aics_tlog.FileSystemTileReader(folder / "log")
        signed = (folder / "log" / "checkpoint").read_bytes()
    newest = read_checkpoint(signed, key)
    older = read_checkpoint((folder / "older.checkpoint").read_bytes(), key)

    aics_tlog.audit_tiles(store, newest.size, newest.root)
    growth = aics_tlog.consistency_proof_from_tiles(store, older.size, newest.size)
    grown = aics_tlog.verify_consistency(older.size, newest.size, older.root, newest.root, growth)
    demand(grown, "the older tree did not begin the newer one")
    receipts = sorted((folder / "receipts").glob("*.receipt"))
    demand(receipts != [], "there are no receipts")
    for receipt in receipts:
        check_receipt(receipt.read_bytes(), receipt.with_suffix(".leaf").read_bytes(), key)
    print(f"{newest.size} entries, grown from {older.size}, {len(receipts)} receipts")


def read_checkpoint(signed: bytes, key: aics_tlog.VKey) -> aics_tlog.Checkpoint:
    note = aics_tlog.parse_note(signed)
    verified = aics_tlog.verify_checkpoint(note, key, expected_origin=key.name)
    demand(verified.ok, verified.error)
    return aics_tlog.parse_checkpoint(note.text)


def check_receipt(text: bytes, leaf: bytes, key: aics_tlog.VKey) -> None:
    proof, note = text.split(b"\n\n", 1)
    checkpoint = read_checkpoint(note, key)
    header, *lines = proof.split(b"\n")
    demand(header == b"c2sp.org/tlog-proof@v1", "not a tlog-proof")
    lines = [line for line in lines if not line.startswith(b"extra ")]
    index = int(lines[0].removeprefix(b"index "))
    path = [base64.b64decode(line, validate=True) for line in lines[1:]]
    proven = aics_tlog.verify_leaf_inclusion(leaf, index, checkpoint.size, path, checkpoint.root)
    demand(proven, "the leaf is not where the receipt says")


def demand(good: bool, otherwise: str) -> None:
    if not good:
        raise ValueError(otherwise)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
