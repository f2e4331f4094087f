package shop

import (
	"softlaunch/models/document"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// DocumentLinks lead to an order's documents, as far as they are printed.
func DocumentLinks(f layouts.Frame, token string, documents []document.Document) []components.Link {
	var links []components.Link
	for _, d := range documents {
		link := components.Link{Text: f.T("paper.link_invoice"), URL: f.To("/orders/" + token + "/invoice.pdf")}
		if d.Kind == document.CreditNote {
			link = components.Link{Text: f.T("paper.link_credit_note", "Number", d.Number), URL: f.To("/orders/" + token + "/credit-notes/" + d.Number + ".pdf")}
		}
		if d.Printed {
			links = append(links, link)
		}
	}
	return links
}
