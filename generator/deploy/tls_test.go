package deploy_test

import (
	"encoding/pem"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"annals/generator/deploy/store"
)

// TestPrivateCA: a store whose certificate is of the office's own authority is believed
// only with it, and no error repeats a secret.
func TestPrivateCA(t *testing.T) {
	b, _ := newBucket(t)
	s := httptest.NewTLSServer(b)
	defer s.Close()
	open := func(ca []byte) (store.Store, error) {
		return store.NewS3(store.S3Options{Endpoint: s.URL, Bucket: "bucket", Prefix: "nb/", Region: "us-east-1", Addressing: "path", CA: ca, AccessKey: "canary-access", SecretKey: "canary-secret", Workers: 4})
	}
	without, err := open(nil)
	if err != nil {
		t.Fatal(err)
	}
	d, _ := deployer(without)
	if _, err := d.Deploy(t.Context(), site(t, edition(1))); err == nil || !strings.Contains(err.Error(), "certificate") || strings.Contains(err.Error(), "canary") {
		t.Error(err)
	}
	with, err := open(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
	if err != nil {
		t.Fatal(err)
	}
	d, _ = deployer(with)
	put(t, d, edition(1))
	includes(t, b, edition(1))
	if left := b.holding("canary"); len(left) > 0 {
		t.Error(left)
	}
	if _, err := open([]byte("no certificate")); !errors.Is(err, store.ErrCA) {
		t.Error(err)
	}
}
