package deploy_test

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"annals/generator/deploy/store"
)

// bucket is a store that speaks as much of S3 as a deployment needs, and can be made
// to fail in every way.
type bucket struct {
	mu       sync.Mutex
	objects  map[string][]byte
	header   map[string]http.Header // with which an object was put
	requests int
	puts     int
	deleted  []string

	noConditions bool // conditions are read over

	// fault may answer the nth request itself; it is called before the request takes
	// effect. after is called after it did, before it is answered.
	fault, after func(n int, w http.ResponseWriter, r *http.Request) (answered bool)

	changed func(b *bucket) // called after every change, while nothing else changes
}

func newBucket(t testing.TB) (*bucket, *httptest.Server) {
	b := &bucket{objects: map[string][]byte{}, header: map[string]http.Header{}}
	s := httptest.NewServer(b)
	t.Cleanup(s.Close)
	return b, s
}

// s3 returns the bucket as a Store.
func s3(t testing.TB, address string) store.Store {
	t.Helper()
	s, err := store.NewS3(store.S3Options{Endpoint: address, Bucket: "bucket", Prefix: "nb/", Region: "us-east-1", Addressing: "path", AccessKey: "canary-access", SecretKey: "canary-secret", Workers: 16})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func quoted(data []byte) string {
	sum := md5.Sum(data)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	b.requests++
	n := b.requests
	fault, after := b.fault, b.after
	b.mu.Unlock()
	if fault != nil && fault(n, w, r) {
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	key, ok := strings.CutPrefix(r.URL.Path, "/bucket/nb/")
	if !ok || r.URL.RawQuery != "" && r.URL.RawQuery != "x-id=PutObject" {
		b.refuse(w, http.StatusNotImplemented, "NotImplemented")
		return
	}
	status := b.do(w, r, key, body)
	if after != nil && after(n, w, r) {
		return
	}
	b.answer(w, r, key, status)
}

// do does what a request asks for and returns the status of the answer.
func (b *bucket) do(w http.ResponseWriter, r *http.Request, key string, body []byte) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	old, exists := b.objects[key]
	switch r.Method {
	case http.MethodGet:
		if !exists {
			return http.StatusNotFound
		}
		return http.StatusOK
	case http.MethodPut:
		if r.Header.Get("X-Amz-Content-Sha256") == "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" {
			return http.StatusNotImplemented
		}
		if !b.noConditions {
			if r.Header.Get("If-None-Match") == "*" && exists {
				return http.StatusPreconditionFailed
			}
			if match := r.Header.Get("If-Match"); match != "" && (!exists || match != quoted(old)) {
				return http.StatusPreconditionFailed
			}
		}
		b.objects[key], b.header[key] = body, r.Header.Clone()
		b.puts++
		w.Header().Set("ETag", quoted(body))
	case http.MethodDelete:
		delete(b.objects, key)
		b.deleted = append(b.deleted, key)
	}
	if b.changed != nil {
		b.changed(b)
	}
	if r.Method == http.MethodDelete {
		return http.StatusNoContent
	}
	return http.StatusOK
}

func (b *bucket) answer(w http.ResponseWriter, r *http.Request, key string, status int) {
	b.mu.Lock()
	data := b.objects[key]
	b.mu.Unlock()
	switch status {
	case http.StatusNotFound:
		b.refuse(w, status, "NoSuchKey")
	case http.StatusPreconditionFailed:
		b.refuse(w, status, "PreconditionFailed")
	case http.StatusNotImplemented:
		b.refuse(w, status, "NotImplemented")
	default:
		if r.Method == http.MethodGet {
			w.Header().Set("ETag", quoted(data))
			w.Header().Set("Last-Modified", "Fri, 27 Nov 2026 22:00:00 GMT")
			w.Write(data)
			return
		}
		w.WriteHeader(status)
	}
}

func (b *bucket) refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>no</Message></Error>`, code)
}

// site returns what is there of the site, without the state.
func (b *bucket) site() map[string]string {
	b.mu.Lock()
	defer b.mu.Unlock()
	files := map[string]string{}
	for key, data := range b.objects {
		if !strings.HasPrefix(key, ".annals/") {
			files[key] = string(data)
		}
	}
	return files
}

// holding lists the objects in which a text is.
func (b *bucket) holding(text string) (keys []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for key, data := range b.objects {
		if bytes.Contains(data, []byte(text)) || strings.Contains(key, text) {
			keys = append(keys, key)
		}
	}
	return keys
}

var reference = regexp.MustCompile(`needs ([^ ]+)`)

// dangling lists what pages refer to and is not there.
func (b *bucket) dangling() (list []string) {
	for key, data := range b.objects {
		if !strings.HasSuffix(key, ".html") {
			continue
		}
		for _, m := range reference.FindAllSubmatch(data, -1) {
			if _, ok := b.objects[string(m[1])]; !ok {
				list = append(list, key+" needs "+string(m[1]))
			}
		}
	}
	return list
}
