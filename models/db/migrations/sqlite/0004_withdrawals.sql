-- +goose Up

-- Declarations of withdrawal as they came in (Directive (EU) 2023/2673, article 11a of 2011/83/EU). What was typed is
-- kept as typed; order_id is set only when number and e-mail address belong together.
CREATE TABLE withdrawals (
  id            INTEGER PRIMARY KEY,
  market_id     INTEGER NOT NULL REFERENCES markets (id),
  store         TEXT    NOT NULL,
  language      TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  order_number  TEXT    NOT NULL,
  email         TEXT    NOT NULL,
  order_id      INTEGER REFERENCES orders (id),
  received_at   INTEGER NOT NULL,
  handled_at    INTEGER
) STRICT;
CREATE INDEX withdrawals_open ON withdrawals (received_at) WHERE handled_at IS NULL;
