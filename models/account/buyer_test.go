package account_test

import (
	"strings"
	"testing"

	"softlaunch/models/account"
)

func TestEmailRefusesWhatCannotBeMailedTo(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ typed, want string }{
		"plain":                     {"ada@example.com", "ada@example.com"},
		"spaces around":             {"  ada@example.com\t\n", "ada@example.com"},
		"case stays":                {"Ada@Example.COM", "Ada@Example.COM"},
		"a tag":                     {"ada+shop@example.com", "ada+shop@example.com"},
		"letters of other scripts":  {"søren@bücher.example", "søren@bücher.example"},
		"254 octets":                {strings.Repeat("a", 242) + "@example.com", strings.Repeat("a", 242) + "@example.com"},
		"255 octets":                {strings.Repeat("a", 243) + "@example.com", ""},
		"300 characters":            {strings.Repeat("a", 288) + "@example.com", ""},
		"nothing":                   {"", ""},
		"spaces":                    {"   ", ""},
		"no @":                      {"example.com", ""},
		"two @":                     {"ada@ada@example.com", ""},
		"no local part":             {"@example.com", ""},
		"no domain":                 {"ada@", ""},
		"no dot in the domain":      {"ada@example", ""},
		"a dot only before the @":   {"ada.b@example", ""},
		"a dot at the end":          {"ada@example.", ""},
		"two dots":                  {"ada@example..com", ""},
		"a space inside":            {"ada b@example.com", ""},
		"a name with it":            {"Ada <ada@example.com>", ""},
		"angle brackets":            {"<ada@example.com>", ""},
		"two addresses":             {"ada@example.com, eve@example.com", ""},
		"a comment":                 {"ada@example.com (Ada)", ""},
		"quoted":                    {`"ada b"@example.com`, ""},
		"a line break inside":       {"ada@example.com\nBcc: eve@example.com", ""},
		"CR LF inside":              {"ada@exam\r\n ple.com", ""},
		"a NUL":                     {"ada\x00@example.com", ""},
		"a line separator":          {"ada\u2028b@example.com", ""},
		"a no-break space":          {"ada\u00a0b@example.com", ""},
		"text turned round":         {"ada\u202eb@example.com", ""},
		"a joiner nobody sees":      {"ada\u200d@example.com", ""},
		"broken UTF-8":              {"ada\xff@example.com", ""},
		"an address of the network": {"ada@[127.0.0.1]", ""},
	} {
		got, valid := account.Email(row.typed)
		if valid != (row.want != "") || (valid && got != row.want) {
			t.Errorf("%s: %q, %v", name, got, valid)
		}
	}
}

func TestEmailKeyKnowsAMailboxAgain(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		one, other string
		same       bool
	}{
		"case":                     {"ada@example.com", "ADA@Example.Com", true},
		"a tag":                    {"ada@example.com", "ada+1@example.com", true},
		"two tags":                 {"ada+2@example.com", "ada+1+2@example.com", true},
		"wide letters":             {"ada@example.com", "ａｄａ@example.com", true},
		"dots at Google":           {"a.d.a@gmail.com", "ada@gmail.com", true},
		"Google's other name":      {"ada@googlemail.com", "A.da+x@gmail.com", true},
		"dots elsewhere":           {"a.da@example.com", "ada@example.com", false},
		"another mailbox":          {"ada@example.com", "eve@example.com", false},
		"another domain":           {"ada@example.com", "ada@example.org", false},
		"a plus in the domain":     {"ada@example.com", "ada@exa+mple.com", false},
		"composed and taken apart": {"s\u00f8ren.\u00e9@example.com", "s\u00f8ren.e\u0301@example.com", true},
	} {
		if same := account.EmailKey(row.one) == account.EmailKey(row.other); same != row.same {
			t.Errorf("%s: %q and %q are the same: %v", name, row.one, row.other, same)
		}
	}
}

func TestAddressKeyKnowsADoorAgain(t *testing.T) {
	t.Parallel()
	type address [4]string // country, postcode, two lines
	key := func(a address) string { return account.AddressKey(a[0], a[1], a[2], a[3]) }
	door := address{"DE", "10115", "Große Straße 12", "c/o Ada"}
	for name, other := range map[string]address{
		"spaces":                 {"DE", " 101 15", "  Große   Straße 12", "c/o  Ada "},
		"punctuation":            {"DE", "10115", "Große Straße, 12.", "c / o: Ada"},
		"upper case":             {"DE", "10115", "GROSSE STRASSE 12", "C/O ADA"},
		"lower case":             {"de", "10115", "große straße 12", "c/o ada"},
		"one line":               {"DE", "10115", "Große Straße 12 c/o Ada", ""},
		"the break elsewhere":    {"DE", "10115", "Große Straße", "12, c/o Ada"},
		"wide digits":            {"DE", "10115", "Große Straße １２", "c/o Ada"},
		"an accent taken apart":  {"DE", "10115", "Große Stra\u00dfe 12", "c/o A\u0301da"},
		"an accent left out":     {"DE", "10115", "Größe Straße 12", "c/o Ada"},
		"with a zero-width mark": {"DE", "10115", "Große\u200b Straße 12", "c/o Ada"},
	} {
		if key(other) != key(door) {
			t.Errorf("%s: %v is another door", name, other)
		}
	}
	for name, other := range map[string]address{
		"another country":      {"FR", "10115", "Große Straße 12", "c/o Ada"},
		"another postcode":     {"DE", "10116", "Große Straße 12", "c/o Ada"},
		"another street":       {"DE", "10115", "Kleine Straße 12", "c/o Ada"},
		"another number":       {"DE", "10115", "Große Straße 13", "c/o Ada"},
		"another person's":     {"DE", "10115", "Große Straße 12", "c/o Eve"},
		"a flat in number one": {"DE", "10115", "Große Straße 1", "2 c/o Ada"},
		"one to two":           {"DE", "10115", "Große Straße 1-2", "c/o Ada"},
	} {
		if key(other) == key(door) {
			t.Errorf("%s: %v is the same door", name, other)
		}
	}
}

func TestKeysHoldNoName(t *testing.T) {
	t.Parallel()
	for _, key := range []string{account.EmailKey("ada@example.com"), account.AddressKey("DE", "10115", "Ada", "")} {
		if len(key) != 32 || strings.Trim(key, "0123456789abcdef") != "" {
			t.Errorf("key is %q", key)
		}
	}
}
