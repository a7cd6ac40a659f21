"""Checks a log with tlog-scales, a Python library for C2SP tlog-tiles logs.

Usage: tlog_scales_check.py DIR [URL], where DIR holds the log's key in log.vkey, the log in log/, a
checkpoint signed earlier in older.checkpoint, and receipts with their leaves in receipts/. With a
URL the log is read from there.
"""

import base64
import sys
from pathlib import Path

from tlog_scales import tiles
from tlog_scales.backend import HttpBackend, LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint, InclusionProof


def main(folder: Path, url: str | None = None) -> None:
    key = Vkey.from_string((folder / "log.vkey").read_text().strip())
    reader = TilesReader(HttpBackend(url) if url else LocalBackend(folder / "log"))
    newest = reader.get_checkpoint()
    newest.verify(key)
    older = read_checkpoint((folder / "older.checkpoint").read_text(), key)

    demand(reader.calculate_root_hash() == newest.root_hash, "the tiles lead to another root")
    growth = reader.get_consistency_proof(older.size, newest.size)
    growth.check(older.root_hash, newest.root_hash)
    for index in range(newest.size):
        proof = reader.get_inclusion_proof(index, newest.size)
        proof.check(tiles.leaf_hash(reader.get_entry(index)), newest.root_hash)
    receipts = sorted((folder / "receipts").glob("*.receipt"))
    demand(receipts != [], "there are no receipts")
    for receipt in receipts:
        check_receipt(receipt.read_text(), receipt.with_suffix(".leaf").read_bytes(), key)
    print(f"{newest.size} entries, grown from {older.size}, {len(receipts)} receipts")


def read_checkpoint(text: str, key: Vkey) -> Checkpoint:
    checkpoint = Checkpoint.from_text(text)
    demand(checkpoint.origin == key.name, "a checkpoint of another log")
    checkpoint.verify(key)
    return checkpoint


def check_receipt(text: str, leaf: bytes, key: Vkey) -> None:
    proof, note = text.split("\n\n", 1)
    checkpoint = read_checkpoint(note, key)
    header, *lines = proof.split("\n")
    demand(header == "c2sp.org/tlog-proof@v1", "not a tlog-proof")
    lines = [line for line in lines if not line.startswith("extra ")]
    index = int(lines[0].removeprefix("index "))
    path = [base64.b64decode(line, validate=True) for line in lines[1:]]
    proof = InclusionProof(index, checkpoint.size, path)
    proof.check(tiles.leaf_hash(leaf), checkpoint.root_hash)


def demand(good: bool, otherwise: str) -> None:
    if not good:
        raise ValueError(otherwise)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
