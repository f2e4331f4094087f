-- +goose Up

-- An order's visit to a payment provider's own page. It is asked for in one transaction and open once the provider's answer
-- is written down in another; only then does the buyer learn its address. ends_at is until when the buyer may pay; the shop
-- then has the provider end it. closes_at is when the provider ends it by itself, by the machine's clock. ask_at is when the
-- provider is asked next how it stands, silences how often in a row it gave no answer.
CREATE TABLE payment_sessions (
  id           INTEGER PRIMARY KEY,
  order_id     INTEGER NOT NULL REFERENCES orders (id),
  attempt      INTEGER NOT NULL CHECK (attempt > 0),
  provider     TEXT    NOT NULL,
  provider_id  TEXT    CHECK (provider_id <> ''),
  url          TEXT    NOT NULL DEFAULT '',
  state        TEXT    NOT NULL CHECK (state IN ('asked', 'open', 'paid', 'unpaid', 'lost')),
  amount       INTEGER NOT NULL CHECK (amount > 0),
  currency     TEXT    NOT NULL,
  asked_at     INTEGER NOT NULL,
  ends_at      INTEGER NOT NULL,
  closes_at    INTEGER NOT NULL,
  ask_at       INTEGER NOT NULL,
  silences     INTEGER NOT NULL DEFAULT 0 CHECK (silences >= 0),
  closed_at    INTEGER,
  UNIQUE (order_id, attempt),
  UNIQUE (provider, provider_id),
  CHECK ((closed_at IS NULL) = (state IN ('asked', 'open'))),
  CHECK (state NOT IN ('open', 'paid') OR provider_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX payment_sessions_live ON payment_sessions (order_id) WHERE closed_at IS NULL;
CREATE INDEX payment_sessions_due ON payment_sessions (ask_at) WHERE closed_at IS NULL;

-- What Stripe has told by webhooks, stored before it is answered and applied once. A payload is kept for as long as the event
-- waits or is parked: it names the buyer.
CREATE TABLE stripe_events (
  id           INTEGER PRIMARY KEY,
  event_id     TEXT    NOT NULL UNIQUE CHECK (event_id <> ''),
  type         TEXT    NOT NULL,
  payload      TEXT    NOT NULL,
  received_at  INTEGER NOT NULL,
  applied_at   INTEGER,
  outcome      TEXT    CHECK (outcome IN ('applied', 'ignored', 'parked')),
  CHECK ((applied_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX stripe_events_waiting ON stripe_events (received_at) WHERE applied_at IS NULL;

-- Payments that somebody has to look at. One is raised once for each kind and what it is about.
CREATE TABLE payment_exceptions (
  id          INTEGER PRIMARY KEY,
  kind        TEXT    NOT NULL CHECK (kind IN ('event', 'silent', 'held_again', 'paid_back', 'refund')),
  about       TEXT    NOT NULL,
  order_id    INTEGER REFERENCES orders (id),
  finding     TEXT    NOT NULL,
  raised_at   INTEGER NOT NULL,
  handled_at  INTEGER,
  UNIQUE (kind, about)
) STRICT;
CREATE INDEX payment_exceptions_open ON payment_exceptions (raised_at) WHERE handled_at IS NULL;

-- A refund that the provider sends: it is sent once the provider has it (provider_id), and done when the money is on its way
-- to the buyer. One that failed is staff's.
ALTER TABLE refunds ADD COLUMN provider_id TEXT;
ALTER TABLE refunds ADD COLUMN sent_at INTEGER;
ALTER TABLE refunds ADD COLUMN failure TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX refunds_provider ON refunds (provider_id) WHERE provider_id IS NOT NULL;
