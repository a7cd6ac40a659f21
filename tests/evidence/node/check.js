// Checks a log with the code that Sigstore's clients check theirs with: @sigstore/verify.
//
// Usage: node check.js DIR, where DIR holds the log's key in log.vkey, the log's newest checkpoint
// in log/checkpoint, one signed earlier in older.checkpoint, and receipts with their leaves in
// receipts/. The package makes no proofs and reads no tiles: it checks signatures and paths.

"use strict";

const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

// Internal modules, which is why package.json pins one version: the package's front door takes
// nothing but Sigstore's own bundles.
const dist = path.join(path.dirname(require.resolve("@sigstore/verify")), "tlog");
const { verifyCheckpoint } = require(path.join(dist, "checkpoint.js"));
const { verifyMerkleInclusion } = require(path.join(dist, "merkle.js"));

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo.
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

function main(folder) {
  const log = readKey(fs.readFileSync(path.join(folder, "log.vkey"), "utf8").trim());
  const newest = checkpoint(fs.readFileSync(path.join(folder, "log/checkpoint"), "utf8"), log);
  const older = checkpoint(fs.readFileSync(path.join(folder, "older.checkpoint"), "utf8"), log);
  const receipts = path.join(folder, "receipts");
  const names = fs.readdirSync(receipts).filter((name) => name.endsWith(".receipt"));
  demand(names.length > 0, "there are no receipts");
  for (const name of names) {
    const leaf = fs.readFileSync(path.join(receipts, name.replace(/receipt$/, "leaf")));
    checkReceipt(fs.readFileSync(path.join(receipts, name), "utf8"), leaf, log);
  }
  console.log(`checkpoints ${older.logSize} and ${newest.logSize}, ${names.length} receipts`);
}

// A vkey is "name+id+base64(type, key)"; base64 may hold '+' too.
function readKey(vkey) {
  const [, name, id, encoded] = vkey.match(/^([^+]+)\+([0-9a-f]{8})\+(.+)$/);
  const key = Buffer.from(encoded, "base64");
  demand(key.length === 33 && key[0] === 1, "not an Ed25519 key");
  const spki = Buffer.concat([ED25519_SPKI, key.subarray(1)]);
  const publicKey = crypto.createPublicKey({ key: spki, format: "der", type: "spki" });
  return { logID: Buffer.from(id, "hex"), baseURL: name, publicKey };
}

function checkpoint(envelope, log) {
  const verified = verifyCheckpoint({ inclusionProof: { checkpoint: { envelope } } }, [log]);
  demand(verified.origin === log.baseURL, "a checkpoint of another log");
  return verified;
}

function checkReceipt(text, leaf, log) {
  const end = text.indexOf("\n\n");
  demand(end > 0, "no checkpoint in it");
  const [header, ...lines] = text.slice(0, end).split("\n");
  demand(header === "c2sp.org/tlog-proof@v1", "not a tlog-proof");
  const [index, ...hashes] = lines.filter((line) => !line.startsWith("extra "));
  demand(index.startsWith("index "), "no index in it");
  const inclusionProof = {
    logIndex: index.slice("index ".length),
    hashes: hashes.map((line) => Buffer.from(line, "base64")),
  };
  const entry = { inclusionProof, canonicalizedBody: leaf };
  verifyMerkleInclusion(entry, checkpoint(text.slice(end + 2), log));
}

function demand(good, otherwise) {
  if (!good) {
    throw new Error(otherwise);
  }
}

main(process.argv[2]);
