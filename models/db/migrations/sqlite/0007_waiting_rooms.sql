-- +goose Up

-- What the shop signs with where no secret is configured.
CREATE TABLE secrets (
  name   TEXT PRIMARY KEY,
  value  BLOB NOT NULL CHECK (length(value) >= 32)
) STRICT;

-- The waiting room before a market's checkout. A row stays when its room is closed: the next round of tickets begins
-- with another number, so that old ones are worth nothing.
CREATE TABLE waiting_rooms (
  market_id    INTEGER PRIMARY KEY REFERENCES markets (id),
  round        INTEGER NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('closed', 'armed', 'open', 'draining')),
  automatic    INTEGER NOT NULL CHECK (automatic IN (0, 1)),
  opens_at     INTEGER,          -- of an armed one; none is the market's launch instant
  opened_at    INTEGER,
  most_inside  INTEGER NOT NULL CHECK (most_inside > 0),
  secret       BLOB    NOT NULL, -- decides the order of those present at the opening
  drawn        INTEGER NOT NULL, -- how many tickets were there at the opening; -1 when there was no draw
  reserved     INTEGER NOT NULL, -- numbers below this may have been given out
  called       INTEGER NOT NULL, -- positions before this have had their turn
  admitted     BLOB    NOT NULL  -- a bit for each number that was let in
) STRICT;

-- Pages tell that there is a room, so they may be kept until one is opened or closed; its counters don't concern them.
-- +goose StatementBegin
CREATE TRIGGER waiting_rooms_insert_revision AFTER INSERT ON waiting_rooms BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER waiting_rooms_update_revision AFTER UPDATE OF state, opens_at ON waiting_rooms BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
