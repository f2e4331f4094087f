package launch

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// An access code is 16 symbols of Crockford's base 32, which has no I, L, O and U: 80 random bits, so a plain hash keeps
// it, however many codes there are to guess among.
const (
	symbols   = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeBytes = 10
	codeGroup = 4
)

var (
	crockford = base32.NewEncoding(symbols).WithPadding(base32.NoPadding)
	misread   = strings.NewReplacer("I", "1", "L", "1", "O", "0")
)

// codeText is a batch's code of a number, as people read it: K7QF-9M2X-4TRW-H3ND.
func codeText(seed []byte, number int) string {
	h := hmac.New(sha256.New, seed)
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(number)))
	text := crockford.EncodeToString(h.Sum(nil)[:codeBytes])
	groups := make([]string, 0, len(text)/codeGroup)
	for ; text != ""; text = text[codeGroup:] {
		groups = append(groups, text[:codeGroup])
	}
	return strings.Join(groups, "-")
}

// codeHash is how a code is kept: it reads the code in any case, with any marks between, and takes I and L for 1 and O
// for 0.
func codeHash(typed string) string {
	bare := strings.Map(func(r rune) rune {
		if (r >= '0' && r <= '9') || (r >= 'A' && r <= 'Z') {
			return r
		}
		return -1
	}, strings.ToUpper(typed))
	sum := sha256.Sum256([]byte(misread.Replace(bare)))
	return hex.EncodeToString(sum[:])
}

// errCode is the one answer to a code that is unknown, used up, revoked or of another market.
var errCode = fault.Fields{"code": "code.refused"}.Err()

// FindCode is the id of the code that somebody typed, when it can be used in a market now. Otherwise it is an Invalid fault
// of the field code, which tells nobody why.
func FindCode(tx db.Tx, marketID int64, who Keys, typed string) (int64, error) {
	err := tx.QueryRow("SELECT id FROM access_codes WHERE code_hash = ?", codeHash(typed)).Scan(&who.CodeID)
	if db.NotFound(err) {
		return 0, errCode
	}
	if err != nil {
		return 0, err
	}
	code, err := carried(tx, marketID, who)
	if err == nil && code.uses <= 0 {
		err = errCode
	}
	return who.CodeID, err
}

// CodeState is what an access code is worth in a market.
type CodeState string

const (
	// NoCode is no code, or one of another market.
	NoCode CodeState = ""
	// ValidCode can be used.
	ValidCode CodeState = "valid"
	// SpentCode was used up or revoked since it was typed.
	SpentCode CodeState = "spent"
)

// StateOf is what the code that a buyer's cart carries is worth in a market now.
func StateOf(tx db.Tx, marketID int64, who Keys) (CodeState, error) {
	code, err := carried(tx, marketID, who)
	switch {
	case err != nil || code.id == 0:
		return NoCode, err
	case code.uses <= 0:
		return SpentCode, nil
	}
	return ValidCode, nil
}

// carriedCode is the code of a buyer's cart as it counts in a market: for one product or for all of them, how many uses are
// left, and when the next one comes back because a hold ends. The zero value is none.
type carriedCode struct {
	id        int64
	productID *int64
	uses      int
	frees     clock.Instant
}

func (c carriedCode) covers(productID int64) bool {
	return c.uses > 0 && (c.productID == nil || *c.productID == productID)
}

// carried reads a buyer's code. Uses by spent orders count no more.
func carried(tx db.Tx, marketID int64, who Keys) (c carriedCode, err error) {
	if who.CodeID == 0 {
		return c, nil
	}
	spent, args := who.Spent(tx, marketID)
	err = tx.QueryRow(`SELECT c.id, b.product_id,
			CASE WHEN c.revoked_at IS NOT NULL OR b.revoked_at IS NOT NULL THEN 0 ELSE c.uses_allowed - c.uses_taken + (
				SELECT COUNT(*) FROM code_uses u WHERE u.code_id = c.id AND u.ended_at IS NULL AND u.order_id IN (`+spent+`)) END,
			(SELECT MIN(h.expires_at) FROM code_uses u JOIN holds h ON h.order_id = u.order_id
				WHERE u.code_id = c.id AND u.ended_at IS NULL AND h.ended IS NULL AND h.expires_at > ?)
		FROM access_codes c JOIN code_batches b ON b.id = c.batch_id WHERE c.id = ? AND b.market_id = ?`,
		append(args, tx.Now(), who.CodeID, marketID)...).Scan(&c.id, &c.productID, &c.uses, &c.frees)
	if db.NotFound(err) {
		return carriedCode{}, nil
	}
	return c, err
}

// spend takes one use of a code for an order, however many of its lines need it.
func spend(tx db.Tx, codeID, orderID int64) error {
	written, err := tx.Exec(`INSERT INTO code_uses (code_id, order_id, at) SELECT ?, ?, ?
		WHERE NOT EXISTS (SELECT 1 FROM code_uses WHERE order_id = ? AND ended_at IS NULL)`, codeID, orderID, tx.Now(), orderID)
	if err != nil {
		return err
	}
	if fresh, err := written.RowsAffected(); err != nil || fresh == 0 {
		return err
	}
	_, err = tx.Exec("UPDATE access_codes SET uses_taken = uses_taken + 1 WHERE id = ?", codeID)
	if db.IsCheck(err) {
		return errCode
	}
	return err
}

// giveBackUse ends an order's use of a code.
func giveBackUse(tx db.Tx, orderID int64) error {
	if _, err := tx.Exec(`UPDATE access_codes SET uses_taken = uses_taken - 1
		WHERE id IN (SELECT code_id FROM code_uses WHERE order_id = ? AND ended_at IS NULL)`, orderID); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE code_uses SET ended_at = ? WHERE order_id = ? AND ended_at IS NULL", tx.Now(), orderID)
	return err
}

// CodeOf is the access code that an order used last, 0 when it used none.
func CodeOf(tx db.Tx, orderID int64) (int64, error) {
	var id int64
	err := tx.QueryRow("SELECT COALESCE((SELECT code_id FROM code_uses WHERE order_id = ? ORDER BY id DESC LIMIT 1), 0)", orderID).Scan(&id)
	return id, err
}
