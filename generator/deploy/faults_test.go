package deploy_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"annals/generator/deploy"
	"annals/generator/deploy/store"
)

// fault makes a bucket behave as no store should. before and after are those of
// bucket; n counts the requests from the fault on.
type fault struct {
	name   string
	before func(b *bucket, n int, w http.ResponseWriter, r *http.Request) bool
	after  func(b *bucket, n int, w http.ResponseWriter, r *http.Request) bool
	set    func(b *bucket)
	works  bool // a deployment must succeed all the same
}

func is(r *http.Request, method, key string) bool {
	return r.Method == method && strings.Contains(r.URL.Path, key)
}

// status answers with an error of S3.
func status(code int, word string) func(b *bucket, w http.ResponseWriter) bool {
	return func(b *bucket, w http.ResponseWriter) bool {
		b.refuse(w, code, word)
		return true
	}
}

// stored changes what a PUT has stored.
func (b *bucket) stored(r *http.Request, change func(data []byte) []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := strings.TrimPrefix(r.URL.Path, "/bucket/nb/")
	if data := change(bytes.Clone(b.objects[key])); data != nil {
		b.objects[key] = data
	} else {
		delete(b.objects, key)
	}
}

func halve(data []byte) []byte { return data[:len(data)/2] }

const page = "/index.html"

func errorXML(w http.ResponseWriter) bool {
	w.Header().Set("ETag", `"0123456789abcdef0123456789abcdef"`)
	w.Header().Set("Last-Modified", "Fri, 27 Nov 2026 22:00:00 GMT")
	io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>InternalError</Code><Message>we did not</Message></Error>`)
	return true
}

func every(k int, do func(b *bucket, w http.ResponseWriter) bool) func(*bucket, int, http.ResponseWriter, *http.Request) bool {
	return func(b *bucket, n int, w http.ResponseWriter, _ *http.Request) bool { return n%k == 0 && do(b, w) }
}

func from(k int, do func(b *bucket, w http.ResponseWriter) bool) func(*bucket, int, http.ResponseWriter, *http.Request) bool {
	return func(b *bucket, n int, w http.ResponseWriter, _ *http.Request) bool { return n >= k && do(b, w) }
}

func on(method, key string, do func(b *bucket, w http.ResponseWriter, r *http.Request) bool) func(*bucket, int, http.ResponseWriter, *http.Request) bool {
	return func(b *bucket, _ int, w http.ResponseWriter, r *http.Request) bool {
		return is(r, method, key) && do(b, w, r)
	}
}

func abort(*bucket, http.ResponseWriter) bool { panic(http.ErrAbortHandler) }

var faults = []fault{
	{name: "every third request is 500", before: every(3, status(500, "InternalError")), works: true},
	{name: "every second request is 503 SlowDown", before: every(2, status(503, "SlowDown")), works: true},
	{name: "every third request is 429", before: every(3, status(429, "TooManyRequests")), works: true},
	{name: "every third request is 409", before: every(3, status(409, "OperationAborted")), works: true},
	{name: "a write takes effect and is answered by 500", after: func(b *bucket, n int, w http.ResponseWriter, r *http.Request) bool {
		return r.Method == "PUT" && n%3 == 0 && status(500, "InternalError")(b, w)
	}, works: true},
	{name: "every third connection is reset", before: every(3, abort), works: true},
	{name: "every third connection is reset after the request", after: every(3, abort), works: true},
	{name: "the store is away", before: from(1, abort)},
	{name: "500 for ever", before: from(12, status(500, "InternalError"))},
	{name: "403 midway", before: from(15, status(403, "AccessDenied"))},
	{name: "403 from the first request on", before: from(1, status(403, "InvalidAccessKeyId"))},
	{name: "the clocks differ", before: from(1, status(403, "RequestTimeTooSkewed"))},
	{name: "there is no such bucket", before: from(1, status(404, "NoSuchBucket"))},
	{name: "writing is not allowed", before: on("PUT", "", func(b *bucket, w http.ResponseWriter, _ *http.Request) bool {
		return status(403, "AccessDenied")(b, w)
	})},
	{name: "a redirection to another host", before: func(_ *bucket, n int, w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, "http://127.0.0.1:1/elsewhere", http.StatusTemporaryRedirect)
		return true
	}},
	{name: "an error of megabytes", before: from(8, func(_ *bucket, w http.ResponseWriter) bool {
		w.WriteHeader(500)
		for range 8 {
			w.Write(bytes.Repeat([]byte("<Error>"), 16<<10))
		}
		return true
	})},
	{name: "a page of the network in place of every answer", before: from(1, func(_ *bucket, w http.ResponseWriter) bool {
		w.Header().Set("Last-Modified", "Fri, 27 Nov 2026 22:00:00 GMT")
		fmt.Fprint(w, "<html>please log in</html>")
		return true
	})},
	{name: "half of a page is stored, and its hash is right", after: on("PUT", page, func(b *bucket, _ http.ResponseWriter, r *http.Request) bool {
		b.stored(r, halve)
		return false
	})},
	{name: "a page is not stored, and the answer is right", after: on("PUT", page, func(b *bucket, _ http.ResponseWriter, r *http.Request) bool {
		b.stored(r, func([]byte) []byte { return nil })
		return false
	})},
	{name: "an asset is not stored", after: on("PUT", "/assets/", func(b *bucket, _ http.ResponseWriter, r *http.Request) bool {
		b.stored(r, func([]byte) []byte { return nil })
		return false
	})},
	{name: "other bytes are stored", after: on("PUT", page, func(b *bucket, _ http.ResponseWriter, r *http.Request) bool {
		b.stored(r, func(data []byte) []byte { data[0] ^= 1; return data })
		return false
	})},
	{name: "the manifest is stored by half", after: on("PUT", "/trees/", func(b *bucket, _ http.ResponseWriter, r *http.Request) bool {
		b.stored(r, halve)
		return false
	})},
	{name: "the state is stored by half", after: on("PUT", "/state.json", func(b *bucket, _ http.ResponseWriter, r *http.Request) bool {
		b.stored(r, halve)
		return false
	})},
	{name: "an upload is wrong once", after: func(b *bucket, n int, _ http.ResponseWriter, r *http.Request) bool {
		if r.Method == "PUT" && n%7 == 0 {
			b.stored(r, halve)
		}
		return false
	}, works: true},
	{name: "a wrong ETag", after: on("PUT", "", func(b *bucket, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("ETag", `"00000000000000000000000000000000"`)
		return false
	}), works: true},
	{name: "no ETag", after: on("PUT", "", func(b *bucket, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Del("ETag")
		return false
	}), works: true},
	{name: "200 with an error in it, nothing stored", before: on("PUT", page, func(_ *bucket, w http.ResponseWriter, _ *http.Request) bool { return errorXML(w) })},
	{name: "200 with an error in it for what is read", before: on("GET", page, func(_ *bucket, w http.ResponseWriter, _ *http.Request) bool { return errorXML(w) })},
	{name: "what is read ends early", before: on("GET", page, func(b *bucket, w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Content-Length", "100000")
		w.Header().Set("Last-Modified", "Fri, 27 Nov 2026 22:00:00 GMT")
		w.Write([]byte("half"))
		return abort(b, w)
	})},
	{name: "what is read is cut and looks whole", before: on("GET", page, func(_ *bucket, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Last-Modified", "Fri, 27 Nov 2026 22:00:00 GMT")
		w.Write([]byte("half"))
		return true
	})},
	{name: "what was written is not found", before: on("GET", page, func(b *bucket, w http.ResponseWriter, _ *http.Request) bool { return status(404, "NoSuchKey")(b, w) })},
	{name: "the state is not found", before: on("GET", "/state.json", func(b *bucket, w http.ResponseWriter, _ *http.Request) bool { return status(404, "NoSuchKey")(b, w) })},
	{name: "an answer without end", before: on("GET", page, func(_ *bucket, w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Last-Modified", "Fri, 27 Nov 2026 22:00:00 GMT")
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				break
			}
		}
		return true
	})},
	{name: "no answer", before: from(9, func(b *bucket, w http.ResponseWriter) bool { return false }), after: on("PUT", page, func(_ *bucket, _ http.ResponseWriter, r *http.Request) bool {
		<-r.Context().Done()
		return true
	})},
	{name: "no valid dates", after: on("GET", "", func(_ *bucket, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Last-Modified", "yesterday")
		w.WriteHeader(200)
		return true
	})},
	{name: "removing is said and not done", before: on("DELETE", page, func(_ *bucket, w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(204)
		return true
	})},
	{name: "removing is not allowed", before: on("DELETE", page, func(b *bucket, w http.ResponseWriter, _ *http.Request) bool { return status(403, "AccessDenied")(b, w) })},
	{name: "conditions are read over", set: func(b *bucket) { b.noConditions = true }, works: true},
	{name: "conditions are refused with 501", before: conditions(501, "NotImplemented"), works: true},
	{name: "conditions are refused with 400", before: conditions(400, "InvalidArgument"), works: true},
	{name: "conditions are refused with 403", before: conditions(403, "AccessDenied"), works: true},
	{name: "no condition ever holds", before: conditions(412, "PreconditionFailed")},
}

func conditions(code int, word string) func(b *bucket, n int, w http.ResponseWriter, r *http.Request) bool {
	return func(b *bucket, _ int, w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("If-Match")+r.Header.Get("If-None-Match") == "" {
			return false
		}
		io.Copy(io.Discard, r.Body)
		return status(code, word)(b, w)
	}
}

// TestFaults: whatever a store does, a deployment fails or everything is there; the
// next one, with a store that is well again, completes it; and what others have put
// there stays.
func TestFaults(t *testing.T) {
	if len(faults) < 30 {
		t.Errorf("only %d faults", len(faults))
	}
	for _, f := range faults {
		for _, first := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, first %v", f.name, first), func(t *testing.T) {
				t.Parallel()
				b, s := newBucket(t)
				b.objects["theirs/index.html"] = []byte("another's")
				wait := time.Minute
				if f.name == "no answer" {
					wait = 20 * time.Millisecond // it may be too short for others as well, and they may fail then
				}
				slow, err := store.NewS3(store.S3Options{Endpoint: s.URL, Bucket: "bucket", Prefix: "nb/", Region: "us-east-1", Addressing: "path", AccessKey: "a", SecretKey: "s", Workers: 4, Wait: wait})
				if err != nil {
					t.Fatal(err)
				}
				d, _ := deployer(slow)
				d.Grace, d.Keep, d.Workers = 0, 1, 1 // so that "every second" is what it says
				if !first {
					put(t, d, edition(1))
				}
				begin := b.requests
				b.mu.Lock()
				if f.before != nil {
					b.fault = func(n int, w http.ResponseWriter, r *http.Request) bool { return f.before(b, n-begin, w, r) }
				}
				if f.after != nil {
					b.after = func(n int, w http.ResponseWriter, r *http.Request) bool { return f.after(b, n-begin, w, r) }
				}
				if f.set != nil {
					f.set(b)
				}
				b.mu.Unlock()
				_, err = d.Deploy(t.Context(), site(t, edition(2)))
				if err != nil && f.works {
					t.Error(err)
				}
				if err == nil {
					includes(t, b, edition(2))
					if _, there := b.site()["agencies/only1/index.html"]; there {
						t.Error("done is said, and a page is still there that was to be removed")
					}
				} else if strings.Contains(err.Error(), "canary") {
					t.Errorf("a secret is in %v", err)
				}
				b.mu.Lock()
				b.fault, b.after = nil, nil
				b.mu.Unlock()
				well, _ := deployer(s3(t, s.URL))
				well.Grace, well.Keep = 0, 1
				_, err = well.Deploy(t.Context(), site(t, edition(2)))
				var foreign *deploy.ForeignError
				if errors.As(err, &foreign) && first {
					// What the store said was not there, or the other way round; this
					// takes somebody who looks.
					well.Adopt = true
					_, err = well.Deploy(t.Context(), site(t, edition(2)))
				}
				if err != nil {
					t.Fatal(err)
				}
				have := b.site()
				if diff := cmp.Diff("another's", have["theirs/index.html"]); diff != "" {
					t.Error(diff)
				}
				includes(t, b, edition(2))
				for _, key := range b.deleted {
					if strings.HasPrefix(key, "theirs") {
						t.Errorf("%s was removed", key)
					}
				}
			})
		}
	}
}
