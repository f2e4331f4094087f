package audit_test

import (
	"strings"
	"testing"

	"softlaunch/models/audit"
)

// broken are corruptions, each with the guarantee that must find it and what it must say.
var broken = []struct {
	row              int
	name, want, with string
}{
	{0, "an index lacks rows", "missing from index holds_live", "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, ' WHERE ended IS NULL', '') WHERE name = 'holds_live'"},
	{0, "a row refers to nothing", "order_lines", "DELETE FROM orders WHERE number = 'US-10005'"},

	{1, "stock is negative", "-1 on hand", "UPDATE levels SET on_hand = -1, held = 0"},
	{1, "more is held than there is", "held, but live holds", "UPDATE levels SET held = held + 1"},
	{1, "a live hold is not counted", "held, but live holds", "UPDATE levels SET held = 0"},
	{1, "goods went without a movement", "but movements come to", "UPDATE levels SET on_hand = on_hand - 1"},
	{1, "a movement changed nothing", "but movements come to", "INSERT INTO movements (at, location_id, variant_id, quantity, reason) SELECT 1, location_id, variant_id, 5, 'received' FROM levels LIMIT 1"},
	{1, "goods moved where no level is", "but movements come to", "DELETE FROM levels"},

	{2, "a batch gave what nobody has", "the batch has given 3", "UPDATE batches SET taken_public = taken_public + 1"},
	{2, "a buyer has what no batch gave", "the batch has given 0 and 0", "DELETE FROM batches"},
	{2, "units with a code are counted as public", "the batch has given 2", "UPDATE buyer_units SET with_code = 1 WHERE phase = 'test'"},
	{2, "more was sold than published", "2 test units were taken when 1", "UPDATE waves SET quantity = 1"},
	{2, "units were sold before their wave", "1 test units were taken when 0", "UPDATE waves SET opens_at = opens_at + 10000000000"},
	{2, "units for codes went without one", "taken without a code when 0", "UPDATE waves SET needs_code = 1"},
	{2, "a buyer has more than the cap", "its buyer has 2 of mi-band, the cap is 1", "UPDATE buyer_units SET email_key = 'same' WHERE phase = 'test'"},
	{2, "an address has more than the cap", "its buyer has 2 of mi-band, the cap is 1", "UPDATE buyer_units SET address_key = 'same' WHERE phase = 'test'"},
	{2, "a buyer has more than the ordinary cap", "its buyer has 10 of mi-band, the cap is 9", "UPDATE listings SET limit_buyer = 9"},
	{2, "an order that ended counts against its buyer", "US-10005 is expired", "UPDATE buyer_units SET ended_at = NULL"},
	{2, "an order does not count against its buyer", "US-10001 is shipped", "UPDATE buyer_units SET ended_at = 1 WHERE ended_at IS NULL"},

	{3, "a payment of another amount", "US-10001: a payment of 1 USD", "UPDATE payments SET amount = 1"},
	{3, "a payment in another currency", "US-10001: a payment of", "UPDATE payments SET currency = 'EUR'"},
	{3, "a payment is missing", "US-10001 is shipped: 0 of", "DELETE FROM payments"},
	{3, "captured twice", "US-10001 is shipped", "INSERT INTO payments (order_id, provider, provider_id, state, amount, currency, at) SELECT order_id, provider, 'more' || id, state, amount, currency, at FROM payments"},
	{3, "a refund too many", "refunded of a payment of", "INSERT INTO refunds (payment_id, amount, state, reason, at) SELECT payment_id, amount, 'due', 'again', at FROM refunds"},
	{3, "money kept for a cancelled order", "US-10002 is cancelled", "DELETE FROM refunds"},
	{3, "a refund of what was declined", "that was declined", "UPDATE payments SET state = 'declined'"},
	{3, "money taken for an expired order", "US-10005 is expired", "INSERT INTO payments (order_id, provider, provider_id, state, amount, currency, at) SELECT id, payment, 'more', 'captured', total_amount, currency, placed_at FROM orders WHERE state = 'expired'"},

	{3, "a credit that is no sum", "US-10002, credit 1: its parts come to other sums", "UPDATE credits SET total_amount = 1"},
	{3, "a credit whose money stays", "US-10002, credit 1: 4786 owed, 0 refunded", "UPDATE refunds SET credit_id = NULL"},
	{3, "a refund for nothing", "is for no credit", "UPDATE refunds SET credit_id = NULL"},
	{3, "an order that says it was not refunded", "US-10002 is refunded \"none\"", "UPDATE orders SET refund_state = 'none'"},
	{3, "a line credited twice", "US-10002, line 1:", "INSERT INTO credit_lines (credit_id, order_line_id, quantity, amount, discount_amount, tax_amount) SELECT credit_id, order_line_id, quantity, amount, discount_amount, tax_amount FROM credit_lines"},
	{3, "tax credited at another rate", "US-10002 at 1 ppm", "UPDATE credit_taxes SET rate_ppm = 1"},
	{3, "a line of another order", "credit 1 has a line of another order", "UPDATE credit_lines SET order_line_id = (SELECT MIN(id) FROM order_lines)"},

	{4, "a total that is no sum", "the total is 1,", "UPDATE orders SET total_amount = 1"},
	{4, "lines that don't come to the order's", "the order says", "UPDATE orders SET lines_amount = lines_amount + 1, total_amount = total_amount + 1"},
	{4, "an order without lines", "lines are 0", "DELETE FROM order_lines"},
	{4, "a line that is not quantity times price", "line 1: 7 at", "UPDATE order_lines SET quantity = 7"},
	{4, "taxes that don't come to the order's", "taxes are 0", "DELETE FROM order_taxes"},
	{4, "a tax that is not its rate", "is not 3", "UPDATE order_taxes SET rate_ppm = 30000"},
	{4, "lines with more tax than there is", "ppm:", "UPDATE order_lines SET tax_amount = tax_amount + 5000"},
	{4, "lines under another rate", "ppm:", "UPDATE order_lines SET rate_ppm = 10000"},

	{4, "a discount that is not the order's", "UK-10001: discounts are 3705, those taken off come to 3706", "UPDATE order_discounts SET amount = amount + 1 WHERE position = 1"},
	{4, "a document is gone", "us 2026: 3 documents, the numbers are 1 to 4", "DROP TRIGGER documents_remain; DELETE FROM documents WHERE ordinal = 2"},
	{4, "the last document is gone", "the next would be", "DROP TRIGGER documents_remain; DELETE FROM documents WHERE number = 'ES-2026-00001'; UPDATE document_numbers SET next = next + 1"},
	{4, "all documents are gone", "numbers were drawn and there is no document", "DROP TRIGGER documents_remain; DELETE FROM documents"},
	{4, "a paid order has no invoice", "US-10001 is shipped and has no invoice", "DROP TRIGGER documents_remain; DELETE FROM documents"},
	{4, "documents run back in time", "US-2026-00002 is dated before", "DROP TRIGGER documents_stay; UPDATE documents SET issued_at = 1, keep_until = 2 WHERE ordinal = 2"},
	{4, "an invoice says another total", "US-2026-00001: total is", "DROP TRIGGER documents_stay; UPDATE documents SET content = json_set(content, '$.total', 1)"},
	{4, "an invoice says another order", "says it is invoice US-2026-00001 of order X", "DROP TRIGGER documents_stay; UPDATE documents SET content = json_set(content, '$.order', 'X')"},
	{4, "an invoice charges what its order does not", "invoice US-2026-00001 says", "UPDATE orders SET tax_amount = tax_amount + 1, total_amount = total_amount + 1"},
	{4, "a document can't be read", "can't be read", "DROP TRIGGER documents_stay; UPDATE documents SET content = '{'"},
	{4, "a document was printed anew", "is printed otherwise than it was kept", "DROP TRIGGER document_files_stay; UPDATE document_files SET pdf = X'00'"},
	{4, "a document is printed by nobody", "is not printed and nobody will", "DROP TRIGGER document_files_remain; DELETE FROM document_files"},

	{6, "an order is gone", "us: 10002 to 10003 belong to no order", "DELETE FROM orders WHERE number IN ('US-10002', 'US-10003')"},
	{6, "the last order is gone", "us: the next number is 10010, but should be 10009", "DELETE FROM orders WHERE number = 'US-10009'"},
	{6, "a number that is none", "order X: not a number of us", "UPDATE orders SET number = 'X' WHERE number = 'US-10005'"},

	{7, "a paid order without goods", "US-10001 is shipped: 2 of MI-BAND-BLACK ordered, 0 taken", "DELETE FROM movements WHERE reason = 'sold'"},
	{7, "a cancelled order keeps its goods", "US-10002 is cancelled: 2 of MI-BAND-BLACK ordered, 2 taken", "DELETE FROM movements WHERE reason = 'restocked'"},
	{7, "shipped without a parcel", "US-10001 is shipped: 3 units ordered, 0 taken off, 3 in 0 parcels", "DELETE FROM shipments"},
	{7, "a parcel of an order that was not paid", "US-10005 is expired: 3 units ordered, 0 taken off, 0 in 1 parcels", "UPDATE shipments SET order_id = (SELECT id FROM orders WHERE number = 'US-10005')"},

	{7, "units in no parcel", "US-10001 is shipped: 3 units ordered, 0 taken off, 0 in 1 parcels", "DELETE FROM shipment_lines"},
	{7, "more sent than ordered", "US-10001, line 1: of 2 units 5 shipped", "UPDATE shipment_lines SET quantity = 5"},
	{7, "delivered and yet under way", "1 of them under way", "UPDATE orders SET state = 'delivered' WHERE number = 'US-10001'"},
	{7, "came back without being asked for", "3 units came back", "UPDATE return_lines SET received = quantity"},
	{7, "a return of nothing", "return 1 is empty", "DELETE FROM return_lines"},
	{7, "a parcel of nothing", "parcel 1 is empty", "DELETE FROM shipment_lines"},

	{8, "a hold that ended somehow", "not both how and when", "UPDATE holds SET ended_at = NULL"},
	{8, "a hold that outlives its order", "US-10005 is expired: 2 of MI-BAND-BLACK ordered, 2 held", "UPDATE holds SET ended = NULL, ended_at = NULL"},
	{8, "an order that holds nothing", "US-10009 is awaiting_payment: 2 of MI-BAND-BLACK ordered, 0 held", "DELETE FROM holds WHERE ended IS NULL"},
	{8, "an expired order sold its goods", "US-10005 is expired: 2 of MI-BAND-BLACK ordered, 0 held, 2 sold", "UPDATE holds SET ended = 'sold' WHERE ended = 'expired'"},
	{8, "a paid order sold nothing", "US-10001 is shipped: 2 of MI-BAND-BLACK ordered, 0 held, 0 sold", "UPDATE holds SET ended = 'released' WHERE ended = 'sold'"},
	{8, "a hold that ran out for another reason", "runs out at another instant", "UPDATE holds SET expires_at = expires_at + 1"},
	{8, "goods sold twice", "sold from holds", "INSERT INTO movements (at, location_id, variant_id, quantity, reason, order_id) SELECT at, location_id, variant_id, quantity, reason, order_id FROM movements WHERE reason = 'sold'"},

	{9, "a state without history", "US-10001: the history ends in \"\", the order is \"shipped\"", "DELETE FROM order_events"},
	{9, "a state that was never reached", "US-10005: the history ends in \"expired\", the order is \"paid\"", "UPDATE orders SET state = 'paid' WHERE state = 'expired'"},
	{9, "a step that is not allowed", "US-10005: went from \"awaiting_payment\" to \"shipped\"", "UPDATE order_events SET to_state = 'shipped' WHERE to_state = 'expired'"},
	{9, "a step that is missing", "US-10001: the history leaps from \"awaiting_payment\" to \"paid\"", "DELETE FROM order_events WHERE to_state = 'paid'"},
	{9, "a step back in time", "runs back in time", "UPDATE order_events SET at = 1 WHERE to_state = 'paid'"},
	{9, "a step of nobody", "made by nobody", "UPDATE order_events SET actor = ''"},

	{9, "a refund without history", "US-10002: the history of refunds ends in \"none\", the order is \"refunded\"", "DELETE FROM order_events WHERE about = 'refund'"},
	{9, "a refund that grew less", "US-10002: went from \"refunded\" to \"none\"", "UPDATE order_events SET from_state = 'refunded', to_state = 'none' WHERE about = 'refund'"},

	{10, "an order shipped without a trace", "order US-10001: what staff did (paid to shipped)", "DELETE FROM trail WHERE verb = 'ship'"},
	{10, "a count without a trace", "MI-BAND-BLACK at reno: 5 counted is not in the trail", "UPDATE levels SET on_hand = on_hand + 5; INSERT INTO movements (at, location_id, variant_id, quantity, reason) SELECT 1, location_id, variant_id, 5, 'counted' FROM levels"},
	{10, "an entry by somebody else", "order US-10001: what staff did", "UPDATE trail SET actor = 'Somebody'"},
	{10, "an entry of nobody", "names nobody or nothing", "UPDATE trail SET actor = ''"},

	{11, "an order without its mail", "US-10001: 1 times order.received, 0 jobs", "DELETE FROM jobs WHERE kind = 'order.received'"},
	{11, "a step without its mail", "US-10001: 1 times order.shipped, 0 jobs", "DELETE FROM jobs WHERE kind = 'order.shipped'"},
	{11, "a mail queued twice", "US-10001: 1 times order.shipped, 2 jobs", "INSERT INTO jobs (kind, subject_id, run_at, queued_at) SELECT kind, subject_id, run_at, queued_at FROM jobs"},
	{11, "a return without its mail", "1 times order.return, 0 jobs", "DELETE FROM jobs WHERE kind = 'order.return'"},
	{11, "a mail about an order that is not there", "about something that is not there", "DELETE FROM orders WHERE number = 'US-10005'"},
	{11, "a withdrawal without its mail", "withdrawal 1: 0 jobs", "DELETE FROM jobs WHERE kind = 'withdrawal.received'"},
	{11, "a mail about a withdrawal that is not there", "(withdrawal.received) is about something that is not there", "DELETE FROM withdrawals"},
	{11, "an acknowledgement to somebody else", "(withdrawal.received) is not what job", keep + "'somebody@example.com', 1, NULL FROM jobs WHERE kind = 'withdrawal.received'"},
	{11, "a job done without its mail", "is done without a mail", "UPDATE jobs SET done_at = 1"},
	{11, "a mail to somebody else", "is not what job 1 is about", keep + "'somebody@example.com', 1, NULL FROM jobs WHERE id = 1"},
	{11, "a mail without a job", "is not what job 4711 is about", keep + "'somebody@example.com', 1, NULL FROM jobs WHERE id = 1; UPDATE mails SET job_id = 4711"},
	{11, "a mail sent by a job that waits", "was sent, but job 1 waits", keep + "'somebody@example.com', 1, 1 FROM jobs WHERE id = 1"},

	{11, "a refund told of twice", "refund 1: 2 jobs to tell of it", "INSERT INTO jobs (kind, subject_id, run_at, queued_at) VALUES ('refund.sent', 1, 1, 1), ('refund.sent', 1, 1, 1)"},
	{11, "a refund that is not there", "(refund.sent) is about something that is not there", "INSERT INTO jobs (kind, subject_id, run_at, queued_at) VALUES ('refund.sent', 4711, 1, 1)"},
	{11, "a refund told to somebody else", "does not go to the buyer of order US-10002", "INSERT INTO jobs (id, kind, subject_id, run_at, queued_at) VALUES (4711, 'refund.sent', 1, 1, 1); INSERT INTO mails (job_id, kind, subject, plain, html, recipient, at) VALUES (4711, 'refund.sent', 's', 'p', 'h', 'somebody@example.com', 1)"},
	{11, "a sending without its job", "sending 1 of mail 1: 0 jobs", keep + "'somebody@example.com', 1, NULL FROM jobs WHERE id = 1; INSERT INTO mail_sendings (mail_id, asked_at) VALUES (1, 1)"},
	{11, "a job that sends nothing again", "(mail.again) is about something that is not there", "INSERT INTO jobs (kind, subject_id, run_at, queued_at) VALUES ('mail.again', 4711, 1, 1)"},
	{11, "a lookup without its answer", "lookup 1: 0 jobs", "INSERT INTO order_lookups (market_id, store, language, email, order_number, asked_at, expires_at) VALUES (1, 'us', 'en', 'a@example.com', '', 1, 2)"},
	{11, "an answer that is kept", "was sent and is not forgotten", "INSERT INTO jobs (id, kind, subject_id, run_at, queued_at) VALUES (4711, 'order.links', 1, 1, 1); INSERT INTO mails (job_id, kind, subject, plain, html, recipient, at, sent_at) VALUES (4711, 'order.links', 's', 'p', 'h', 'a@example.com', 1, 1)"},

	{17, "a use that no order took", "code 1 of batch 1: 2 of 2 uses are taken, but 1 are live", "UPDATE access_codes SET uses_taken = 2 WHERE uses_taken = 1"},
	{17, "a code used too often", "2 of 1 uses are taken", "UPDATE access_codes SET uses_taken = 2, uses_allowed = 1 WHERE uses_taken = 1"},
	{17, "units with a code that nobody used", "ES-10003 is awaiting_payment: 1 units with a code, 0 codes used", "UPDATE code_uses SET ended_at = 1"},
	{17, "a code used for units without one", "ES-10003 is awaiting_payment: 0 units with a code, 1 codes used", "UPDATE buyer_units SET with_code = 0"},
	{17, "a use by an order that ended", "ES-10003 is expired: 1 units", "UPDATE orders SET state = 'expired' WHERE number = 'ES-10003'"},
	{17, "a code of another market", "is not for what was ordered", "UPDATE code_batches SET market_id = 1"},
	{17, "a code for another product", "is not for what was ordered", "UPDATE code_batches SET product_id = 1"},
	{17, "a code is gone", "batch 1: 3 codes made, 2 are there", "DELETE FROM access_codes WHERE number = 3"},

	{18, "another seed", "not the one that was committed to", "UPDATE draws SET seed = randomblob(32)"},
	{18, "another seed hash", "published another draw", "UPDATE draws SET seed = zeroblob(32), seed_hash = '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925'"},
	{18, "another number of winners", "published another draw", "UPDATE draws SET result = replace(result, '\"wanted\": 1', '\"wanted\": 2')"},
	{18, "another winner", "2 winners are published, but 1 follow", "UPDATE draws SET result = replace(result, '\"winners\": [', '\"winners\": [\"x\",')"},
	{18, "a draw without its codes", "0 batches of codes", "UPDATE code_batches SET draw_id = NULL"},
	{18, "more invited than drawn", "invited others than it drew", "UPDATE code_batches SET wanted = 9 WHERE draw_id IS NOT NULL"},

	{19, "a discount used too often", "1 uses are allowed, but 2 are live", "UPDATE discounts SET uses_allowed = 1; UPDATE discount_uses SET ended_at = NULL"},
	{19, "a buyer who used one too often", "1 uses are allowed to a buyer, but one has 2", "UPDATE discounts SET uses_buyer = 1; UPDATE discount_uses SET ended_at = NULL, email_key = 'same'"},
	{19, "a household that used one too often", "1 uses are allowed to a buyer, but one has 2", "UPDATE discounts SET uses_buyer = 1; UPDATE discount_uses SET ended_at = NULL, address_key = 'same'"},
	{19, "an order that does not use what was taken off it", "UK-10001 is awaiting_payment: 2 discounts were taken off it, it uses 0", "UPDATE discount_uses SET ended_at = 1"},
	{19, "a discount used by an order that ended", "UK-10002 is cancelled: 2 discounts were taken off it, it uses 2", "UPDATE discount_uses SET ended_at = NULL"},
	{19, "a use of what was not taken off", "was not taken off it", "DELETE FROM order_discounts"},
	{19, "a discount of another market", "is of another market", "UPDATE discounts SET market_id = 7 WHERE market_id = 2"},
	{18, "a sign-up that was never counted", "list 6: 0 confirmed, but 0 told, 0 gone and 1 waiting", "DELETE FROM interest_figures"},
	{18, "a sign-up that is lost", "1 confirmed, but 0 told, 0 gone and 0 waiting", "UPDATE access_codes SET interest_id = NULL; DELETE FROM interests"},
	{18, "more traces than were told", "0 ordered and 1 traced of 0 told or gone", "INSERT INTO interest_keys (market_id, secret) VALUES (1, randomblob(32)); INSERT INTO interest_traces (market_id, pseudonym, since, ends_at) VALUES (1, randomblob(32), 1, 2)"},
	{18, "a secret that is kept for nothing", "a secret without traces", "INSERT INTO interest_keys (market_id, secret) VALUES (1, randomblob(32))"},
	{18, "a trace that nobody can read", "traces without their secret", "INSERT INTO interest_traces (market_id, pseudonym, since, ends_at) VALUES (1, randomblob(32), 1, 2)"},
	{18, "told without a mail", "told once, but 0 jobs", "UPDATE interests SET told_at = 1"},

	{20, "a session that nobody asks about", "would never hear of its session", "UPDATE payment_sessions SET ask_at = ask_at + 1000000000"},
	{20, "goods free before the provider has answered", "would never hear of its session", "UPDATE orders SET hold_until = 1 WHERE number = 'FR-10003'"},
	{20, "a session of another amount", "FR-10001: the session", "UPDATE payment_sessions SET amount = 1"},
	{20, "a session paid without a payment", "FR-10001: 1 sessions were paid, 0 payments", "DELETE FROM payments WHERE provider = 'stripe'"},
	{20, "a card order paid without a session", "FR-10001 is paid and was paid by stripe without a session", "DELETE FROM payment_sessions"},
	{20, "a message that nobody applies", "event evt_1 waits", "UPDATE stripe_events SET applied_at = NULL, outcome = NULL"},
	{20, "a message that is kept for no reason", "evt_1 was applied and still holds", "UPDATE stripe_events SET payload = '{}'"},
	{20, "a message parked in silence", "evt_1 is parked, and nobody", "UPDATE stripe_events SET outcome = 'parked'"},
	{20, "staff were not told", "payment exception 1: 0 jobs", "DELETE FROM jobs WHERE kind = 'staff.payment'"},
	{20, "a refund that failed in silence", "failed, and nobody was told", "DELETE FROM payment_exceptions WHERE kind = 'refund'"},
	{20, "a refund that was never asked for", "was never asked for", "UPDATE refunds SET failure = ''; DELETE FROM jobs WHERE kind = 'payment.refund'"},

	{12, "an order before the launch", "US-10001: placed in \"open\" while the market was in \"test\"", "UPDATE markets SET launch_at = 1800000000000"},
	{12, "an order during a pause", "US-10001: placed in \"open\" while the market was in \"paused\"", "INSERT INTO pauses (market_id, from_at, reason) SELECT id, 1, 'stop' FROM markets"},
}

const keep = "INSERT INTO mails (job_id, order_id, kind, subject, plain, html, recipient, at, sent_at) SELECT id, subject_id, kind, 's', 'p', 'h', "

func TestEachCorruptionIsFound(t *testing.T) {
	t.Parallel()
	s := busy(t)
	for _, c := range broken {
		t.Run(c.name, func(t *testing.T) {
			var said []string
			for _, r := range corrupt(t, s.Path, c.with) {
				if r.Row == c.row {
					said = append(said, r.Broken...)
				}
			}
			if !strings.Contains(strings.Join(said, "\n"), c.want) {
				t.Errorf("row %d did not say %q but %q", c.row, c.want, said)
			}
		})
	}
}

// Keys that the schema keeps apart can only be doubled on a table without them.
func TestDoubledKeysAreFound(t *testing.T) {
	t.Parallel()
	s := busy(t)
	unkeyed := func(table, change string) string {
		return "CREATE TABLE doubled AS SELECT * FROM " + table + "; DROP TABLE " + table + "; ALTER TABLE doubled RENAME TO " + table +
			"; CREATE UNIQUE INDEX doubled_id ON " + table + " (id); " + change
	}
	for _, c := range []struct {
		row        int
		want, with string
	}{
		{6, "order US-10001 is there 2 times", unkeyed("orders", "UPDATE orders SET number = 'US-10001' WHERE number = 'US-10002'")},
		{6, "share a token", unkeyed("orders", "UPDATE orders SET token = 'same'")},
		{6, "come from one form", unkeyed("orders", "UPDATE orders SET cart_id = 1, idempotency_key = 'same'")},
		{3, "a payment of sandbox is there", unkeyed("payments", "UPDATE payments SET provider_id = 'same'")},
	} {
		var said []string
		for _, r := range corrupt(t, s.Path, c.with) {
			if r.Row == c.row {
				said = r.Broken
			}
		}
		if !strings.Contains(strings.Join(said, "\n"), c.want) {
			t.Errorf("row %d did not say %q but %q", c.row, c.want, said)
		}
	}
}

// A cap that staff lowered is no breach for what was bought before. Nor is a launch that they moved.
func TestWhatStaffChangedLaterIsNoBreach(t *testing.T) {
	t.Parallel()
	s := busy(t)
	moved := "UPDATE markets SET launch_at = 1800000000000; INSERT INTO trail (at, actor, verb, subject, name) SELECT 1900000000000, 'Example Owner', 'reschedule', 'market', code FROM markets"
	if results := corrupt(t, s.Path, moved); !audit.Clean(results) {
		t.Error(table(results))
	}
	lower := "UPDATE listings SET limit_buyer = 9; INSERT INTO trail (at, actor, verb, subject, name) VALUES (1900000000000, 'Example Owner', 'list', 'listing', 'us mi-band'), (1900000000000, 'Example Owner', 'list', 'listing', 'uk mi-band')"
	if results := corrupt(t, s.Path, lower); !audit.Clean(results) {
		t.Error(table(results))
	}
}
