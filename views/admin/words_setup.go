package admin

import "maps"

// setupWords are the messages of setting up markets and goods.
var setupWords = map[string]string{
	"market.code":           "Use 2 to 8 small letters that are no other part of the shop's addresses.",
	"market.code_taken":     "There is a market of this code already.",
	"market.country":        "Enter the two letters of a country, like PT.",
	"market.currency":       "Enter the three letters of a currency, like EUR.",
	"market.languages":      "Choose at least one language, and none twice.",
	"market.like":           "There is no such market.",
	"market.locations":      "There is no such location.",
	"market.order_button":   "Use at most 80 characters on an order button.",
	"market.pattern":        "Pick a way to write postcodes, or enter a pattern of at most 200 characters.",
	"market.payments":       "There is no such way to pay.",
	"market.postal_example": "Enter a postcode that fits the pattern and is delivered to.",
	"market.priced":         "This can't change while the market has prices.",
	"market.region_kind":    "Choose what addresses name.",
	"market.scheduled":      "The time zone can't change while the market has a schedule. Empty the schedule first.",
	"form.number":           "Enter a whole number within reason.",

	"export.book": "Choose what to export.",
	"export.day":  "Enter a day, like 2026-11-01.",
	"export.to":   "Enter a day that is not before the first.",

	"document.no_invoice": "The order has no invoice yet, which this document would correct.",
	"document.no_seller":  "The market has no seller yet: enter who sells there, then documents are issued.",

	"seller.name":  "Enter the seller's name as it is registered.",
	"seller.note":  "Use at most 600 characters for a note.",
	"seller.paper": "Choose a size of paper.",

	"region.none":  "Addresses of this market name neither state nor province.",
	"region.wrong": "Write one in a line: a code of at most 10 characters, a semicolon, a name. No code twice.",

	"rate.begun":   "This rate holds already and can't be taken back. Enter a new one.",
	"rate.class":   "Choose the goods.",
	"rate.gone":    "There is no such rate.",
	"rate.later":   "A rate begins at or after this instant already. Take it back first.",
	"rate.name":    "Enter a name of at most 60 characters.",
	"rate.percent": "Enter a percentage from 0 to 100, like 23 or 7.25.",
	"rate.region":  "There is no such region in this market.",

	"tax_class.code": "Use small letters, figures and hyphens. Delivery is a class already.",
	"tax_class.name": "Enter a name of at most 60 characters.",

	"nexus.included": "Prices of this market include tax, so it is the same everywhere.",
	"nexus.region":   "There is no such region in this market.",

	"import.head":    "The first line must be region,class,name,percent,valid_from.",
	"import.line":    "This line can't be read: look for quotation marks.",
	"import.columns": "This line needs five columns, some of them empty perhaps.",
	"import.large":   "A file may have at most 12 KB. Import it in parts, each with the first line.",
	"import.text":    "The file is no text in UTF-8.",
	"import.faulty":  "The file no longer fits the market's rates. Check it again.",

	"exclusion.pattern": "Enter a pattern of at most 200 characters, like 9\\d{6}.",
	"exclusion.reason":  "Give buyers a reason in every language of the market, in at most 300 characters.",
	"exclusion.gone":    "These postcodes are delivered to already.",

	"holiday.wrong": "Write one in a line: a day like 2027-01-06, a semicolon, a name. No day twice.",

	"delivery.amount":       "Enter an amount, like 4.90 or 0.",
	"delivery.code":         "Use small letters, figures and hyphens, like pt-home.",
	"delivery.days":         "The most days can't be fewer than the least.",
	"delivery.gone":         "There is no such delivery method.",
	"delivery.kind":         "Choose where it goes.",
	"delivery.name":         "Enter a name in every language of the market.",
	"delivery.weight_steps": "Write steps like 2000=9.90 10000=19.90: grams that rise, and prices that don't fall.",
	"delivery.value_steps":  "Write steps like 25=1.90 50=0: values that rise, and prices that fall.",
	"delivery.zones":        "Write each zone in a line of its own, like Highlands; IV KW; 6.99; 2.",
	"delivery.region":       "There is no such region in this market.",

	"page.body":     "Write the text; at most 200,000 bytes.",
	"page.language": "The market does not speak this language.",
	"page.slug":     "Use small letters, figures and hyphens, at most 60.",
	"page.title":    "Enter a title of at most 200 characters.",

	"listing.product": "There is no such product.",
	"fault.category":  "There is no such category.",

	"text.language":  "The shop does not speak this language.",
	"text.name":      "Enter a name of at most 200 characters.",
	"text.line":      "Enter one line of at most 200 characters.",
	"text.story":     "Write the story; at most 20,000 bytes.",
	"text.data_note": "Use at most 20,000 bytes.",
	"text.warnings":  "Use at most 20,000 bytes.",
	"text.disposal":  "Use at most 20,000 bytes.",
	"text.category":  "Use at most 200 characters.",
	"text.colours":   "Use at most 200 characters for the name of a colour.",
	"text.alts":      "Use at most 200 characters for what a picture shows.",
	"text.safety":    "Use at most 200 characters.",
}

// launchWords are the messages of launches: codes, interest, draws, evidence, partners, previews.
var launchWords = map[string]string{
	"codes.by_mail":    "These codes go out by mail and can't be exported.",
	"codes.exported":   "These codes were exported already. The shop keeps only their hashes: revoke the batch and make another.",
	"codes.gone":       "There is no such batch of codes.",
	"codes.label":      "Enter a label of at most 100 characters.",
	"codes.nobody":     "Nobody on this list waits for a code.",
	"codes.product":    "There is no such product in this market.",
	"codes.quantity":   "Enter a whole number from 1 to 100,000.",
	"codes.reason":     "Say why, in at most 500 characters.",
	"codes.revoked":    "These codes are revoked already.",
	"codes.unfinished": "The codes are still being made. Wait a moment.",
	"codes.unknown":    "There is no such code, or it is revoked already.",
	"codes.uses":       "Enter a whole number from 1 to 10,000.",

	"draw.closed":    "The draw has closed or was cancelled already.",
	"draw.gone":      "There is no such draw.",
	"draw.name":      "Enter a name of at most 100 characters.",
	"draw.no_ticket": "This entry takes no part in the draw.",
	"draw.not_drawn": "The draw is not drawn yet.",
	"draw.reason":    "Say why, in at most 500 characters.",
	"draw.winners":   "Enter a whole number from 1 to 10,000.",

	"interest.gone":    "There is no such entry.",
	"fault.withdrawal": "There is no such withdrawal.",

	"evidence.empty":  "Choose a file.",
	"evidence.gone":   "There is no such file.",
	"evidence.kind":   "The file is no PDF, PNG or JPEG, or it is broken.",
	"evidence.large":  "The file is larger than 2 MB.",
	"evidence.many":   "An approval keeps at most 10 files.",
	"evidence.pixels": "The picture has more than 25 million pixels.",

	"partner.gone": "There is no such partner.",
	"partner.name": "Enter a name of at most 100 characters.",
	"partner.note": "Use at most 200 characters for a note.",
	"partner.url":  "Enter an address that begins with https://, at most 500 characters.",

	"preview.draft": "The market is a draft then: there is nothing to see. Choose an instant from its announcement on.",
	"fault.preview": "This is a look at the shop as it will be. Nothing can be changed in it.",
}

func init() {
	maps.Copy(words, setupWords)
	maps.Copy(words, launchWords)
}
