-- +goose Up

-- Interest: who wants to be told when a product, or a market (product_id NULL), opens. token is the secret of the newest
-- mail's link, made with that mail and erased when it is out; its hash stays. text_version is what the person agreed to.
CREATE TABLE interests (
  id            INTEGER PRIMARY KEY,
  market_id     INTEGER NOT NULL REFERENCES markets (id),
  product_id    INTEGER REFERENCES products (id),
  email         TEXT    NOT NULL,
  email_key     TEXT    NOT NULL,
  language      TEXT    NOT NULL,
  text_version  TEXT    NOT NULL CHECK (text_version <> ''),
  token         TEXT,
  token_hash    TEXT    UNIQUE,
  created_at    INTEGER NOT NULL,
  asked_at      INTEGER NOT NULL,
  confirmed_at  INTEGER,
  told_at       INTEGER,
  CHECK (told_at IS NULL OR confirmed_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX interests_once ON interests (market_id, COALESCE(product_id, 0), email_key);
CREATE INDEX interests_email ON interests (email_key);
CREATE INDEX interests_waiting ON interests (market_id, product_id) WHERE confirmed_at IS NOT NULL AND told_at IS NULL;
CREATE INDEX interests_unconfirmed ON interests (asked_at) WHERE confirmed_at IS NULL;

-- Draws of invitations. seed is secret until drawn_at, seed_hash is shown from the beginning. ticket_key makes the
-- participants' numbers and is never shown. result is the published file, byte for byte.
CREATE TABLE draws (
  id            INTEGER PRIMARY KEY,
  key           TEXT    NOT NULL UNIQUE CHECK (length(key) >= 10),
  market_id     INTEGER NOT NULL REFERENCES markets (id),
  product_id    INTEGER REFERENCES products (id),
  name          TEXT    NOT NULL CHECK (name <> ''),
  closes_local  TEXT    NOT NULL,
  closes_at     INTEGER NOT NULL,
  winners       INTEGER NOT NULL CHECK (winners > 0),
  algorithm     TEXT    NOT NULL,
  seed          BLOB    NOT NULL CHECK (length(seed) = 32),
  seed_hash     TEXT    NOT NULL CHECK (length(seed_hash) = 64),
  ticket_key    BLOB    NOT NULL CHECK (length(ticket_key) = 32),
  created_at    INTEGER NOT NULL,
  cancelled_at  INTEGER,
  drawn_at      INTEGER,
  participants  INTEGER,
  result        TEXT,
  CHECK ((drawn_at IS NULL) = (result IS NULL) AND (drawn_at IS NULL) = (participants IS NULL)),
  CHECK (drawn_at IS NULL OR (drawn_at >= closes_at AND cancelled_at IS NULL))
) STRICT;
CREATE INDEX draws_market ON draws (market_id, product_id);
CREATE INDEX draws_due ON draws (closes_at) WHERE drawn_at IS NULL AND cancelled_at IS NULL;

-- Access codes are made in batches, from a seed that is erased when the codes were exported or their mails are out.
CREATE TABLE code_batches (
  id            INTEGER PRIMARY KEY,
  market_id     INTEGER NOT NULL REFERENCES markets (id),
  product_id    INTEGER REFERENCES products (id),
  draw_id       INTEGER UNIQUE REFERENCES draws (id),
  label         TEXT    NOT NULL CHECK (label <> ''),
  uses_allowed  INTEGER NOT NULL CHECK (uses_allowed > 0),
  by_mail       INTEGER NOT NULL CHECK (by_mail IN (0, 1)),
  wanted        INTEGER NOT NULL CHECK (wanted >= 0),
  made          INTEGER NOT NULL DEFAULT 0,
  seed          BLOB    CHECK (length(seed) = 32),
  created_at    INTEGER NOT NULL,
  exported_at   INTEGER,
  revoked_at    INTEGER,
  CHECK (made BETWEEN 0 AND wanted)
) STRICT;
CREATE INDEX code_batches_market ON code_batches (market_id);

-- The number of a code is its place in the batch, from 1; code_hash is SHA-256 of the code without its dashes.
CREATE TABLE access_codes (
  id            INTEGER PRIMARY KEY,
  batch_id      INTEGER NOT NULL REFERENCES code_batches (id),
  number        INTEGER NOT NULL CHECK (number > 0),
  code_hash     TEXT    NOT NULL UNIQUE CHECK (length(code_hash) = 64),
  uses_allowed  INTEGER NOT NULL CHECK (uses_allowed > 0),
  uses_taken    INTEGER NOT NULL DEFAULT 0,
  interest_id   INTEGER REFERENCES interests (id) ON DELETE SET NULL,
  mailed_at     INTEGER,
  revoked_at    INTEGER,
  UNIQUE (batch_id, number),
  CHECK (uses_taken BETWEEN 0 AND uses_allowed)
) STRICT;
CREATE INDEX access_codes_interest ON access_codes (interest_id) WHERE interest_id IS NOT NULL;
CREATE INDEX access_codes_unmailed ON access_codes (batch_id) WHERE mailed_at IS NULL AND revoked_at IS NULL;

-- Who is to get the codes of a batch that goes out by mail, until each code is made.
CREATE TABLE invitations (
  batch_id     INTEGER NOT NULL REFERENCES code_batches (id),
  number       INTEGER NOT NULL CHECK (number > 0),
  interest_id  INTEGER REFERENCES interests (id) ON DELETE SET NULL,
  PRIMARY KEY (batch_id, number)
) STRICT;
CREATE INDEX invitations_interest ON invitations (interest_id) WHERE interest_id IS NOT NULL;

-- A use is an order that took test units with a code. It ends when the order expires or is cancelled.
CREATE TABLE code_uses (
  id        INTEGER PRIMARY KEY,
  code_id   INTEGER NOT NULL REFERENCES access_codes (id),
  order_id  INTEGER NOT NULL REFERENCES orders (id),
  at        INTEGER NOT NULL,
  ended_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX code_uses_order ON code_uses (order_id) WHERE ended_at IS NULL;
CREATE INDEX code_uses_orders ON code_uses (order_id);
CREATE INDEX code_uses_code ON code_uses (code_id) WHERE ended_at IS NULL;

ALTER TABLE carts ADD COLUMN access_code_id INTEGER REFERENCES access_codes (id);
