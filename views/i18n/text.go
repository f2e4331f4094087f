package i18n

import (
	"fmt"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// T is the text of a message. Pairs are names and values of its placeholders: T("cart.most", "Most", 3). Whole numbers
// are written in the locale. A message that does not exist gives its key; a test finds such keys.
func (l Locale) T(key string, pairs ...any) string {
	if len(pairs) == 0 {
		return l.plain(key)
	}
	return l.text(&goi18n.LocalizeConfig{MessageID: key, TemplateData: l.values(pairs)})
}

// N is the text of a message in the plural form for count, which fills the placeholder Count.
func (l Locale) N(key string, count int, pairs ...any) string {
	return l.text(&goi18n.LocalizeConfig{
		MessageID: key, PluralCount: count, TemplateData: l.values(append(pairs, "Count", count)),
	})
}

// Has reports whether there is a message for key.
func (l Locale) Has(key string) bool { return l.T(key) != key }

// plain is the text of a message without placeholders. It is looked up once: a page has a hundred of them.
func (l Locale) plain(key string) string {
	kept := l.voice().plain
	if text, found := kept.Load(key); found {
		return text.(string)
	}
	text := l.text(&goi18n.LocalizeConfig{MessageID: key})
	if text != key {
		kept.Store(key, text)
	}
	return text
}

func (l Locale) voice() *voice {
	if l.texts == nil {
		return For(l.Language, l.Country).texts
	}
	return l.texts
}

func (l Locale) text(config *goi18n.LocalizeConfig) string {
	text, _ := l.voice().Localize(config) // text is the best there is when a plural form is missing
	if text == "" {
		return config.MessageID
	}
	return text
}

func (l Locale) values(pairs []any) map[string]any {
	if len(pairs) == 0 {
		return nil
	}
	values := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = l.value(pairs[i+1])
	}
	return values
}

func (l Locale) value(v any) any {
	switch n := v.(type) {
	case int:
		return l.Number(int64(n))
	case int64:
		return l.Number(n)
	}
	return v
}
