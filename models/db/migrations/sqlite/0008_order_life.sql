-- +goose Up

-- Orders have a longer life: packed, shipped in parts, delivered, returned; what went back of their money is a state of its
-- own. Discounts are taken off goods and delivery. SQLite can't widen a CHECK, so the table is written anew; the references to
-- it are checked when the migration commits, after all its rows are back.
PRAGMA defer_foreign_keys = 1;
CREATE TABLE orders_before AS SELECT * FROM orders;
DROP TABLE orders;

CREATE TABLE orders (
  id               INTEGER PRIMARY KEY,
  market_id        INTEGER NOT NULL REFERENCES markets (id),
  number           TEXT    NOT NULL UNIQUE,
  token            TEXT    NOT NULL UNIQUE CHECK (length(token) >= 22),
  cart_id          INTEGER NOT NULL,
  idempotency_key  TEXT    NOT NULL,
  state            TEXT    NOT NULL CHECK (state IN ('awaiting_payment', 'expired', 'paid', 'packed', 'partly_shipped',
                     'shipped', 'delivered', 'returned', 'cancelled')),
  refund_state     TEXT    NOT NULL DEFAULT 'none' CHECK (refund_state IN ('none', 'partly_refunded', 'refunded')),
  phase            TEXT    NOT NULL CHECK (phase IN ('test', 'open')),
  store            TEXT    NOT NULL,
  language         TEXT    NOT NULL,
  placed_at        INTEGER NOT NULL,
  hold_until       INTEGER NOT NULL,
  currency         TEXT    NOT NULL,
  tax_included     INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
  lines_amount     INTEGER NOT NULL CHECK (lines_amount >= 0),
  discount_amount  INTEGER NOT NULL DEFAULT 0 CHECK (discount_amount BETWEEN 0 AND lines_amount + delivery_amount),
  delivery_amount  INTEGER NOT NULL CHECK (delivery_amount >= 0),
  tax_amount       INTEGER NOT NULL CHECK (tax_amount >= 0),
  total_amount     INTEGER NOT NULL CHECK (total_amount >= 0),
  email            TEXT    NOT NULL,
  name             TEXT    NOT NULL,
  line1            TEXT    NOT NULL,
  line2            TEXT    NOT NULL,
  postal_code      TEXT    NOT NULL,
  city             TEXT    NOT NULL,
  region           TEXT    NOT NULL,
  region_name      TEXT    NOT NULL DEFAULT '',
  country          TEXT    NOT NULL,
  phone            TEXT    NOT NULL,
  email_key        TEXT    NOT NULL,
  address_key      TEXT    NOT NULL,
  payment          TEXT    NOT NULL,
  delivery_code    TEXT    NOT NULL,
  delivery_name    TEXT    NOT NULL,
  arrives_from     TEXT    NOT NULL,
  arrives_to       TEXT    NOT NULL,
  UNIQUE (cart_id, idempotency_key),
  CHECK (total_amount = lines_amount - discount_amount + delivery_amount + CASE tax_included WHEN 0 THEN tax_amount ELSE 0 END)
) STRICT;
CREATE INDEX orders_market ON orders (market_id, placed_at);
CREATE INDEX orders_due ON orders (hold_until) WHERE state = 'awaiting_payment';
CREATE INDEX orders_unpaid_email ON orders (email_key, market_id) WHERE state = 'awaiting_payment';
CREATE INDEX orders_unpaid_address ON orders (address_key, market_id) WHERE state = 'awaiting_payment';
CREATE INDEX orders_open ON orders (id) WHERE state IN ('paid', 'packed', 'partly_shipped');

INSERT INTO orders (id, market_id, number, token, cart_id, idempotency_key, state, phase, store, language, placed_at, hold_until,
    currency, tax_included, lines_amount, delivery_amount, tax_amount, total_amount, email, name, line1, line2,
    postal_code, city, region, region_name, country, phone, email_key, address_key, payment, delivery_code,
    delivery_name, arrives_from, arrives_to)
  SELECT id, market_id, number, token, cart_id, idempotency_key, state, phase, store, language, placed_at, hold_until,
    currency, tax_included, lines_amount, delivery_amount, tax_amount, total_amount, email, name, line1, line2,
    postal_code, city, region, region_name, country, phone, email_key, address_key, payment, delivery_code,
    delivery_name, arrives_from, arrives_to
  FROM orders_before;
DROP TABLE orders_before;

-- What of an order's discounts is on this line; the rest of them is on delivery.
ALTER TABLE order_lines ADD COLUMN discount_amount INTEGER NOT NULL DEFAULT 0 CHECK (discount_amount BETWEEN 0 AND amount);

-- A step of the history is about the order's state or about what was refunded of it.
ALTER TABLE order_events ADD COLUMN about TEXT NOT NULL DEFAULT 'order' CHECK (about IN ('order', 'refund'));
