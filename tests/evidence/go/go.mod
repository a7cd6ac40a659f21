module barid.test/evidence

// crypto/hpke came with it.
go 1.26.0

// Not older: before v0.40.0 some tiles were taken unchecked (CVE-2026-56865), which
// `go_sumdb_finds_every_change` finds.
require golang.org/x/mod v0.40.0
