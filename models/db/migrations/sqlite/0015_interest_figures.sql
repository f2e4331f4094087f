-- +goose Up

-- What became of the sign-ups of a list of interest, kept as numbers when the entries are deleted (ADR 12). confirmed, told
-- and gone count entries; ordered counts those of the told and gone whose order is settled. No row is about a person. While
-- what the list is about is sold out, supply_seen is what had been supplied of it: who waits is told when there is more.
CREATE TABLE interest_figures (
  id          INTEGER PRIMARY KEY,
  market_id   INTEGER NOT NULL REFERENCES markets (id),
  product_id  INTEGER REFERENCES products (id),
  confirmed   INTEGER NOT NULL DEFAULT 0,
  told        INTEGER NOT NULL DEFAULT 0 CHECK (told >= 0),
  gone        INTEGER NOT NULL DEFAULT 0 CHECK (gone >= 0),
  ordered     INTEGER NOT NULL DEFAULT 0 CHECK (ordered >= 0),
  supply_seen INTEGER,
  CHECK (told + gone <= confirmed AND ordered <= told + gone)
) STRICT;
CREATE UNIQUE INDEX interest_figures_list ON interest_figures (market_id, COALESCE(product_id, 0));

INSERT INTO interest_figures (market_id, product_id, confirmed)
  SELECT market_id, product_id, COUNT(*) FROM interests WHERE confirmed_at IS NOT NULL GROUP BY market_id, product_id;

-- A trace is what is left of an entry whose holder was told, until ends_at: the address's key, hashed with the market's
-- secret, which is thrown away with its last trace.
CREATE TABLE interest_keys (
  market_id  INTEGER PRIMARY KEY REFERENCES markets (id),
  secret     BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT;
CREATE TABLE interest_traces (
  id          INTEGER PRIMARY KEY,
  market_id   INTEGER NOT NULL REFERENCES markets (id),
  product_id  INTEGER REFERENCES products (id),
  pseudonym   BLOB    NOT NULL CHECK (length(pseudonym) = 32),
  since       INTEGER NOT NULL,
  ends_at     INTEGER NOT NULL,
  CHECK (since <= ends_at)
) STRICT;
CREATE INDEX interest_traces_pseudonym ON interest_traces (market_id, pseudonym);
CREATE INDEX interest_traces_due ON interest_traces (ends_at);

CREATE INDEX interests_told ON interests (told_at) WHERE told_at IS NOT NULL;
CREATE INDEX movements_supply ON movements (variant_id) WHERE reason IN ('counted', 'received');
