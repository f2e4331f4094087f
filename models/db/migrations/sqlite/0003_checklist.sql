-- +goose Up

-- Pages that a market's law asks for: it gets no launch instant while one is missing in one of its languages.
CREATE TABLE market_required_pages (
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  slug       TEXT    NOT NULL CHECK (slug <> ''),
  PRIMARY KEY (market_id, slug)
) STRICT;

-- Alarms that staff were sent: one for each red line and launch instant, one for each approval, end and notice.
CREATE TABLE alarms (
  id         INTEGER PRIMARY KEY,
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  kind       TEXT    NOT NULL CHECK (kind IN ('checklist', 'approval')),
  name       TEXT    NOT NULL,
  due_at     INTEGER NOT NULL,
  raised_at  INTEGER NOT NULL,
  UNIQUE (market_id, kind, name, due_at)
) STRICT;

-- Who else sells a product in a market, a carrier or a retailer, with a note such as "with contract" in each language.
CREATE TABLE partners (
  id          INTEGER PRIMARY KEY,
  market_id   INTEGER NOT NULL REFERENCES markets (id),
  product_id  INTEGER NOT NULL REFERENCES products (id),
  name        TEXT    NOT NULL CHECK (name <> ''),
  url         TEXT    NOT NULL CHECK (url LIKE 'https://%'),
  position    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX partners_product ON partners (market_id, product_id);

CREATE TABLE partner_notes (
  partner_id  INTEGER NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
  language    TEXT    NOT NULL,
  note        TEXT    NOT NULL,
  PRIMARY KEY (partner_id, language)
) STRICT;

-- Demand that was not met: how many requests were refused in an hour, by reason (a message key), and phase of the market.
-- variant_id is NULL when a refusal names no variant.
CREATE TABLE refusals (
  market_id   INTEGER NOT NULL REFERENCES markets (id),
  variant_id  INTEGER REFERENCES variants (id),
  reason      TEXT    NOT NULL,
  phase       TEXT    NOT NULL,
  hour        INTEGER NOT NULL,
  requests    INTEGER NOT NULL CHECK (requests > 0)
) STRICT;
CREATE UNIQUE INDEX refusals_hour ON refusals (market_id, COALESCE(variant_id, 0), reason, phase, hour);

-- Partners are settings that shoppers read: each change moves the revision, whose table comes with 0005.
-- +goose StatementBegin
CREATE TRIGGER partners_insert_revision AFTER INSERT ON partners BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER partners_update_revision AFTER UPDATE ON partners BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER partners_delete_revision AFTER DELETE ON partners BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER partner_notes_insert_revision AFTER INSERT ON partner_notes BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER partner_notes_update_revision AFTER UPDATE ON partner_notes BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER partner_notes_delete_revision AFTER DELETE ON partner_notes BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
