package store

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3Options say which bucket of which store objects lie in.
type S3Options struct {
	Endpoint   string // https://host:port
	Bucket     string
	Prefix     string // "" or a/b/: put before every key
	Region     string
	Addressing string // auto, path or host
	CA         []byte // certificates in PEM that are trusted besides the system's

	AccessKey, SecretKey, SessionToken string

	Agent   string        // the program and its version, as it names itself
	Wait    time.Duration // for an answer to begin; a minute if 0
	Workers int           // requests at a time
}

// ErrCA says that a file of certificates holds none.
var ErrCA = errors.New("there is no certificate in it")

type s3 struct {
	core    minio.Core
	o       S3Options
	secrets []string
}

// NewS3 returns a bucket's Store. It makes no request.
func NewS3(o S3Options) (Store, error) {
	u, err := url.Parse(o.Endpoint)
	if err != nil {
		return nil, err
	}
	if o.Wait == 0 {
		o.Wait = time.Minute
	}
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: o.Wait}).DialContext,
		TLSHandshakeTimeout:   o.Wait,
		ResponseHeaderTimeout: o.Wait,
		MaxIdleConnsPerHost:   o.Workers,
		IdleConnTimeout:       time.Minute,
		DisableCompression:    true, // an object is read as it was put
		ForceAttemptHTTP2:     true,
	}
	if o.CA != nil {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(o.CA) {
			return nil, ErrCA
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	client, err := minio.New(u.Host, &minio.Options{
		Creds:        credentials.NewStaticV4(o.AccessKey, o.SecretKey, o.SessionToken),
		Secure:       u.Scheme == "https",
		Transport:    transport,
		Region:       o.Region, // or minio-go would ask for it
		BucketLookup: map[string]minio.BucketLookupType{"path": minio.BucketLookupPath, "host": minio.BucketLookupDNS}[o.Addressing],
		MaxRetries:   1, // package deploy repeats what failed
	})
	if err != nil {
		return nil, err
	}
	client.SetAppInfo("annals", o.Agent)
	return &s3{minio.Core{Client: client}, o, []string{o.SecretKey, o.SessionToken, o.AccessKey}}, nil
}

// slowest is the rate in bytes a second below which an upload is given up; a piece
// is what must come within S3Options.Wait of a download.
const (
	slowest = 10_000
	piece   = 64 << 10
)

// within bounds the time that a request for so many bytes may take.
func (s *s3) within(ctx context.Context, size int64) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, 2*s.o.Wait+time.Duration(size/slowest)*time.Second)
}

func (s *s3) Get(ctx context.Context, key string, limit int64) ([]byte, string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	late := time.AfterFunc(2*s.o.Wait, cancel)
	defer late.Stop()
	body, info, _, err := s.core.GetObject(ctx, s.o.Bucket, s.o.Prefix+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, "", s.failed("get", key, err)
	}
	defer body.Close()
	var data bytes.Buffer
	for err == nil && int64(data.Len()) <= limit {
		late.Reset(s.o.Wait) // for the next piece
		_, err = io.CopyN(&data, body, min(piece, limit+1-int64(data.Len())))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", s.failed("get", key, err)
	}
	return data.Bytes(), info.ETag, nil
}

// Put sends an object in one piece with its MD5 and its SHA-256, which every store
// understands. What minio-go sends of its own accord, a body in signed chunks and a
// checksum behind it, is refused by some: Aliyun's over plain http, older gateways always.
func (s *s3) Put(ctx context.Context, key string, o Object, c Condition) (string, error) {
	ctx, cancel := s.within(ctx, int64(len(o.Data)))
	defer cancel()
	opts := minio.PutObjectOptions{ContentType: o.Type, CacheControl: o.Cache, DisableContentSha256: true}
	if o.Save {
		opts.ContentDisposition = "attachment"
	}
	switch c {
	case "":
	case Absent:
		opts.SetMatchETagExcept("*")
	default:
		opts.SetMatchETag(string(c))
	}
	sum, check := sha256.Sum256(o.Data), md5.Sum(o.Data)
	info, err := s.core.PutObject(ctx, s.o.Bucket, s.o.Prefix+key, bytes.NewReader(o.Data), int64(len(o.Data)),
		base64.StdEncoding.EncodeToString(check[:]), hex.EncodeToString(sum[:]), opts)
	return info.ETag, s.failed("put", key, err)
}

func (s *s3) Delete(ctx context.Context, key string) error {
	ctx, cancel := s.within(ctx, 0)
	defer cancel()
	err := s.failed("delete", key, s.core.RemoveObject(ctx, s.o.Bucket, s.o.Prefix+key, minio.RemoveObjectOptions{}))
	if errors.Is(err, ErrMissing) {
		return nil
	}
	return err
}

// Tidy does nothing: an object is put whole or not at all.
func (s *s3) Tidy(context.Context) error { return nil }

// Forget removes the versions of objects that a bucket keeps which has versions. This
// alone lists what the bucket holds, because nothing else tells of them.
func (s *s3) Forget(ctx context.Context, ours func(key string) bool) error {
	v, err := s.core.GetBucketVersioning(ctx, s.o.Bucket)
	if err != nil {
		return s.failed("get", "?versioning", err)
	}
	if v.Status == "" {
		return nil // it never had any
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var versions, markers []minio.ObjectInfo
	for o := range s.core.Client.ListObjects(ctx, s.o.Bucket, minio.ListObjectsOptions{Prefix: s.o.Prefix, Recursive: true, WithVersions: true}) {
		switch {
		case o.Err != nil:
			return s.failed("list", "?versions", o.Err)
		case o.IsLatest && !o.IsDeleteMarker, len(o.Key) < len(s.o.Prefix) || !ours(o.Key[len(s.o.Prefix):]):
		case o.IsDeleteMarker:
			markers = append(markers, o)
		default:
			versions = append(versions, o)
		}
	}
	for _, o := range append(versions, markers...) { // without its marker a version would be seen again
		if err := s.core.RemoveObject(ctx, s.o.Bucket, o.Key, minio.RemoveObjectOptions{VersionID: o.VersionID}); err != nil {
			return s.failed("delete", o.Key, err)
		}
	}
	return nil
}

// failed returns what a request's error means; nil for nil.
func (s *s3) failed(op, key string, err error) error {
	if err == nil {
		return nil
	}
	answer := minio.ErrorResponse{}
	if !errors.As(err, &answer) {
		return &Error{Op: op, Key: key, Message: line(err.Error(), s.secrets), Err: err}
	}
	switch {
	case answer.StatusCode == http.StatusNotFound && answer.Code != "NoSuchBucket":
		return ErrMissing
	case answer.StatusCode == http.StatusPreconditionFailed:
		return ErrConflict
	}
	return &Error{Op: op, Key: key, Status: answer.StatusCode, Code: line(answer.Code, s.secrets), Message: line(answer.Message, s.secrets)}
}
