// Package static holds the shop's style sheets, script and pictures. Each is embedded in the program and named by a hash
// of its content, so that browsers may keep it for ever. Pictures are named by a keyed hash alone: who has not seen a page
// with a picture can't work out its address, not even from the picture itself.
package static

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"sync"
	"sync/atomic"
)

// Prefix is where the handler is mounted.
const Prefix = "/static/"

//go:embed css js icons pictures
var files embed.FS

// asset is one file as browsers get it.
type asset struct {
	url     string
	tag     string // hash of the content, the base of its ETags
	mime    string
	body    []byte
	smaller atomic.Pointer[encodings]
}

type library struct {
	key    []byte            // names pictures
	byName map[string]*asset // "css/shop.css"
	byURL  map[string]*asset // "/static/css/shop.1f0c….css"
}

var loaded = sync.OnceValue(load)

// secret is what names pictures; nil until Seal.
var secret atomic.Pointer[[]byte]

// Seal gives the secret that names pictures. Processes that serve the same shop share it; without one each makes up its
// own. Call it before the first address is asked for: addresses don't change afterwards.
func Seal(text string) {
	if text != "" {
		key := sha256.Sum256([]byte("pictures " + text))
		sealed := key[:]
		secret.Store(&sealed)
	}
}

func pictureKey() []byte {
	if key := secret.Load(); key != nil {
		return *key
	}
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails, says its documentation
	return key
}

// URL is the address of a file by its name under static/, "css/shop.css". A name that is not there gives an address that
// answers 404; Has tells.
func URL(name string) string {
	if a := loaded().byName[name]; a != nil {
		return a.url
	}
	return Prefix + name
}

// Has reports whether there is a file of this name.
func Has(name string) bool { return loaded().byName[name] != nil }

func load() *library {
	lib := &library{key: pictureKey(), byName: map[string]*asset{}, byURL: map[string]*asset{}}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) == ".css" || types[path.Ext(name)] == "" {
			return err
		}
		body, err := files.ReadFile(name)
		lib.add(name, body)
		return err
	})
	if err != nil {
		panic(err) // embedded files can be read, or the program is broken
	}
	for name, parts := range sheets {
		lib.add(name, join(parts))
	}
	return lib
}

func (lib *library) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:8])
	ext := path.Ext(name)
	a := &asset{url: Prefix + strings.TrimSuffix(name, ext) + "." + tag + ext, tag: tag, mime: types[ext], body: body}
	if strings.HasPrefix(name, pictures) {
		a.url = Prefix + pictures + lib.sealed(name, body) + ext
	}
	lib.byName[name] = a
	lib.byURL[a.url] = a
}

// pictures are kept in a folder of their own.
const pictures = "pictures/"

// sealed is a name that tells nothing: a hash of file name and content under the shop's secret.
func (lib *library) sealed(name string, body []byte) string {
	mac := hmac.New(sha256.New, lib.key)
	mac.Write([]byte(name + "\x00"))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// types are the kinds of file that are served; others beside them (notes, sources) are not.
var types = map[string]string{
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".jpg":  "image/jpeg",
	".webp": "image/webp",
}
