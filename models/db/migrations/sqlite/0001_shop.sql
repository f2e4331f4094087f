-- +goose Up

-- Markets: what a country asks, and when its store opens. Local times keep what staff typed; *_at is what they mean.
CREATE TABLE markets (
  id                INTEGER PRIMARY KEY,
  code              TEXT    NOT NULL UNIQUE CHECK (length(code) BETWEEN 2 AND 8 AND code = lower(code)),
  country           TEXT    NOT NULL CHECK (length(country) = 2),
  currency          TEXT    NOT NULL CHECK (length(currency) = 3),
  zone              TEXT    NOT NULL,
  tax_included      INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
  product_safety    INTEGER NOT NULL CHECK (product_safety IN (0, 1)),
  postal_pattern    TEXT    NOT NULL,
  postal_excluded   TEXT    NOT NULL DEFAULT '',
  postal_example    TEXT    NOT NULL DEFAULT '',
  region_kind       TEXT    NOT NULL CHECK (region_kind IN ('none', 'state', 'province')),
  hold_minutes      INTEGER NOT NULL DEFAULT 15 CHECK (hold_minutes > 0),
  transfer_days     INTEGER NOT NULL DEFAULT 7 CHECK (transfer_days > 0),
  bank_holder       TEXT    NOT NULL DEFAULT '',
  bank_account      TEXT    NOT NULL DEFAULT '',
  announced_local   TEXT    NOT NULL DEFAULT '',
  announced_at      INTEGER,
  test_local        TEXT    NOT NULL DEFAULT '',
  test_at           INTEGER,
  launch_local      TEXT    NOT NULL DEFAULT '',
  launch_at         INTEGER,
  position          INTEGER NOT NULL DEFAULT 0,
  CHECK (test_at IS NULL OR announced_at IS NULL OR announced_at <= test_at),
  CHECK (launch_at IS NULL OR test_at IS NULL OR test_at <= launch_at)
) STRICT;

CREATE TABLE pauses (
  id         INTEGER PRIMARY KEY,
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  from_at    INTEGER NOT NULL,
  to_at      INTEGER,
  reason     TEXT    NOT NULL,
  CHECK (to_at IS NULL OR to_at >= from_at)
) STRICT;
CREATE INDEX pauses_market ON pauses (market_id);

CREATE TABLE market_languages (
  market_id     INTEGER NOT NULL REFERENCES markets (id),
  language      TEXT    NOT NULL,
  position      INTEGER NOT NULL,
  order_button  TEXT    NOT NULL,
  PRIMARY KEY (market_id, language)
) STRICT;

CREATE TABLE regions (
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  code       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  PRIMARY KEY (market_id, code)
) STRICT;

CREATE TABLE tax_rates (
  id          INTEGER PRIMARY KEY,
  market_id   INTEGER NOT NULL REFERENCES markets (id),
  region      TEXT    NOT NULL DEFAULT '',
  tax_class   TEXT    NOT NULL DEFAULT 'standard',
  name        TEXT    NOT NULL,
  rate_ppm    INTEGER NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
  valid_from  INTEGER,
  valid_to    INTEGER,
  CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from < valid_to)
) STRICT;
CREATE INDEX tax_rates_market ON tax_rates (market_id, region);

CREATE TABLE delivery_methods (
  id           INTEGER PRIMARY KEY,
  market_id    INTEGER NOT NULL REFERENCES markets (id),
  code         TEXT    NOT NULL,
  kind         TEXT    NOT NULL CHECK (kind IN ('home', 'pickup')),
  amount       INTEGER NOT NULL CHECK (amount >= 0),
  days_min     INTEGER NOT NULL CHECK (days_min >= 0),
  days_max     INTEGER NOT NULL,
  cutoff_hour  INTEGER NOT NULL DEFAULT 14 CHECK (cutoff_hour BETWEEN 0 AND 24),
  by_air       INTEGER NOT NULL DEFAULT 0 CHECK (by_air IN (0, 1)),
  position     INTEGER NOT NULL DEFAULT 0,
  UNIQUE (market_id, code),
  CHECK (days_min <= days_max)
) STRICT;

-- Regions to which a method does not go (air freight of lithium to Alaska, say).
CREATE TABLE delivery_exclusions (
  method_id  INTEGER NOT NULL REFERENCES delivery_methods (id),
  region     TEXT    NOT NULL,
  PRIMARY KEY (method_id, region)
) STRICT;

CREATE TABLE delivery_texts (
  method_id  INTEGER NOT NULL REFERENCES delivery_methods (id),
  language   TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  PRIMARY KEY (method_id, language)
) STRICT;

CREATE TABLE payment_methods (
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  provider   TEXT    NOT NULL CHECK (provider IN ('sandbox', 'transfer', 'stripe')),
  in_test    INTEGER NOT NULL CHECK (in_test IN (0, 1)),
  position   INTEGER NOT NULL,
  PRIMARY KEY (market_id, provider)
) STRICT;

CREATE TABLE pages (
  id         INTEGER PRIMARY KEY,
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  language   TEXT    NOT NULL,
  slug       TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  body       TEXT    NOT NULL,
  position   INTEGER NOT NULL,
  UNIQUE (market_id, language, slug)
) STRICT;

-- Staff, their sessions (by the hash of the cookie's token) and the trail of what they changed.
CREATE TABLE staff (
  id             INTEGER PRIMARY KEY,
  email          TEXT    NOT NULL UNIQUE,
  name           TEXT    NOT NULL,
  role           TEXT    NOT NULL CHECK (role IN ('owner', 'merchandiser', 'support', 'viewer')),
  password_hash  TEXT    NOT NULL,
  example        INTEGER NOT NULL DEFAULT 0 CHECK (example IN (0, 1)),
  created_at     INTEGER NOT NULL,
  disabled_at    INTEGER
) STRICT;

CREATE TABLE sessions (
  token_hash  TEXT    PRIMARY KEY,
  staff_id    INTEGER REFERENCES staff (id),
  data        BLOB    NOT NULL,
  expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_staff ON sessions (staff_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE trail (
  id        INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  staff_id  INTEGER REFERENCES staff (id),
  actor     TEXT    NOT NULL,
  verb      TEXT    NOT NULL,
  subject   TEXT    NOT NULL,
  name      TEXT    NOT NULL,
  before    TEXT    NOT NULL DEFAULT '',
  after     TEXT    NOT NULL DEFAULT '',
  reason    TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX trail_subject ON trail (subject, name);

-- Catalogue: products are described, variants are bought, listings and prices put them into markets.
CREATE TABLE categories (
  id        INTEGER PRIMARY KEY,
  slug      TEXT    NOT NULL UNIQUE,
  tint      TEXT    NOT NULL,
  position  INTEGER NOT NULL
) STRICT;

CREATE TABLE category_texts (
  category_id  INTEGER NOT NULL REFERENCES categories (id),
  language     TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  line         TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (category_id, language)
) STRICT;

CREATE TABLE products (
  id                    INTEGER PRIMARY KEY,
  slug                  TEXT    NOT NULL UNIQUE,
  category_id           INTEGER NOT NULL REFERENCES categories (id),
  brand                 TEXT    NOT NULL DEFAULT '',
  model_number          TEXT    NOT NULL DEFAULT '',
  tax_class             TEXT    NOT NULL DEFAULT 'standard',
  manufacturer          TEXT    NOT NULL DEFAULT '',
  manufacturer_address  TEXT    NOT NULL DEFAULT '',
  manufacturer_contact  TEXT    NOT NULL DEFAULT '',
  responsible_person    TEXT    NOT NULL DEFAULT '',
  position              INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX products_category ON products (category_id);

-- specs, box, questions are JSON arrays; folded is what search looks in.
CREATE TABLE product_texts (
  product_id  INTEGER NOT NULL REFERENCES products (id),
  language    TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  line        TEXT    NOT NULL DEFAULT '',
  story       TEXT    NOT NULL DEFAULT '',
  specs       TEXT    NOT NULL DEFAULT '[]',
  box         TEXT    NOT NULL DEFAULT '[]',
  questions   TEXT    NOT NULL DEFAULT '[]',
  data_note   TEXT    NOT NULL DEFAULT '',
  warnings    TEXT    NOT NULL DEFAULT '',
  disposal    TEXT    NOT NULL DEFAULT '',
  folded      TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (product_id, language)
) STRICT;

CREATE TABLE variants (
  id             INTEGER PRIMARY KEY,
  product_id     INTEGER NOT NULL REFERENCES products (id),
  sku            TEXT    NOT NULL UNIQUE CHECK (length(sku) BETWEEN 1 AND 40),
  colour         TEXT    NOT NULL DEFAULT '',
  weight_grams   INTEGER NOT NULL DEFAULT 0 CHECK (weight_grams >= 0),
  un_number      TEXT    NOT NULL DEFAULT '' CHECK (un_number IN ('', '3480', '3481')),
  milliwatt_hours INTEGER NOT NULL DEFAULT 0 CHECK (milliwatt_hours >= 0),
  position       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX variants_product ON variants (product_id);

CREATE TABLE colour_texts (
  colour    TEXT NOT NULL,
  language  TEXT NOT NULL,
  name      TEXT NOT NULL,
  PRIMARY KEY (colour, language)
) STRICT;

CREATE TABLE pictures (
  id          INTEGER PRIMARY KEY,
  variant_id  INTEGER NOT NULL REFERENCES variants (id),
  file        TEXT    NOT NULL,
  position    INTEGER NOT NULL,
  UNIQUE (variant_id, position)
) STRICT;

CREATE TABLE picture_texts (
  picture_id  INTEGER NOT NULL REFERENCES pictures (id),
  language    TEXT    NOT NULL,
  alt         TEXT    NOT NULL,
  PRIMARY KEY (picture_id, language)
) STRICT;

CREATE TABLE listings (
  market_id         INTEGER NOT NULL REFERENCES markets (id),
  product_id        INTEGER NOT NULL REFERENCES products (id),
  visible_from      INTEGER,
  on_sale_from      INTEGER,
  ends_at           INTEGER,
  limit_order       INTEGER NOT NULL DEFAULT 0 CHECK (limit_order >= 0),
  limit_buyer       INTEGER NOT NULL DEFAULT 0 CHECK (limit_buyer >= 0),
  test_limit_order  INTEGER NOT NULL DEFAULT 0 CHECK (test_limit_order >= 0),
  test_limit_buyer  INTEGER NOT NULL DEFAULT 0 CHECK (test_limit_buyer >= 0),
  PRIMARY KEY (market_id, product_id)
) STRICT;
CREATE INDEX listings_product ON listings (product_id);

CREATE TABLE prices (
  id          INTEGER PRIMARY KEY,
  market_id   INTEGER NOT NULL REFERENCES markets (id),
  variant_id  INTEGER NOT NULL REFERENCES variants (id),
  amount      INTEGER NOT NULL CHECK (amount > 0),
  currency    TEXT    NOT NULL CHECK (length(currency) = 3),
  valid_from  INTEGER NOT NULL,
  ends_at     INTEGER,
  CHECK (ends_at IS NULL OR ends_at > valid_from)
) STRICT;
CREATE INDEX prices_variant ON prices (market_id, variant_id, valid_from);

-- Stock: on hand = free + held, per location and variant. Movements explain every change of what is on hand.
CREATE TABLE locations (
  id    INTEGER PRIMARY KEY,
  code  TEXT NOT NULL UNIQUE,
  name  TEXT NOT NULL
) STRICT;

CREATE TABLE location_markets (
  location_id  INTEGER NOT NULL REFERENCES locations (id),
  market_id    INTEGER NOT NULL REFERENCES markets (id),
  position     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (market_id, location_id)
) STRICT;

CREATE TABLE levels (
  location_id  INTEGER NOT NULL REFERENCES locations (id),
  variant_id   INTEGER NOT NULL REFERENCES variants (id),
  on_hand      INTEGER NOT NULL CHECK (on_hand >= 0),
  held         INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
  PRIMARY KEY (variant_id, location_id),
  CHECK (held <= on_hand)
) STRICT;

CREATE TABLE movements (
  id           INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  location_id  INTEGER NOT NULL REFERENCES locations (id),
  variant_id   INTEGER NOT NULL REFERENCES variants (id),
  quantity     INTEGER NOT NULL CHECK (quantity <> 0),
  reason       TEXT    NOT NULL CHECK (reason IN ('counted', 'received', 'sold', 'restocked')),
  order_id     INTEGER REFERENCES orders (id)
) STRICT;
CREATE INDEX movements_variant ON movements (variant_id, location_id);

-- Launch: waves of units, how many of them are taken, what each buyer took, and the approvals goods need.
CREATE TABLE waves (
  id          INTEGER PRIMARY KEY,
  market_id   INTEGER NOT NULL REFERENCES markets (id),
  variant_id  INTEGER NOT NULL REFERENCES variants (id),
  opens_at    INTEGER NOT NULL,
  quantity    INTEGER NOT NULL CHECK (quantity > 0),
  needs_code  INTEGER NOT NULL DEFAULT 0 CHECK (needs_code IN (0, 1))
) STRICT;
CREATE INDEX waves_variant ON waves (market_id, variant_id);

CREATE TABLE batches (
  market_id     INTEGER NOT NULL REFERENCES markets (id),
  variant_id    INTEGER NOT NULL REFERENCES variants (id),
  taken_public  INTEGER NOT NULL DEFAULT 0 CHECK (taken_public >= 0),
  taken_code    INTEGER NOT NULL DEFAULT 0 CHECK (taken_code >= 0),
  PRIMARY KEY (market_id, variant_id)
) STRICT;

CREATE TABLE buyer_units (
  id           INTEGER PRIMARY KEY,
  order_id     INTEGER NOT NULL REFERENCES orders (id),
  market_id    INTEGER NOT NULL REFERENCES markets (id),
  product_id   INTEGER NOT NULL REFERENCES products (id),
  variant_id   INTEGER NOT NULL REFERENCES variants (id),
  phase        TEXT    NOT NULL CHECK (phase IN ('test', 'open')),
  with_code    INTEGER NOT NULL DEFAULT 0 CHECK (with_code IN (0, 1)),
  quantity     INTEGER NOT NULL CHECK (quantity > 0),
  email_key    TEXT    NOT NULL,
  address_key  TEXT    NOT NULL,
  ended_at     INTEGER
) STRICT;
CREATE INDEX buyer_units_email ON buyer_units (email_key, market_id) WHERE ended_at IS NULL;
CREATE INDEX buyer_units_address ON buyer_units (address_key, market_id) WHERE ended_at IS NULL;
CREATE INDEX buyer_units_order ON buyer_units (order_id);

CREATE TABLE approval_kinds (
  kind      TEXT NOT NULL,
  language  TEXT NOT NULL,
  name      TEXT NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (kind, language)
) STRICT;

CREATE TABLE approval_requirements (
  market_id    INTEGER NOT NULL REFERENCES markets (id),
  category_id  INTEGER NOT NULL REFERENCES categories (id),
  kind         TEXT    NOT NULL,
  PRIMARY KEY (market_id, category_id, kind)
) STRICT;

CREATE TABLE approvals (
  id           INTEGER PRIMARY KEY,
  market_id    INTEGER NOT NULL REFERENCES markets (id),
  product_id   INTEGER REFERENCES products (id),
  category_id  INTEGER REFERENCES categories (id),
  kind         TEXT    NOT NULL,
  status       TEXT    NOT NULL CHECK (status IN ('pending', 'granted', 'refused')),
  evidence     TEXT    NOT NULL DEFAULT '',
  valid_from   INTEGER,
  valid_to     INTEGER,
  CHECK ((product_id IS NULL) <> (category_id IS NULL)),
  CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from < valid_to)
) STRICT;
CREATE INDEX approvals_market ON approvals (market_id);

-- Carts hold SKUs and nothing else; a checkout keeps what a buyer typed until it becomes an order.
CREATE TABLE carts (
  id          INTEGER PRIMARY KEY,
  token_hash  TEXT    NOT NULL UNIQUE,
  created_at  INTEGER NOT NULL,
  touched_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX carts_touched ON carts (touched_at);

CREATE TABLE cart_lines (
  cart_id     INTEGER NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
  variant_id  INTEGER NOT NULL REFERENCES variants (id),
  quantity    INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 9999),
  added_at    INTEGER NOT NULL,
  PRIMARY KEY (cart_id, variant_id)
) STRICT;

CREATE TABLE checkouts (
  cart_id          INTEGER NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
  market_id        INTEGER NOT NULL REFERENCES markets (id),
  idempotency_key  TEXT    NOT NULL,
  email            TEXT    NOT NULL,
  name             TEXT    NOT NULL,
  line1            TEXT    NOT NULL,
  line2            TEXT    NOT NULL,
  postal_code      TEXT    NOT NULL,
  city             TEXT    NOT NULL,
  region           TEXT    NOT NULL,
  phone            TEXT    NOT NULL,
  delivery         TEXT    NOT NULL,
  payment          TEXT    NOT NULL,
  PRIMARY KEY (cart_id, market_id)
) STRICT;

-- Orders keep what was sold as it was sold; nothing here is looked up in the catalogue again.
CREATE TABLE order_numbers (
  market_id  INTEGER PRIMARY KEY REFERENCES markets (id),
  next       INTEGER NOT NULL CHECK (next > 0)
) STRICT;

CREATE TABLE orders (
  id               INTEGER PRIMARY KEY,
  market_id        INTEGER NOT NULL REFERENCES markets (id),
  number           TEXT    NOT NULL UNIQUE,
  token            TEXT    NOT NULL UNIQUE CHECK (length(token) >= 22),
  cart_id          INTEGER NOT NULL,
  idempotency_key  TEXT    NOT NULL,
  state            TEXT    NOT NULL CHECK (state IN ('awaiting_payment', 'expired', 'paid', 'shipped', 'cancelled')),
  phase            TEXT    NOT NULL CHECK (phase IN ('test', 'open')),
  store            TEXT    NOT NULL,
  language         TEXT    NOT NULL,
  placed_at        INTEGER NOT NULL,
  hold_until       INTEGER NOT NULL,
  currency         TEXT    NOT NULL,
  tax_included     INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
  lines_amount     INTEGER NOT NULL CHECK (lines_amount >= 0),
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
  CHECK (total_amount = lines_amount + delivery_amount + CASE tax_included WHEN 0 THEN tax_amount ELSE 0 END)
) STRICT;
CREATE INDEX orders_market ON orders (market_id, placed_at);
CREATE INDEX orders_due ON orders (hold_until) WHERE state = 'awaiting_payment';
CREATE INDEX orders_unpaid_email ON orders (email_key, market_id) WHERE state = 'awaiting_payment';
CREATE INDEX orders_unpaid_address ON orders (address_key, market_id) WHERE state = 'awaiting_payment';
CREATE INDEX orders_paid ON orders (id) WHERE state = 'paid';

CREATE TABLE order_lines (
  id           INTEGER PRIMARY KEY,
  order_id     INTEGER NOT NULL REFERENCES orders (id),
  position     INTEGER NOT NULL,
  product_id   INTEGER NOT NULL,
  variant_id   INTEGER NOT NULL,
  slug         TEXT    NOT NULL,
  sku          TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  colour       TEXT    NOT NULL,
  picture      TEXT    NOT NULL,
  tint         TEXT    NOT NULL,
  quantity     INTEGER NOT NULL CHECK (quantity > 0),
  unit_amount  INTEGER NOT NULL CHECK (unit_amount >= 0),
  amount       INTEGER NOT NULL,
  rate_ppm     INTEGER NOT NULL CHECK (rate_ppm >= 0),
  tax_amount   INTEGER NOT NULL CHECK (tax_amount >= 0),
  CHECK (amount = quantity * unit_amount)
) STRICT;
CREATE INDEX order_lines_order ON order_lines (order_id);

CREATE TABLE order_taxes (
  order_id     INTEGER NOT NULL REFERENCES orders (id),
  name         TEXT    NOT NULL,
  rate_ppm     INTEGER NOT NULL,
  base_amount  INTEGER NOT NULL,
  tax_amount   INTEGER NOT NULL,
  PRIMARY KEY (order_id, name, rate_ppm)
) STRICT;

CREATE TABLE order_events (
  id          INTEGER PRIMARY KEY,
  order_id    INTEGER NOT NULL REFERENCES orders (id),
  at          INTEGER NOT NULL,
  actor       TEXT    NOT NULL,
  from_state  TEXT    NOT NULL,
  to_state    TEXT    NOT NULL,
  note        TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX order_events_order ON order_events (order_id);

CREATE TABLE holds (
  id           INTEGER PRIMARY KEY,
  order_id     INTEGER NOT NULL REFERENCES orders (id),
  location_id  INTEGER NOT NULL REFERENCES locations (id),
  variant_id   INTEGER NOT NULL REFERENCES variants (id),
  quantity     INTEGER NOT NULL CHECK (quantity > 0),
  expires_at   INTEGER NOT NULL,
  ended        TEXT    CHECK (ended IN ('sold', 'released', 'expired')),
  ended_at     INTEGER,
  CHECK ((ended IS NULL) = (ended_at IS NULL))
) STRICT;
CREATE INDEX holds_live ON holds (expires_at) WHERE ended IS NULL;
CREATE INDEX holds_order ON holds (order_id);
CREATE INDEX holds_variant ON holds (variant_id, location_id, expires_at, quantity) WHERE ended IS NULL;

CREATE TABLE payments (
  id           INTEGER PRIMARY KEY,
  order_id     INTEGER NOT NULL REFERENCES orders (id),
  provider     TEXT    NOT NULL,
  provider_id  TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('captured', 'declined', 'cancelled')),
  amount       INTEGER NOT NULL CHECK (amount >= 0),
  currency     TEXT    NOT NULL,
  at           INTEGER NOT NULL,
  UNIQUE (provider, provider_id)
) STRICT;
CREATE INDEX payments_order ON payments (order_id);

CREATE TABLE refunds (
  id          INTEGER PRIMARY KEY,
  payment_id  INTEGER NOT NULL REFERENCES payments (id),
  amount      INTEGER NOT NULL CHECK (amount > 0),
  state       TEXT    NOT NULL CHECK (state IN ('due', 'done')),
  reason      TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  done_at     INTEGER,
  CHECK ((state = 'done') = (done_at IS NOT NULL))
) STRICT;
CREATE INDEX refunds_payment ON refunds (payment_id);

CREATE TABLE shipments (
  id        INTEGER PRIMARY KEY,
  order_id  INTEGER NOT NULL REFERENCES orders (id),
  carrier   TEXT    NOT NULL,
  tracking  TEXT    NOT NULL DEFAULT '',
  at        INTEGER NOT NULL
) STRICT;
CREATE INDEX shipments_order ON shipments (order_id);

-- What must happen after a commit, and the mails that came of it.
CREATE TABLE jobs (
  id          INTEGER PRIMARY KEY,
  kind        TEXT    NOT NULL,
  subject_id  INTEGER NOT NULL,
  run_at      INTEGER NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  last_error  TEXT    NOT NULL DEFAULT '',
  queued_at   INTEGER NOT NULL,
  done_at     INTEGER,
  dead_at     INTEGER
) STRICT;
CREATE INDEX jobs_waiting ON jobs (run_at) WHERE done_at IS NULL AND dead_at IS NULL;

CREATE TABLE mails (
  id          INTEGER PRIMARY KEY,
  job_id      INTEGER NOT NULL UNIQUE REFERENCES jobs (id),
  order_id    INTEGER REFERENCES orders (id),
  kind        TEXT    NOT NULL,
  recipient   TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  plain       TEXT    NOT NULL,
  html        TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  sent_at     INTEGER
) STRICT;
CREATE INDEX mails_order ON mails (order_id);
