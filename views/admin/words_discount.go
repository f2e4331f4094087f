package admin

import "maps"

// discountWords are the messages of discounts.
var discountWords = map[string]string{
	"discount.amount":     "Enter an amount, like 4.90, or leave it empty.",
	"discount.below_uses": "It is used more often than that already. Enter a higher number, or end the discount.",
	"discount.categories": "There is no such category.",
	"discount.code":       "Use 3 to 30 letters from A to Z and figures.",
	"discount.code_taken": "Another discount of this market has this code.",
	"discount.ended":      "This discount has ended already.",
	"discount.gone":       "There is no such discount.",
	"discount.goods":      "Write one in a line: a SKU, a semicolon, a whole number from 1 to 9999.",
	"discount.kind":       "Choose what it takes off.",
	"discount.name":       "Enter a name of at most 100 characters in every language of the market.",
	"discount.percent":    "Enter a percentage above 0 and up to 100, like 10 or 7.5.",
	"discount.products":   "There is no such product.",
	"discount.uses":       "Enter a whole number from 0 to 1,000,000.",
}

func init() { maps.Copy(words, discountWords) }
