package launch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"path"
	"strings"
	"unicode"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/staff"
)

// MaxFile is the largest file that proves an approval, in bytes.
const MaxFile = 2 << 20

// Bounds of what is kept: pixels of a picture, which take four bytes each while it is decoded, and files of an approval.
const (
	maxPixels = 25_000_000
	maxFiles  = 10
)

// File proves an approval: a PDF as it came, or a picture that was decoded and encoded again.
type File struct {
	ID         int64
	ApprovalID int64
	Name       string
	Media      string
	Bytes      int
	AddedAt    clock.Instant
}

// Attach keeps a file with one of a market's approvals. What it is, is judged by its content: PDF, PNG or JPEG. The fault's
// field is file.
func (g *Gate) Attach(ctx context.Context, by staff.Actor, code string, approvalID int64, name string, content []byte) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	media, clean, err := judge(content)
	if err != nil {
		return err
	}
	name = fileName(name, media)
	return g.data.Write(ctx, func(tx db.Tx) error {
		grant, slug, err := approval(tx, code, approvalID)
		if err != nil {
			return err
		}
		var kept int
		if err := tx.QueryRow("SELECT COUNT(*) FROM evidence_files WHERE approval_id = ?", grant.ID).Scan(&kept); err != nil {
			return err
		}
		if kept >= maxFiles {
			return fault.Fields{"file": "evidence.many"}.Err()
		}
		if _, err := tx.Exec("INSERT INTO evidence_files (approval_id, name, media, content, added_at) VALUES (?, ?, ?, ?, ?)",
			grant.ID, name, media, clean, tx.Now()); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "attach", Subject: "approval", Name: approvalName(code, slug, grant.Kind),
			After: fmt.Sprintf("%s, %d bytes, SHA-256 %x", name, len(clean), sha256.Sum256(clean))})
	})
}

// File is a file of one of a market's approvals, with its content.
func (g *Gate) File(ctx context.Context, code string, id int64) (File, []byte, error) {
	var f File
	var content []byte
	err := g.data.Read(ctx, func(tx db.Tx) error {
		err := tx.QueryRow(`SELECT f.id, f.approval_id, f.name, f.media, f.content, f.added_at FROM evidence_files f
			JOIN approvals a ON a.id = f.approval_id JOIN markets m ON m.id = a.market_id WHERE f.id = ? AND m.code = ?`, id, code).
			Scan(&f.ID, &f.ApprovalID, &f.Name, &f.Media, &content, &f.AddedAt)
		if db.NotFound(err) {
			return fault.New(fault.NotFound, "evidence.gone")
		}
		f.Bytes = len(content)
		return err
	})
	return f, content, err
}

// files are those of a market's approvals, by approval, without their content.
func files(tx db.Tx, marketID int64) (map[int64][]File, error) {
	var all []File
	err := tx.Gorm().Raw(`SELECT f.id, f.approval_id, f.name, f.media, length(f.content) AS bytes, f.added_at FROM evidence_files f
		JOIN approvals a ON a.id = f.approval_id WHERE a.market_id = ? ORDER BY f.id`, marketID).Scan(&all).Error
	found := map[int64][]File{}
	for _, f := range all {
		found[f.ApprovalID] = append(found[f.ApprovalID], f)
	}
	return found, err
}

// judge says what a file is by its content and answers what is to be kept of it.
func judge(content []byte) (media string, clean []byte, err error) {
	refuse := func(key string) (string, []byte, error) { return "", nil, fault.Fields{"file": key}.Err() }
	switch {
	case len(content) == 0:
		return refuse("evidence.empty")
	case len(content) > MaxFile:
		return refuse("evidence.large")
	case bytes.HasPrefix(content, []byte("%PDF-")):
		return "application/pdf", content, nil
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || (format != "png" && format != "jpeg") {
		return refuse("evidence.kind")
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > maxPixels/size.Height {
		return refuse("evidence.pixels")
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return refuse("evidence.kind")
	}
	var again bytes.Buffer
	if format == "png" {
		err = png.Encode(&again, picture)
	} else {
		err = jpeg.Encode(&again, picture, &jpeg.Options{Quality: 90})
	}
	return "image/" + format, again.Bytes(), err
}

var extensions = map[string]string{"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}

// fileName is a name that no system takes for a path or another kind of file.
func fileName(name, media string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
	if runes := []rune(strings.Trim(name, "-")); len(runes) > 0 {
		return string(runes[:min(len(runes), 80)]) + extensions[media]
	}
	return "evidence" + extensions[media]
}
