package form_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/models/fault"
)

type order struct {
	SKU      string   `form:"sku"`
	Quantity string   `form:"quantity"`
	Tags     []string `form:"tag"`
	ID       int64    `form:"-"`
}

func decode(kind, target, body string) (order, error) {
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	recorder := httptest.NewRecorder()
	r.Body = http.MaxBytesReader(recorder, r.Body, form.MaxBytes)
	var o order
	err := form.Decode(echo.New().NewContext(r, recorder), &o)
	return o, err
}

func TestAFormIsReadFromItsBody(t *testing.T) {
	got, err := decode("application/x-www-form-urlencoded; charset=UTF-8", "/?sku=from-the-address&id=7",
		"quantity=2&tag=a&tag=b&total=0&role=owner&ID=7&-=7&a[=1&a.b=1&quantity.x=9")
	if want := (order{Quantity: "2", Tags: []string{"a", "b"}}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	got, err = decode("application/x-www-form-urlencoded", "/", "sku=%F0%9F%A6%8A+%3Cb%3E")
	if err != nil || got.SKU != "🦊 <b>" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestWhatIsNoFormIsRefused(t *testing.T) {
	const urlencoded = "application/x-www-form-urlencoded"
	for name, test := range map[string]struct {
		kind, body string
		want       int
	}{
		"repeated":      {urlencoded, "sku=a&sku=a", 400},
		"broken escape": {urlencoded, "sku=%zz", 400},
		"semicolon":     {urlencoded, "sku=a;quantity=1", 400},
		"NUL":           {urlencoded, "sku=a%00b", 400},
		"no UTF-8":      {urlencoded, "sku=%ff%fe", 400},
		"long":          {urlencoded, "sku=" + strings.Repeat("a", 20<<10), 400},
		"many":          {urlencoded, strings.Repeat("a=1&", 300), 400},
		"huge":          {urlencoded, "sku=" + strings.Repeat("a", form.MaxBytes), 413},
		"JSON":          {"application/json", `{"sku":"a"}`, 415},
		"files":         {"multipart/form-data; boundary=x", "--x--", 415},
		"no type":       {"", "sku=a", 415},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := decode(test.kind, "/", test.body)
			var refused *echo.HTTPError
			if !errors.As(err, &refused) || refused.Code != test.want {
				t.Errorf("got %v, want %d", err, test.want)
			}
		})
	}
}

func TestQuantitiesAreOneToFourDigits(t *testing.T) {
	for text, want := range map[string]int{"1": 1, "0001": 1, "9999": 9999} {
		if got, err := form.Quantity(text, 1); err != nil || got != want {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", " ", "0", "0000", "-1", "+1", "1.5", "1e3", "NaN", "١", "１", "10000", "2147483648",
		"9223372036854775808", "18446744073709551617", "1 ", " 1", "0x1", "1,0", "½"} {
		if got, err := form.Quantity(text, 1); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
	if got, err := form.Quantity("0", 0); err != nil || got != 0 {
		t.Errorf("0 to remove is %d, %v", got, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("sku=a&quantity=1")
	f.Add("a[0].b=1&sku[=2")
	f.Fuzz(func(t *testing.T, body string) {
		_, err := decode("application/x-www-form-urlencoded", "/", body)
		var refused *echo.HTTPError
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("%q gives %v", body, err)
		}
	})
}
