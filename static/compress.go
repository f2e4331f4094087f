package static

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// encodings are the smaller forms of a file; one that saves nothing is nil.
type encodings struct{ brotli, gzip []byte }

// Compress prepares the smaller forms of all files. It takes about a second, so start it beside the server; until a file
// is done it is served as it is. It stops early when ctx ends.
func Compress(ctx context.Context) {
	lib := loaded()
	for _, url := range slices.Sorted(maps.Keys(lib.byURL)) {
		if ctx.Err() != nil {
			return
		}
		if a := lib.byURL[url]; compressible(a.mime) {
			a.smaller.Store(&encodings{brotli: brotlied(a.body), gzip: gzipped(a.body)})
		}
	}
}

func compressible(mime string) bool {
	return strings.HasPrefix(mime, "text/") || mime == "image/svg+xml"
}

func brotlied(body []byte) []byte {
	// The window need not be larger than the largest file; a larger one only takes memory.
	const window = 17
	return packed(body, func(w io.Writer) io.WriteCloser {
		return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: window})
	})
}

func gzipped(body []byte) []byte {
	return packed(body, func(w io.Writer) io.WriteCloser {
		packer, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // fails on an unknown level only
		return packer
	})
}

// packed is body through a packer, or nil when that saves nothing.
func packed(body []byte, through func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	packer := through(&out)
	if _, err := packer.Write(body); err != nil {
		return nil
	}
	if err := packer.Close(); err != nil || out.Len() >= len(body) {
		return nil
	}
	return bytes.Clone(out.Bytes())
}
