package handlerstest

import (
	"bytes"
	"mime/multipart"
	"net/http"
)

// Upload sends a form with a file that is on no page, and follows redirects.
func (v *Visit) Upload(path, field, name string, content []byte) {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		v.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		v.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		v.t.Fatal(err)
	}
	address, err := v.at.Parse(path)
	if err != nil {
		v.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, address.String(), &body)
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header = v.Extra.Clone()
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.Set("Origin", origin(address, "same-origin"))
	request.Header.Set("Content-Type", w.FormDataContentType())
	response, err := v.client.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	v.keep(address, response)
	if location := v.Header.Get("Location"); v.Status == http.StatusSeeOther {
		v.load(http.MethodGet, location, nil, "same-origin")
	}
}
