-- +goose Up

-- Parcels hold lines, arrive one by one and can be followed at their carrier. Until now an order had one parcel with all of it.
ALTER TABLE shipments ADD COLUMN url TEXT NOT NULL DEFAULT '';
ALTER TABLE shipments ADD COLUMN delivered_on TEXT NOT NULL DEFAULT '';
CREATE TABLE shipment_lines (
  shipment_id    INTEGER NOT NULL REFERENCES shipments (id),
  order_line_id  INTEGER NOT NULL REFERENCES order_lines (id),
  quantity       INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (shipment_id, order_line_id)
) STRICT;
CREATE INDEX shipment_lines_line ON shipment_lines (order_line_id);
INSERT INTO shipment_lines (shipment_id, order_line_id, quantity)
  SELECT s.id, l.id, l.quantity FROM shipments s JOIN order_lines l ON l.order_id = s.order_id;
-- The mail about a parcel names what is in it, so its job's subject is the parcel.
UPDATE jobs SET subject_id = (SELECT MIN(s.id) FROM shipments s WHERE s.order_id = jobs.subject_id) WHERE kind = 'order.shipped';

-- How many days after the last parcel a buyer may withdraw or ask to send goods back.
ALTER TABLE markets ADD COLUMN return_days INTEGER NOT NULL DEFAULT 14 CHECK (return_days BETWEEN 0 AND 365);

-- Goods on their way back: asked for by the buyer, or by a withdrawal. deadline is the last day to ask, none while a parcel is
-- still under way; late says that it had passed.
CREATE TABLE returns (
  id             INTEGER PRIMARY KEY,
  order_id       INTEGER NOT NULL REFERENCES orders (id),
  withdrawal_id  INTEGER REFERENCES withdrawals (id),
  state          TEXT    NOT NULL CHECK (state IN ('requested', 'approved', 'refused', 'received')),
  reason         TEXT    NOT NULL CHECK (reason IN ('withdrawal', 'unwanted', 'defective', 'damaged', 'wrong', 'other')),
  comment        TEXT    NOT NULL DEFAULT '',
  answer         TEXT    NOT NULL DEFAULT '',
  deadline       TEXT    NOT NULL DEFAULT '',
  late           INTEGER NOT NULL CHECK (late IN (0, 1)),
  asked_at       INTEGER NOT NULL,
  answered_at    INTEGER,
  received_at    INTEGER,
  CHECK ((state = 'received') = (received_at IS NOT NULL))
) STRICT;
CREATE INDEX returns_order ON returns (order_id);
CREATE INDEX returns_open ON returns (asked_at) WHERE state IN ('requested', 'approved');

CREATE TABLE return_lines (
  return_id      INTEGER NOT NULL REFERENCES returns (id),
  order_line_id  INTEGER NOT NULL REFERENCES order_lines (id),
  quantity       INTEGER NOT NULL CHECK (quantity > 0),
  received       INTEGER NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND quantity),
  restocked      INTEGER NOT NULL DEFAULT 0 CHECK (restocked BETWEEN 0 AND received),
  condition      TEXT    NOT NULL DEFAULT '' CHECK (condition IN ('', 'as_new', 'opened', 'damaged')),
  PRIMARY KEY (return_id, order_line_id)
) STRICT;
CREATE INDEX return_lines_line ON return_lines (order_line_id);

-- What a buyer is owed back of an order, and why. Amounts are in minor units of the order's currency. The delivery is what is
-- given back of it after its discounts. Lines without units are a reduction of their price. Units that are taken off had not
-- left; of them some went back into stock.
CREATE TABLE credits (
  id               INTEGER PRIMARY KEY,
  order_id         INTEGER NOT NULL REFERENCES orders (id),
  return_id        INTEGER REFERENCES returns (id),
  cause            TEXT    NOT NULL CHECK (cause IN ('cancelled', 'edited', 'returned', 'refunded')),
  reason           TEXT    NOT NULL,
  actor            TEXT    NOT NULL,
  at               INTEGER NOT NULL,
  tax_included     INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
  lines_amount     INTEGER NOT NULL CHECK (lines_amount >= 0),
  discount_amount  INTEGER NOT NULL CHECK (discount_amount BETWEEN 0 AND lines_amount),
  delivery_amount  INTEGER NOT NULL CHECK (delivery_amount >= 0),
  tax_amount       INTEGER NOT NULL CHECK (tax_amount >= 0),
  total_amount     INTEGER NOT NULL CHECK (total_amount >= 0),
  CHECK (total_amount = lines_amount - discount_amount + delivery_amount + CASE tax_included WHEN 0 THEN tax_amount ELSE 0 END)
) STRICT;
CREATE INDEX credits_order ON credits (order_id);

CREATE TABLE credit_lines (
  id               INTEGER PRIMARY KEY,
  credit_id        INTEGER NOT NULL REFERENCES credits (id),
  order_line_id    INTEGER NOT NULL REFERENCES order_lines (id),
  quantity         INTEGER NOT NULL CHECK (quantity >= 0),
  taken_off        INTEGER NOT NULL DEFAULT 0 CHECK (taken_off BETWEEN 0 AND quantity),
  restocked        INTEGER NOT NULL DEFAULT 0 CHECK (restocked BETWEEN 0 AND taken_off),
  amount           INTEGER NOT NULL CHECK (amount >= 0),
  discount_amount  INTEGER NOT NULL CHECK (discount_amount BETWEEN 0 AND amount),
  tax_amount       INTEGER NOT NULL CHECK (tax_amount >= 0)
) STRICT;
CREATE INDEX credit_lines_credit ON credit_lines (credit_id);
CREATE INDEX credit_lines_line ON credit_lines (order_line_id);

CREATE TABLE credit_taxes (
  credit_id    INTEGER NOT NULL REFERENCES credits (id),
  name         TEXT    NOT NULL,
  rate_ppm     INTEGER NOT NULL,
  base_amount  INTEGER NOT NULL,
  tax_amount   INTEGER NOT NULL,
  PRIMARY KEY (credit_id, rate_ppm)
) STRICT;

ALTER TABLE refunds ADD COLUMN credit_id INTEGER REFERENCES credits (id);
CREATE INDEX refunds_credit ON refunds (credit_id);

-- Until now money went back for whole orders only, when they were cancelled.
INSERT INTO credits (order_id, cause, reason, actor, at, tax_included, lines_amount, discount_amount, delivery_amount, tax_amount, total_amount)
  SELECT o.id, 'cancelled', COALESCE((SELECT MIN(r.reason) FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE p.order_id = o.id), ''),
    (SELECT e.actor FROM order_events e WHERE e.order_id = o.id ORDER BY e.id DESC LIMIT 1),
    (SELECT MAX(e.at) FROM order_events e WHERE e.order_id = o.id), o.tax_included, o.lines_amount,
    (SELECT SUM(l.discount_amount) FROM order_lines l WHERE l.order_id = o.id),
    o.delivery_amount - o.discount_amount + (SELECT SUM(l.discount_amount) FROM order_lines l WHERE l.order_id = o.id),
    o.tax_amount, o.total_amount
  FROM orders o WHERE o.state = 'cancelled' AND EXISTS (SELECT 1 FROM payments p WHERE p.order_id = o.id AND p.state = 'captured');
INSERT INTO credit_lines (credit_id, order_line_id, quantity, taken_off, restocked, amount, discount_amount, tax_amount)
  SELECT c.id, l.id, l.quantity, l.quantity,
    CASE WHEN EXISTS (SELECT 1 FROM movements m WHERE m.order_id = c.order_id AND m.reason = 'restocked') THEN l.quantity ELSE 0 END,
    l.amount, l.discount_amount, l.tax_amount
  FROM credits c JOIN order_lines l ON l.order_id = c.order_id;
INSERT INTO credit_taxes (credit_id, name, rate_ppm, base_amount, tax_amount)
  SELECT c.id, MIN(t.name), t.rate_ppm, SUM(t.base_amount), SUM(t.tax_amount)
  FROM credits c JOIN order_taxes t ON t.order_id = c.order_id GROUP BY c.id, t.rate_ppm;
UPDATE refunds SET credit_id = (SELECT c.id FROM credits c JOIN payments p ON p.order_id = c.order_id WHERE p.id = refunds.payment_id);
INSERT INTO order_events (order_id, at, actor, about, from_state, to_state)
  SELECT c.order_id, c.at, c.actor, 'refund', 'none', 'refunded' FROM credits c WHERE c.total_amount > 0;
UPDATE orders SET refund_state = 'refunded' WHERE id IN (SELECT order_id FROM credits WHERE total_amount > 0);

-- Where an order was to go before its address was changed.
CREATE TABLE former_addresses (
  id           INTEGER PRIMARY KEY,
  order_id     INTEGER NOT NULL REFERENCES orders (id),
  until        INTEGER NOT NULL,
  name         TEXT    NOT NULL,
  line1        TEXT    NOT NULL,
  line2        TEXT    NOT NULL,
  postal_code  TEXT    NOT NULL,
  city         TEXT    NOT NULL,
  region       TEXT    NOT NULL,
  phone        TEXT    NOT NULL
) STRICT;
CREATE INDEX former_addresses_order ON former_addresses (order_id);

-- Goods that a buyer wanted beside an order are an order of their own, which is paid by itself.
CREATE TABLE supplements (
  order_id     INTEGER PRIMARY KEY REFERENCES orders (id),
  original_id  INTEGER NOT NULL REFERENCES orders (id)
) STRICT;
CREATE INDEX supplements_original ON supplements (original_id);

-- What of an order's goods is out, by the order.
CREATE INDEX movements_order ON movements (order_id) WHERE order_id IS NOT NULL;
