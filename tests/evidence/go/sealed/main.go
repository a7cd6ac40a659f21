// Seals and opens the known answers about sealed exhibits with Go's standard library.
//
// Usage: sealed VECTORS, the path of proto/vectors/sealed.json
package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

const (
	headerBytes  = 48
	segmentBytes = 65536
	tagBytes     = 16
	spkiPrefix   = 24
)

// What comes in hexadecimal digits.
type octets []byte

func (o *octets) UnmarshalJSON(text []byte) error {
	var digits string
	if err := json.Unmarshal(text, &digits); err != nil {
		return err
	}
	raw, err := hex.DecodeString(digits)
	*o = raw
	return err
}

type document struct {
	Key              octets `json:"document_key"`
	PlaintextBytes   int    `json:"plaintext_bytes"`
	Commitment       octets `json:"commitment"`
	Segments         int    `json:"segments"`
	SealedBytes      int    `json:"sealed_bytes"`
	SealedSHA256     octets `json:"sealed_sha256"`
	SealedBegin      octets `json:"sealed_begin"`
	Description      octets `json:"description"`
	DescriptionPlain octets `json:"description_plain"`
}

type wrapped struct {
	SHA256      octets `json:"sha256"`
	Ciphertext  octets `json:"ciphertext"`
	DocumentKey octets `json:"document_key"`
}

type wrap struct {
	Seed         octets    `json:"unsealing_seed"`
	SPKI         octets    `json:"spki"`
	KeyID        octets    `json:"key_id"`
	Info         octets    `json:"info"`
	Encapsulated octets    `json:"encapsulated"`
	Keys         []wrapped `json:"keys"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sealed VECTORS")
		os.Exit(2)
	}
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var vectors struct {
		Documents []document `json:"documents"`
		Wrap      wrap       `json:"wrap"`
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		return err
	}
	for number, one := range vectors.Documents {
		if err := checkDocument(one); err != nil {
			return fmt.Errorf("document %d: %w", number, err)
		}
	}
	if err := checkWrap(vectors.Wrap); err != nil {
		return fmt.Errorf("wrap: %w", err)
	}
	fmt.Printf("%d documents, %d wrapped keys\n", len(vectors.Documents), len(vectors.Wrap.Keys))
	return nil
}

func checkDocument(one document) error {
	commitment, err := hkdf.Key(sha256.New, one.Key, nil, "barid-sealed/v1 commitment", 32)
	if err != nil {
		return err
	}
	if !bytes.Equal(commitment, one.Commitment) {
		return errors.New("another commitment")
	}
	header := append([]byte("barid-sealed/v1\n"), commitment...)
	content, err := gcm(one.Key, "barid-sealed/v1 content")
	if err != nil {
		return err
	}
	plain := make([]byte, one.PlaintextBytes)
	for i := range plain {
		plain[i] = byte(i % 251)
	}
	sealed, segments := bytes.Clone(header), 0
	for rest := plain; len(rest) > 0; segments++ {
		room := segmentBytes - tagBytes
		if segments == 0 {
			room -= headerBytes
		}
		own := rest[:min(room, len(rest))]
		rest = rest[len(own):]
		var nonce [12]byte
		binary.BigEndian.PutUint32(nonce[7:], uint32(segments))
		if len(rest) == 0 {
			nonce[11] = 1
		}
		sealed = content.Seal(sealed, nonce[:], own, header)
	}
	if segments != one.Segments || len(sealed) != one.SealedBytes {
		return fmt.Errorf("%d segments, %d bytes", segments, len(sealed))
	}
	if digest := sha256.Sum256(sealed); !bytes.Equal(digest[:], one.SealedSHA256) {
		return errors.New("another ciphertext")
	}
	if !bytes.HasPrefix(sealed, one.SealedBegin) {
		return errors.New("another beginning")
	}
	described, err := gcm(one.Key, "barid-sealed/v1 description")
	if err != nil {
		return err
	}
	opened, err := described.Open(nil, make([]byte, 12), one.Description, nil)
	if err != nil {
		return err
	}
	if !bytes.Equal(opened, one.DescriptionPlain) {
		return errors.New("another description")
	}
	return nil
}

func gcm(key []byte, label string) (cipher.AEAD, error) {
	derived, err := hkdf.Key(sha256.New, key, nil, label, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func checkWrap(one wrap) error {
	kem := hpke.MLKEM768X25519()
	key, err := kem.NewPrivateKey(one.Seed)
	if err != nil {
		return err
	}
	if !bytes.Equal(key.PublicKey().Bytes(), one.SPKI[spkiPrefix:]) {
		return errors.New("another public key")
	}
	if id := sha256.Sum256(one.SPKI); !bytes.Equal(id[:], one.KeyID) {
		return errors.New("another identifier")
	}
	recipient, err := hpke.NewRecipient(
		one.Encapsulated, key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), one.Info)
	if err != nil {
		return err
	}
	for _, each := range one.Keys {
		opened, err := recipient.Open(each.SHA256, each.Ciphertext)
		if err != nil {
			return err
		}
		if !bytes.Equal(opened, each.DocumentKey) {
			return errors.New("another document key")
		}
	}
	return nil
}
