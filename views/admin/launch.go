package admin

import (
	"cmp"
	"slices"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/report"
	"softlaunch/views/components"
)

// LaunchPage is a market's test batches and approvals.
type LaunchPage struct {
	Frame
	Phase     components.State
	Batches   []BatchRow
	Waves     Table // what became of each
	Approvals []ApprovalRow
	AddWave   *Form
	Approve   *Form
}

// BatchRow is a variant's batch.
type BatchRow struct {
	Name, SKU, URL               string
	State                        components.State
	Reason                       string
	Published, Taken, Left, Free string
	Waiting, WaitingURL          string // people on the product's list
	Limits, LimitsURL            string // of the test
	Waves                        []WaveRow
}

// WaveRow is a wave. URL leads to its form while it can be changed.
type WaveRow struct{ Text, URL string }

// ApprovalRow is an approval that a product needs.
type ApprovalRow struct {
	Product, URL, Kind string
	Met                bool
	Grants             []GrantRow
}

// GrantRow is what is known of an approval. URL leads to its page; Files are what proves it.
type GrantRow struct {
	Text, Evidence, URL string
	Files               []components.Link
}

// LaunchForm is what was typed into the page's forms and what was wrong with it.
type LaunchForm struct {
	SKU         string
	Wave        launch.WaveForm
	Claim       launch.Claim
	Status      string // granted or pending, of the claim
	ClaimError  string // what is wrong with all of it
	WaveFaults  map[string]string
	ClaimFaults map[string]string
}

// NewLaunchPage shows a market's launch; the rights say which forms the reader gets.
func NewLaunchPage(frame Frame, o launch.Overview, waves []report.Wave, f LaunchForm, mayWaves, mayApprove bool) LaunchPage {
	frame.Title = "Launch in " + country(o.Market)
	frame = frame.OfMarket(o.Market, "/admin/launches/"+o.Market.Code)
	p := LaunchPage{Frame: frame, Phase: phaseState(o.Market.Phase(o.At)), Waves: waveTable(waves, o.Market)}
	p.Faulty = len(f.WaveFaults)+len(f.ClaimFaults) > 0 || f.ClaimError != ""
	names := map[string]string{}
	for _, n := range o.Needed {
		names[n.Kind] = n.Name
	}
	for _, g := range o.Goods {
		p.Batches = append(p.Batches, batchRow(o, g, names, mayWaves))
	}
	for _, n := range o.Needed {
		p.Approvals = append(p.Approvals, approvalRow(o.Market, n, mayApprove))
	}
	if mayWaves && len(o.Goods) > 0 {
		p.AddWave = waveForm("/admin/launches/"+o.Market.Code+"/waves", "Add wave", o.Market, f.Wave, f.WaveFaults)
		p.AddWave.Fields = append([]Entry{entry(components.Field{Name: "sku", Label: "Variant", Value: f.SKU, Prompt: "Choose", Options: variantOptions(o.Goods)}, f.WaveFaults)}, p.AddWave.Fields...)
	}
	if mayApprove && len(o.Needed) > 0 {
		p.Approve = claimForm(o, f)
	}
	return p
}

func goodsName(g launch.Goods) string {
	return strings.TrimSuffix(g.Product.Text.Name+", "+g.Variant.ColourName, ", ")
}

func variantOptions(goods []launch.Goods) []components.Option {
	options := make([]components.Option, len(goods))
	for i, g := range goods {
		options[i] = components.Option{Value: g.Variant.SKU, Text: goodsName(g) + " (" + g.Variant.SKU + ")"}
		if g.Waiting > 0 {
			options[i].Text += ", " + counted(g.Waiting, "person waits", "people wait")
		}
	}
	return options
}

func batchRow(o launch.Overview, g launch.Goods, names map[string]string, may bool) BatchRow {
	row := BatchRow{Name: goodsName(g), SKU: g.Variant.SKU, URL: "/admin/products/" + g.Product.Slug, State: offerState(g.Sale.Offer),
		Reason: reason(g.Sale.Offer, names), Published: count(g.Batch()), Taken: count(g.Taken), Left: count(max(0, g.Batch()-g.Taken)), Free: count(g.Free), Waiting: count(g.Waiting), WaitingURL: "/admin/markets/" + o.Market.Code + "/interest",
		Limits: limitWords(g.Listing.TestLimitOrder) + " per order, " + limitWords(g.Listing.TestLimitBuyer) + " per buyer", LimitsURL: "/admin/products/" + g.Product.Slug + "/listings/" + o.Market.Code}
	for _, w := range g.Waves {
		line := WaveRow{Text: count(w.Quantity) + " from " + when(w.OpensAt, o.Market)}
		if w.NeedsCode {
			line.Text += ", with code"
		}
		if may && !w.OpensAt.Reached(o.At) {
			line.URL = "/admin/launches/" + o.Market.Code + "/waves/" + id(w.ID)
		}
		row.Waves = append(row.Waves, line)
	}
	return row
}

// waveTable is what became of each wave.
func waveTable(waves []report.Wave, m market.Market) Table {
	t := Table{Label: "Waves", Heads: heads("Begins", "Variant", "Who may buy", "Units>", "Sold>", "Held>", "Left>", "Sold out")}
	for _, w := range waves {
		begins, who, sold := "never", "everybody", ""
		if w.BeginsAt != 0 {
			begins = when(w.BeginsAt, m)
		}
		if w.NeedsCode {
			who = "holders of a code"
		}
		if w.SoldOut() {
			sold = "after " + span(w.ToSellOut())
		}
		t.Rows = append(t.Rows, cells(begins, w.SKU, who, count(w.Quantity), count(w.Taken-w.Held), count(w.Held), count(w.Quantity-w.Taken), sold))
	}
	return t
}

// reason is why an offer is as it is, for staff. names are those of approvals by their kinds.
func reason(o launch.Offer, names map[string]string) string {
	text := say(o.StaffReason)
	if len(o.Missing) > 0 {
		missing := make([]string, len(o.Missing))
		for i, key := range o.Missing {
			missing[i] = cmp.Or(names[key], words["missing."+key], key)
		}
		text += ": " + strings.Join(missing, ", ")
	}
	return text
}

func approvalRow(m market.Market, n launch.Needed, may bool) ApprovalRow {
	row := ApprovalRow{Product: n.Product.Text.Name, URL: "/admin/products/" + n.Product.Slug, Kind: n.Name, Met: n.Met}
	for _, g := range n.Grants {
		line := GrantRow{Text: validity(g, m), Evidence: g.Evidence, Files: fileLinks(g, m)}
		if g.CategoryID != nil {
			line.Text += ", for all " + n.Product.Category.Name
		}
		if may {
			line.URL = "/admin/launches/" + m.Code + "/approvals/" + id(g.ID)
		}
		row.Grants = append(row.Grants, line)
	}
	return row
}

// fileLinks lead to the files that prove an approval.
func fileLinks(g launch.Grant, m market.Market) []components.Link {
	links := make([]components.Link, len(g.Files))
	for i, f := range g.Files {
		links[i] = components.Link{Text: f.Name, URL: "/admin/launches/" + m.Code + "/files/" + id(f.ID)}
	}
	return links
}

// validity is an approval's state in words.
func validity(g launch.Grant, m market.Market) string {
	switch g.Status {
	case launch.Pending:
		return "Applied for"
	case launch.Refused:
		return "Refused or withdrawn"
	}
	text := "Granted"
	for _, bound := range []struct {
		word string
		at   clock.Instant
	}{{" from ", g.ValidFrom}, {" until ", g.ValidTo}} {
		if bound.at != 0 {
			text += bound.word + when(bound.at, m)
		}
	}
	return text
}

func waveForm(action, button string, m market.Market, f launch.WaveForm, faults map[string]string) *Form {
	code := ""
	if f.NeedsCode {
		code = "yes"
	}
	return &Form{Action: action, Button: button, Fields: []Entry{
		moment(components.Field{Name: "opens_at", Label: "Begins", Value: f.OpensAt.Local, Optional: "optional", Hint: "In " + m.Zone + ". Empty: now."}, faults, string(f.OpensAt.Fold)),
		entry(components.Field{Name: "quantity", Label: "Units", Value: f.Quantity, InputMode: "numeric", MaxLength: 7}, faults),
		entry(components.Field{Name: "needs_code", Label: "Who may buy", Value: code, Optional: "optional", Options: []components.Option{
			{Value: "", Text: "Everybody"}, {Value: "yes", Text: "Holders of an access code"}}}, faults),
	}}
}

func claimForm(o launch.Overview, f LaunchForm) *Form {
	products, kinds := claimOptions(o)
	zone := "In " + o.Market.Zone + "."
	return &Form{Action: "/admin/launches/" + o.Market.Code + "/approvals", Button: "Save approval", Error: f.ClaimError, Fields: []Entry{
		entry(components.Field{Name: "product", Label: "Product", Value: ClaimSubject(f.Claim), Prompt: "Choose", Options: products, Hint: "Or a whole category."}, f.ClaimFaults),
		entry(components.Field{Name: "status", Label: "State", Value: f.Status, Options: []components.Option{{Value: "granted", Text: "Granted"}, {Value: "pending", Text: "Applied for: shown and not sold"}}}, f.ClaimFaults),
		entry(components.Field{Name: "kind", Label: "Kind", Value: f.Claim.Kind, Prompt: "Choose", Options: kinds}, f.ClaimFaults),
		entry(components.Field{Name: "evidence", Label: "What proves it", Value: f.Claim.Evidence, MaxLength: 500, Hint: "Files are added on the approval's own page."}, f.ClaimFaults),
		moment(components.Field{Name: "valid_from", Label: "Valid from", Value: f.Claim.From.Local, Optional: "optional", Hint: zone}, f.ClaimFaults, string(f.Claim.From.Fold)),
		moment(components.Field{Name: "valid_to", Label: "Valid until", Value: f.Claim.To.Local, Optional: "optional", Hint: zone}, f.ClaimFaults, string(f.Claim.To.Fold)),
	}}
}

// categoryPrefix marks a category among the products of a list.
const categoryPrefix = "category:"

// ClaimSubject is what a claim is about, as its list names it.
func ClaimSubject(c launch.Claim) string {
	if c.Category != "" {
		return categoryPrefix + c.Category
	}
	return c.Product
}

// Subject is the product or the category that was picked in a list.
func Subject(picked string) (product, category string) {
	if slug, is := strings.CutPrefix(picked, categoryPrefix); is {
		return "", slug
	}
	return picked, ""
}

// claimOptions are the products and categories that need approvals, and the kinds they need.
func claimOptions(o launch.Overview) (products, kinds []components.Option) {
	var categories []components.Option
	once := func(list *[]components.Option, value, text string) {
		if option := (components.Option{Value: value, Text: text}); !slices.Contains(*list, option) {
			*list = append(*list, option)
		}
	}
	for _, n := range o.Needed {
		once(&products, n.Product.Slug, n.Product.Text.Name)
		once(&categories, categoryPrefix+n.Product.Category.Slug, "All: "+n.Product.Category.Name)
		once(&kinds, n.Kind, n.Name)
	}
	return append(products, categories...), kinds
}
