package static

import (
	"bytes"
	"io/fs"
)

// common is what shop and back-office share. The first file states the order of the layers, so the order of the rest
// decides nothing between layers.
var common = []string{"css/layers.css", "css/reset.css", "css/tokens.css", "css/base/*.css", "css/components/*.css"}

// sheets are the style sheets that pages link to, each joined from the files that match its patterns.
var sheets = map[string][]string{
	"css/shop.css":  append(common[:len(common):len(common)], "css/pages/*.css"),
	"css/admin.css": append(common[:len(common):len(common)], "css/admin/*.css"),
}

func join(patterns []string) []byte {
	var sheet bytes.Buffer
	for _, pattern := range patterns {
		names, err := fs.Glob(files, pattern)
		if err != nil {
			panic(err) // a malformed pattern in this file
		}
		for _, name := range names {
			part, err := files.ReadFile(name)
			if err != nil {
				panic(err)
			}
			sheet.Write(part)
		}
	}
	return sheet.Bytes()
}
