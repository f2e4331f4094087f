// Package account knows who buys: the keys by which limits recognise a buyer.
package account

import (
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Email is a typed e-mail address without the spaces around it; valid is false for what can't be mailed to (RFC 5322
// addr-spec of at most 254 octets, without domain literals) and for what holds characters that nobody sees.
func Email(typed string) (address string, valid bool) {
	address = strings.TrimSpace(typed)
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > 254 || strings.ContainsFunc(address, unseen) {
		return "", false
	}
	_, domain, _ := strings.Cut(address, "@")
	return address, strings.Contains(domain, ".") && !strings.HasSuffix(domain, ".") && !strings.HasPrefix(domain, "[")
}

func unseen(r rune) bool { return !unicode.IsPrint(r) }

// EmailKey recognises an e-mail address however it is written: in any case and with any +tag; Google's mailboxes also with
// any dots.
func EmailKey(address string) string {
	local, domain, _ := strings.Cut(strings.ToLower(norm.NFKC.String(address)), "@")
	local, _, _ = strings.Cut(local, "+")
	if domain == "googlemail.com" {
		domain = "gmail.com"
	}
	if domain == "gmail.com" {
		local = strings.ReplaceAll(local, ".", "")
	}
	return digest(local + "@" + domain)
}

// AddressKey recognises a delivery address however it is spaced, punctuated, cased or broken into lines. What parts two
// numbers stays, so that flat 2 of number 1 is not number 12.
func AddressKey(country, postalCode, line1, line2 string) string {
	var door strings.Builder
	var last rune
	for _, word := range words(line1 + " " + line2) {
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsDigit(last) && unicode.IsDigit(first) {
			door.WriteByte(' ')
		}
		door.WriteString(word)
		last, _ = utf8.DecodeLastRuneInString(word)
	}
	return digest(strings.Join(words(country), "") + "|" + strings.Join(words(postalCode), "") + "|" + door.String())
}

// words are a text's letters and digits without the differences of case and accents: "STRASSE" and "straße" are one.
func words(text string) []string {
	marks := func(r rune) rune {
		if unicode.Is(unicode.M, r) {
			return -1
		}
		return r
	}
	plain := strings.Map(marks, norm.NFKD.String(cases.Fold().String(text)))
	return strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// digest keeps people's data out of the ledger's keys.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}
