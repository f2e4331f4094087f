-- +goose Up

-- A discount is taken off orders of a market: by itself where code is empty, or for who types its code. What it takes off is
-- parts per million of the goods, an amount in minor units off the goods, or delivery, of which it takes off the amount or,
-- where that is zero, all. It holds in [begins_at, ends_at); a limit of zero is none.
CREATE TABLE discounts (
  id           INTEGER PRIMARY KEY,
  market_id    INTEGER NOT NULL REFERENCES markets (id),
  code         TEXT    NOT NULL DEFAULT '' CHECK (length(code) <= 30),
  kind         TEXT    NOT NULL CHECK (kind IN ('percent', 'amount', 'delivery')),
  ppm          INTEGER NOT NULL DEFAULT 0 CHECK (ppm BETWEEN 0 AND 1000000),
  amount       INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),
  minimum      INTEGER NOT NULL DEFAULT 0 CHECK (minimum >= 0),
  begins_at    INTEGER NOT NULL,
  ends_at      INTEGER CHECK (ends_at >= begins_at),
  uses_allowed INTEGER NOT NULL DEFAULT 0 CHECK (uses_allowed >= 0),
  uses_buyer   INTEGER NOT NULL DEFAULT 0 CHECK (uses_buyer >= 0),
  combinable   INTEGER NOT NULL CHECK (combinable IN (0, 1)),
  created_at   INTEGER NOT NULL,
  CHECK ((kind = 'percent' AND ppm > 0 AND amount = 0) OR (kind = 'amount' AND ppm = 0 AND amount > 0) OR (kind = 'delivery' AND ppm = 0))
) STRICT;
CREATE UNIQUE INDEX discounts_code ON discounts (market_id, code) WHERE code <> '';

CREATE TABLE discount_texts (
  discount_id INTEGER NOT NULL REFERENCES discounts (id),
  language    TEXT    NOT NULL,
  name        TEXT    NOT NULL CHECK (name <> ''),
  PRIMARY KEY (discount_id, language)
) STRICT;

-- Which goods a discount is for: these products and those of these categories; all where neither is named.
CREATE TABLE discount_products (
  discount_id INTEGER NOT NULL REFERENCES discounts (id),
  product_id  INTEGER NOT NULL REFERENCES products (id),
  PRIMARY KEY (discount_id, product_id)
) STRICT;
CREATE TABLE discount_categories (
  discount_id INTEGER NOT NULL REFERENCES discounts (id),
  category_id INTEGER NOT NULL REFERENCES categories (id),
  PRIMARY KEY (discount_id, category_id)
) STRICT;

-- The ledger that limits are counted from. A use ends when its order expires or is cancelled.
CREATE TABLE discount_uses (
  id          INTEGER PRIMARY KEY,
  discount_id INTEGER NOT NULL REFERENCES discounts (id),
  order_id    INTEGER NOT NULL REFERENCES orders (id),
  at          INTEGER NOT NULL,
  ended_at    INTEGER,
  email_key   TEXT    NOT NULL,
  address_key TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX discount_uses_order ON discount_uses (order_id, discount_id) WHERE ended_at IS NULL;
CREATE INDEX discount_uses_live ON discount_uses (discount_id) WHERE ended_at IS NULL;
CREATE INDEX discount_uses_email ON discount_uses (email_key, discount_id) WHERE ended_at IS NULL;
CREATE INDEX discount_uses_address ON discount_uses (address_key, discount_id) WHERE ended_at IS NULL;

-- An order's discounts as they were sold.
CREATE TABLE order_discounts (
  order_id    INTEGER NOT NULL REFERENCES orders (id),
  position    INTEGER NOT NULL,
  discount_id INTEGER NOT NULL REFERENCES discounts (id),
  code        TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  amount      INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (order_id, position),
  UNIQUE (order_id, discount_id)
) STRICT;

-- A cart carries at most one typed code of a discount beside its access code.
ALTER TABLE carts ADD COLUMN coupon_id INTEGER REFERENCES discounts (id);

-- Discounts are settings: every change of one moves the revision.
-- +goose StatementBegin
CREATE TRIGGER discounts_insert_revision AFTER INSERT ON discounts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discounts_update_revision AFTER UPDATE ON discounts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discounts_delete_revision AFTER DELETE ON discounts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discount_texts_insert_revision AFTER INSERT ON discount_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discount_texts_update_revision AFTER UPDATE ON discount_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discount_texts_delete_revision AFTER DELETE ON discount_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discount_products_insert_revision AFTER INSERT ON discount_products BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discount_products_update_revision AFTER UPDATE ON discount_products BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discount_products_delete_revision AFTER DELETE ON discount_products BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discount_categories_insert_revision AFTER INSERT ON discount_categories BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discount_categories_update_revision AFTER UPDATE ON discount_categories BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discount_categories_delete_revision AFTER DELETE ON discount_categories BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
