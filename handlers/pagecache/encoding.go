package pagecache

import (
	"bytes"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// encoding is a form in which a page can be sent, from the least wanted to the most.
type encoding int

const (
	plain encoding = iota
	gzipped
	zstandard
)

// encodings have a name (RFC 9110, 8.4.1; RFC 8878), the end of their entity tags, and how to pack.
var encodings = [...]struct {
	name, suffix string
	pack         func([]byte) []byte
}{
	plain:     {"identity", "", nil},
	gzipped:   {"gzip", "-gzip", packGzip},
	zstandard: {"zstd", "-zstd", packZstd},
}

// worthwhile is how many times smaller a packed page has to be to be kept and sent. Pages of this shop get five times
// smaller.
const worthwhile = 2

// Levels are those at which packing a page takes less time than rendering it.
var gzips = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, 4)
	if err != nil {
		panic(err) // only with a level that does not exist
	}
	return w
}}

func packGzip(content []byte) []byte {
	w := gzips.Get().(*gzip.Writer)
	defer gzips.Put(w)
	var packed bytes.Buffer
	w.Reset(&packed)
	_, _ = w.Write(content) // a buffer takes everything
	_ = w.Close()
	return bytes.Clone(packed.Bytes())
}

// zstds is made with the first page that wants it. The window is larger than any page; the default's eight megabytes would
// be memory for nothing.
var zstds = sync.OnceValue(func() *zstd.Encoder {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(128<<10), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err) // only with options that do not exist
	}
	return w
})

func packZstd(content []byte) []byte { return bytes.Clone(zstds().EncodeAll(content, nil)) }

// accepted is the encoding to send to who accepts these (RFC 9110, 12.5.3).
func accepted(header string) encoding {
	for e := zstandard; e > plain; e-- {
		if accepts(header, encodings[e].name) {
			return e
		}
	}
	return plain
}

// accepts reports whether an encoding is named in Accept-Encoding and its weight isn't zero.
func accepts(header, name string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, weighed := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(coding), name) {
			continue
		}
		if !weighed {
			return true
		}
		q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
		return err == nil && q > 0
	}
	return false
}
