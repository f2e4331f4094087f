package launch_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

// certified is a shop in which Spain has a granted approval of the whole category of bands.
func certified(t *testing.T) (*modelstest.Shop, launch.Grant) {
	t.Helper()
	s := modelstest.New(t)
	must(t, s.Gate.Approve(t.Context(), merchandiser, "es", launch.Claim{Category: "bands", Kind: "certification", Evidence: "for all bands"}))
	return s, grantOf(t, s, "for all bands")
}

func grantOf(t *testing.T, s *modelstest.Shop, evidence string) launch.Grant {
	t.Helper()
	o, err := s.Gate.Overview(t.Context(), "es")
	must(t, err)
	for _, n := range o.Needed {
		for _, g := range n.Grants {
			if g.Evidence == evidence {
				return g
			}
		}
	}
	t.Fatalf("no approval %q", evidence)
	return launch.Grant{}
}

func picture(t *testing.T, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	drawn := image.NewRGBA(image.Rect(0, 0, 20, 10))
	drawn.Set(3, 4, color.RGBA{R: 200, A: 255})
	var file bytes.Buffer
	must(t, encode(&file, drawn))
	return file.Bytes()
}

func pngFile(t *testing.T) []byte {
	return picture(t, func(b *bytes.Buffer, i image.Image) error { return png.Encode(b, i) })
}

func jpegFile(t *testing.T) []byte {
	return picture(t, func(b *bytes.Buffer, i image.Image) error { return jpeg.Encode(b, i, nil) })
}

// bomb is a PNG whose header claims more pixels than its few bytes hold.
func bomb(t *testing.T) []byte {
	file := pngFile(t)
	binary.BigEndian.PutUint32(file[16:], 60_000)
	binary.BigEndian.PutUint32(file[20:], 60_000)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

func TestACategoryIsApprovedAsAWhole(t *testing.T) {
	t.Parallel()
	s, grant := certified(t)
	if grant.CategoryID == nil || grant.ProductID != nil {
		t.Errorf("the approval is of %v and %v", grant.CategoryID, grant.ProductID)
	}
	wantFields(t, s.Gate.Approve(t.Context(), merchandiser, "es", launch.Claim{Category: "toys", Kind: "certification", Evidence: "x"}), fault.Fields{"kind": "approval.kind"})
	wantFields(t, s.Gate.Approve(t.Context(), merchandiser, "es", launch.Claim{Category: "none", Kind: "certification", Evidence: "x"}), fault.Fields{"product": "approval.product"})
	must(t, s.Gate.Withdraw(t.Context(), merchandiser, "es", grant.ID, "recalled"))
}

func TestEvidenceIsKeptAsWhatItIs(t *testing.T) {
	t.Parallel()
	s, grant := certified(t)
	ctx := t.Context()
	scanned := append(pngFile(t), "<script>alert(1)</script>"...)
	for name, c := range map[string]struct {
		content []byte
		kept    string
		media   string
	}{
		"../../etc/report 7.html": {[]byte("%PDF-1.7\n%%EOF"), "report-7.pdf", "application/pdf"},
		"scan.php":                {scanned, "scan.png", "image/png"},
		`C:\fotos\"x".gif`:        {jpegFile(t), "x.jpg", "image/jpeg"},
		"...":                     {jpegFile(t), "evidence.jpg", "image/jpeg"},
	} {
		must(t, s.Gate.Attach(ctx, merchandiser, "es", grant.ID, name, c.content))
		files := grantOf(t, s, "for all bands").Files
		last := files[len(files)-1]
		if last.Name != c.kept || last.Media != c.media {
			t.Errorf("%q is kept as %q, %s", name, last.Name, last.Media)
		}
		file, content, err := s.Gate.File(ctx, "es", last.ID)
		must(t, err)
		if file.Bytes != len(content) || bytes.Contains(content, []byte("script")) {
			t.Errorf("%q: %d bytes, %q", name, file.Bytes, content)
		}
		if _, _, err := s.Gate.File(ctx, "it", last.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("another market's file: %v", err)
		}
	}
}

func TestOtherFilesAreNoEvidence(t *testing.T) {
	t.Parallel()
	s, grant := certified(t)
	ctx := t.Context()
	for key, content := range map[string][]byte{
		"evidence.empty":  nil,
		"evidence.large":  append([]byte("%PDF-"), make([]byte, launch.MaxFile)...),
		"evidence.pixels": bomb(t),
		"evidence.kind":   []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"),
	} {
		wantFields(t, s.Gate.Attach(ctx, merchandiser, "es", grant.ID, "x.pdf", content), fault.Fields{"file": key})
	}
	wantFields(t, s.Gate.Attach(ctx, merchandiser, "es", grant.ID, "x", pngFile(t)[:60]), fault.Fields{"file": "evidence.kind"})
	wantFields(t, s.Gate.Attach(ctx, merchandiser, "es", grant.ID, "x", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")), fault.Fields{"file": "evidence.kind"})
	if err := s.Gate.Attach(ctx, modelstest.Owner, "it", grant.ID, "x.png", pngFile(t)); !fault.Is(err, fault.NotFound) {
		t.Errorf("another market's approval: %v", err)
	}
	for range 10 {
		must(t, s.Gate.Attach(ctx, merchandiser, "es", grant.ID, strings.Repeat("n", 300), pngFile(t)))
	}
	wantFields(t, s.Gate.Attach(ctx, merchandiser, "es", grant.ID, "x.png", pngFile(t)), fault.Fields{"file": "evidence.many"})
}
