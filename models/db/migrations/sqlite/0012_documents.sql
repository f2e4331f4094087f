-- +goose Up

-- Who sells in a market, as its documents must name him, and how long the law has them kept. Staff write it; no page for
-- shoppers shows it, so it moves no revision.
CREATE TABLE sellers (
  market_id    INTEGER PRIMARY KEY REFERENCES markets (id),
  name         TEXT    NOT NULL,
  line1        TEXT    NOT NULL,
  line2        TEXT    NOT NULL DEFAULT '',
  postal_code  TEXT    NOT NULL,
  city         TEXT    NOT NULL,
  region       TEXT    NOT NULL DEFAULT '',
  country      TEXT    NOT NULL,
  email        TEXT    NOT NULL DEFAULT '',
  phone        TEXT    NOT NULL DEFAULT '',
  vat_number   TEXT    NOT NULL DEFAULT '',
  register     TEXT    NOT NULL DEFAULT '',
  keep_years   INTEGER NOT NULL CHECK (keep_years BETWEEN 1 AND 30),
  paper        TEXT    NOT NULL CHECK (paper IN ('a4', 'letter'))
) STRICT;

-- What the law has every document of a market say besides, in each of its languages.
CREATE TABLE seller_notes (
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  language   TEXT    NOT NULL,
  note       TEXT    NOT NULL,
  PRIMARY KEY (market_id, language)
) STRICT;

CREATE TABLE document_numbers (
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  series     TEXT    NOT NULL,
  next       INTEGER NOT NULL CHECK (next > 0),
  PRIMARY KEY (market_id, series)
) STRICT;

-- Invoices and credit notes. Content is all that they say, as JSON; nothing of it is looked up again.
CREATE TABLE documents (
  id          INTEGER PRIMARY KEY,
  market_id   INTEGER NOT NULL REFERENCES markets (id),
  series      TEXT    NOT NULL,
  ordinal     INTEGER NOT NULL CHECK (ordinal > 0),
  number      TEXT    NOT NULL UNIQUE,
  kind        TEXT    NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
  order_id    INTEGER NOT NULL REFERENCES orders (id),
  credit_id   INTEGER,
  issued_at   INTEGER NOT NULL,
  keep_until  INTEGER NOT NULL,
  content     TEXT    NOT NULL,
  UNIQUE (market_id, series, ordinal),
  CHECK ((kind = 'credit_note') = (credit_id IS NOT NULL)),
  CHECK (keep_until > issued_at)
) STRICT;
CREATE INDEX documents_order ON documents (order_id);
CREATE INDEX documents_issued ON documents (market_id, issued_at);
CREATE UNIQUE INDEX documents_invoice ON documents (order_id) WHERE kind = 'invoice';
CREATE UNIQUE INDEX documents_credit ON documents (credit_id) WHERE kind = 'credit_note';

-- A document as it was printed, once: what a buyer has and what an auditor sees are the same bytes.
CREATE TABLE document_files (
  document_id  INTEGER PRIMARY KEY REFERENCES documents (id),
  pdf          BLOB    NOT NULL,
  sha256       TEXT    NOT NULL CHECK (length(sha256) = 64),
  printed_at   INTEGER NOT NULL
) STRICT;

-- What was issued stays as it is, whoever asks.
-- +goose StatementBegin
CREATE TRIGGER documents_stay BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'documents are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER documents_remain BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'documents are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_files_stay BEFORE UPDATE ON document_files BEGIN SELECT RAISE(ABORT, 'documents are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_files_remain BEFORE DELETE ON document_files BEGIN SELECT RAISE(ABORT, 'documents are never deleted'); END;
-- +goose StatementEnd

-- Orders that were paid before there were documents get theirs.
INSERT INTO jobs (kind, subject_id, run_at, queued_at)
  SELECT 'document.invoice', o.id, MAX(p.at), MAX(p.at) FROM orders o
    JOIN payments p ON p.order_id = o.id AND p.state = 'captured'
    WHERE o.state IN ('paid', 'packed', 'partly_shipped', 'shipped', 'delivered', 'returned')
    GROUP BY o.id ORDER BY MAX(p.at), o.id;
