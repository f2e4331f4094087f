package launch

import (
	"context"

	"softlaunch/models/db"
	"softlaunch/models/job"
)

// toldAHop is how many people are told in one transaction.
const toldAHop = 500

// list is the people who wait for one thing: a product in a market, or the market when there is no product. open says that
// they are to be told. soldOut, unless nil, is the supply with which the product is sold out, when that is news.
type list struct {
	marketID, productID int64
	open                bool
	soldOut             *int64
}

// where is a condition for the list's entries that wait, with its values.
func (l list) where() (condition string, values []any) {
	condition = "market_id = ? AND confirmed_at IS NOT NULL AND told_at IS NULL AND product_id "
	if l.productID == 0 {
		return condition + "IS NULL", []any{l.marketID}
	}
	return condition + "= ?", []any{l.marketID, l.productID}
}

// Sweep queues one mail to everybody who waits for something that has opened to buyers without a code, or for a market that
// is open now. It deletes entries that were never confirmed, and settles traces.
func (i *Interests) Sweep(ctx context.Context) error {
	var waited []list
	var stale bool
	err := i.data.Read(ctx, func(tx db.Tx) (err error) {
		if waited, err = waitedFor(tx); err != nil {
			return err
		}
		for at := range waited {
			if err := waited[at].look(tx); err != nil {
				return err
			}
		}
		now := tx.Now()
		return tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM interests WHERE confirmed_at IS NULL AND asked_at <= ?)
			OR EXISTS (SELECT 1 FROM interests WHERE told_at <= ?)`, now.Add(-unconfirmedFor), now.Add(-unreachedFor)).Scan(&stale)
	})
	if err != nil {
		return err
	}
	for _, l := range waited {
		if err := i.act(ctx, l); err != nil {
			return err
		}
	}
	if stale {
		if err := i.data.Write(ctx, dropStale); err != nil {
			return err
		}
	}
	return i.settle(ctx)
}

// act does what was found out of a list: its people are told, or its product was seen sold out.
func (i *Interests) act(ctx context.Context, l list) error {
	if l.open {
		return i.tell(ctx, l)
	}
	if l.soldOut == nil {
		return nil
	}
	return i.data.Write(ctx, func(tx db.Tx) error { return l.remember(tx, l.soldOut) })
}

// dropStale deletes entries that were never confirmed, with the mails that asked for it in vain, and those whose holders no
// mail could reach.
func dropStale(tx db.Tx) error {
	unreached, err := interestsWhere(tx, "i.told_at <= ?", tx.Now().Add(-unreachedFor))
	if err != nil {
		return err
	}
	for _, i := range unreached {
		if err := forget(tx, i); err != nil {
			return err
		}
	}
	before := tx.Now().Add(-unconfirmedFor)
	if _, err := tx.Exec("DELETE FROM mails WHERE order_id IS NULL AND kind = ? AND at <= ?", MailConfirm, before); err != nil {
		return err
	}
	_, err = tx.Exec("DELETE FROM interests WHERE confirmed_at IS NULL AND asked_at <= ?", before)
	return err
}

// waitedFor are the lists on which somebody waits. It asks once for each listing, however many wait.
func waitedFor(tx db.Tx) ([]list, error) {
	const waits = "AND i.confirmed_at IS NOT NULL AND i.told_at IS NULL)"
	rows, err := tx.Query(`SELECT m.id, 0 FROM markets m WHERE EXISTS (SELECT 1 FROM interests i WHERE i.market_id = m.id AND i.product_id IS NULL ` + waits + `
		UNION ALL SELECT l.market_id, l.product_id FROM listings l
		WHERE EXISTS (SELECT 1 FROM interests i WHERE i.market_id = l.market_id AND i.product_id = l.product_id ` + waits)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []list
	for rows.Next() {
		var l list
		if err := rows.Scan(&l.marketID, &l.productID); err != nil {
			return nil, err
		}
		found = append(found, l)
	}
	return found, rows.Err()
}

// tell queues the mails of a list, some in each transaction.
func (i *Interests) tell(ctx context.Context, l list) error {
	for told := toldAHop; told == toldAHop; {
		err := i.data.Write(ctx, func(tx db.Tx) (err error) {
			told, err = tellSome(tx, l)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func tellSome(tx db.Tx, l list) (told int, err error) {
	condition, values := l.where()
	rows, err := tx.Query("UPDATE interests SET told_at = ? WHERE id IN (SELECT id FROM interests WHERE "+condition+" ORDER BY id LIMIT ?) RETURNING id",
		append(append([]any{tx.Now()}, values...), toldAHop)...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	for _, id := range ids {
		if err := job.Queue(tx, MailOpened, id); err != nil {
			return 0, err
		}
	}
	return len(ids), l.remember(tx, nil)
}
