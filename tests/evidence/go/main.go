// Checks a log with the code that Go's own checksum database is checked with: golang.org/x/mod.
//
// Usage: evidence DIR, where DIR holds
//
//	log.vkey            the log's key
//	log/                the log, laid out as C2SP tlog-tiles
//	older.checkpoint    a checkpoint that the log signed earlier
//	receipts/N.receipt  C2SP tlog-proofs, with the leaf that each is about in N.leaf
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// C2SP fixes the height that x/mod leaves open.
const tileHeight = 8

const tileWidth = 1 << tileHeight

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: evidence DIR")
		os.Exit(2)
	}
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(dir string) error {
	key, err := os.ReadFile(filepath.Join(dir, "log.vkey"))
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(filepath.Join(dir, "log", "checkpoint"), verifier)
	if err != nil {
		return err
	}
	older, err := openCheckpoint(filepath.Join(dir, "older.checkpoint"), verifier)
	if err != nil {
		return err
	}
	tiles := tileFolder(filepath.Join(dir, "log"))
	if err := checkEntries(tiles, tree); err != nil {
		return err
	}
	if err := checkGrowth(tiles, older, tree); err != nil {
		return err
	}
	receipts, err := filepath.Glob(filepath.Join(dir, "receipts", "*.receipt"))
	if err != nil {
		return err
	}
	if len(receipts) == 0 {
		return errors.New("there are no receipts")
	}
	for _, receipt := range receipts {
		if err := checkReceipt(receipt, verifier); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(receipt), err)
		}
	}
	fmt.Printf("%d entries, grown from %d, %d receipts\n", tree.N, older.N, len(receipts))
	return nil
}

func openCheckpoint(path string, verifier note.Verifier) (tlog.Tree, error) {
	signed, err := os.ReadFile(path)
	if err != nil {
		return tlog.Tree{}, err
	}
	return readCheckpoint(signed, verifier)
}

// readCheckpoint checks the signature, then reads origin, size and root. tlog.ParseTree would want
// Go's own origin.
func readCheckpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tileFolder reads tiles for tlog.TileHashReader, which checks each against the tree.
type tileFolder string

func (folder tileFolder) Height() int { return tileHeight }

func (folder tileFolder) SaveTiles([]tlog.Tile, [][]byte) {}

func (folder tileFolder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		// x/mod names the height in the path; C2SP, where it is always 8, does not.
		name := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(folder), name))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

// checkEntries hashes every entry and compares it with the authenticated tiles.
func checkEntries(tiles tileFolder, tree tlog.Tree) error {
	reader := tlog.TileHashReader(tree, tiles)
	for first := int64(0); first < tree.N; first += tileWidth {
		width := tree.N - first
		if width > tileWidth {
			width = tileWidth
		}
		entries, err := readBundle(tiles, first/tileWidth, width)
		if err != nil {
			return err
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			if tlog.RecordHash(entry) != hashes[i] {
				return fmt.Errorf("entry %d is not what the tree has", first+int64(i))
			}
		}
	}
	return nil
}

func readBundle(tiles tileFolder, index, width int64) ([][]byte, error) {
	path := tlog.Tile{H: tileHeight, L: 0, N: index, W: int(width)}.Path()
	name := strings.Replace(path, fmt.Sprintf("tile/%d/0/", tileHeight), "tile/entries/", 1)
	rest, err := os.ReadFile(filepath.Join(string(tiles), name))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(rest) >= 2 {
		length := int(binary.BigEndian.Uint16(rest))
		if len(rest) < 2+length {
			break
		}
		entries = append(entries, rest[2:2+length])
		rest = rest[2+length:]
	}
	if len(rest) != 0 || int64(len(entries)) != width {
		return nil, fmt.Errorf("%s is not a bundle of %d entries", name, width)
	}
	return entries, nil
}

// checkGrowth makes and checks the proof that the older tree began the newer one.
func checkGrowth(tiles tileFolder, older, tree tlog.Tree) error {
	proof, err := tlog.ProveTree(tree.N, older.N, tlog.TileHashReader(tree, tiles))
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash)
}

// checkReceipt checks a tlog-proof: the note in it, and the path from the leaf to its root.
func checkReceipt(path string, verifier note.Verifier) error {
	leaf, err := os.ReadFile(strings.TrimSuffix(path, ".receipt") + ".leaf")
	if err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	proof, signed, found := bytes.Cut(text, []byte("\n\n"))
	if !found {
		return errors.New("no checkpoint in it")
	}
	tree, err := readCheckpoint(signed, verifier)
	if err != nil {
		return err
	}
	index, hashes, err := readProof(string(proof))
	if err != nil {
		return err
	}
	return tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(leaf))
}

func readProof(text string) (int64, tlog.RecordProof, error) {
	lines := strings.Split(text, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		return 0, nil, errors.New("not a tlog-proof")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return 0, nil, errors.New("no index in it")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil {
		return 0, nil, err
	}
	var hashes tlog.RecordProof
	for _, line := range lines[1:] {
		raw, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return 0, nil, errors.New("a line of the path is no hash")
		}
		var hash tlog.Hash
		copy(hash[:], raw)
		hashes = append(hashes, hash)
	}
	return index, hashes, nil
}
