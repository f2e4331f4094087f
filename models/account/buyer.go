// Package account knows who buys: the keys by which limits recognise a buyer.
package account

import (
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Email is a typed e-mail address without the spaces around it; valid is false for what can't be mailed to (RFC 5322
// addr-spec, at most 254 octets).
func Email(typed string) (address string, valid bool) {
	address = strings.TrimSpace(typed)
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > 254 || strings.ContainsFunc(address, unicode.IsControl) {
		return "", false
	}
	_, domain, _ := strings.Cut(address, "@")
	return address, strings.Contains(domain, ".") && !strings.HasSuffix(domain, ".")
}

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

// AddressKey recognises a delivery address however it is spaced, punctuated or cased.
func AddressKey(country, postalCode, line1, line2 string) string {
	var parts strings.Builder
	for _, part := range []string{country, postalCode, line1 + line2} {
		for _, r := range strings.ToLower(norm.NFKD.String(part)) {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				parts.WriteRune(r)
			}
		}
		parts.WriteByte('|')
	}
	return digest(parts.String())
}

// digest keeps people's data out of the ledger's keys.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}
