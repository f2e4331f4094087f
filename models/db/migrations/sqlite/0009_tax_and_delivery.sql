-- +goose Up

-- Classes of goods for tax, so that staff can name them. Delivery has a class of its own, which no product can have.
CREATE TABLE tax_classes (
  code      TEXT    PRIMARY KEY CHECK (code NOT IN ('', 'delivery')),
  name      TEXT    NOT NULL CHECK (name <> ''),
  position  INTEGER NOT NULL
) STRICT;
INSERT INTO tax_classes (code, name, position) VALUES ('standard', 'Standard goods', 1), ('reduced', 'Reduced goods', 2);
INSERT INTO tax_classes (code, name, position)
  SELECT DISTINCT tax_class, tax_class, 3 FROM products WHERE tax_class NOT IN ('standard', 'reduced', 'delivery', '');

-- Whether the seller has to collect tax in a region (nexus). Where tax comes on top and a place had no rate, he had not.
ALTER TABLE regions ADD COLUMN nexus INTEGER NOT NULL DEFAULT 1 CHECK (nexus IN (0, 1));
UPDATE regions SET nexus = 0 WHERE market_id IN (SELECT id FROM markets WHERE tax_included = 0)
  AND NOT EXISTS (SELECT 1 FROM tax_rates t WHERE t.market_id = regions.market_id AND t.region IN ('', regions.code));

-- Postcodes of a market's pattern that are not delivered to, with the reason that buyers read in each language.
CREATE TABLE postal_exclusions (
  id         INTEGER PRIMARY KEY,
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  pattern    TEXT    NOT NULL CHECK (pattern <> '')
) STRICT;
CREATE INDEX postal_exclusions_market ON postal_exclusions (market_id);
CREATE TABLE postal_exclusion_texts (
  exclusion_id  INTEGER NOT NULL REFERENCES postal_exclusions (id) ON DELETE CASCADE,
  language      TEXT    NOT NULL,
  reason        TEXT    NOT NULL CHECK (reason <> ''),
  PRIMARY KEY (exclusion_id, language)
) STRICT;
INSERT INTO postal_exclusions (market_id, pattern) SELECT id, postal_excluded FROM markets WHERE postal_excluded <> '';
ALTER TABLE markets DROP COLUMN postal_excluded;

-- Delivery: places with a price of their own, and steps of price by weight (grams) and by value (minor units). A step
-- without a zone belongs to the method itself.
CREATE TABLE delivery_zones (
  id         INTEGER PRIMARY KEY,
  method_id  INTEGER NOT NULL REFERENCES delivery_methods (id),
  name       TEXT    NOT NULL CHECK (name <> ''),
  regions    TEXT    NOT NULL DEFAULT '',  -- codes, with spaces between
  prefixes   TEXT    NOT NULL DEFAULT '',  -- beginnings of postcodes in capitals, with spaces between
  amount     INTEGER NOT NULL CHECK (amount >= 0),
  days_more  INTEGER NOT NULL DEFAULT 0 CHECK (days_more BETWEEN 0 AND 60),
  CHECK (regions <> '' OR prefixes <> '')
) STRICT;
CREATE INDEX delivery_zones_method ON delivery_zones (method_id);
CREATE TABLE delivery_steps (
  id         INTEGER PRIMARY KEY,
  method_id  INTEGER NOT NULL REFERENCES delivery_methods (id),
  zone_id    INTEGER REFERENCES delivery_zones (id),
  measure    TEXT    NOT NULL CHECK (measure IN ('weight', 'value')),
  at_least   INTEGER NOT NULL CHECK (at_least > 0),
  amount     INTEGER NOT NULL CHECK (amount >= 0)
) STRICT;
CREATE UNIQUE INDEX delivery_steps_once ON delivery_steps (method_id, COALESCE(zone_id, 0), measure, at_least);

-- Days on which nothing is delivered, beside Saturdays and Sundays.
CREATE TABLE holidays (
  market_id  INTEGER NOT NULL REFERENCES markets (id),
  day        TEXT    NOT NULL CHECK (length(day) = 10),
  name       TEXT    NOT NULL CHECK (name <> ''),
  PRIMARY KEY (market_id, day)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER tax_classes_insert_revision AFTER INSERT ON tax_classes BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tax_classes_update_revision AFTER UPDATE ON tax_classes BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tax_classes_delete_revision AFTER DELETE ON tax_classes BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER postal_exclusions_insert_revision AFTER INSERT ON postal_exclusions BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER postal_exclusions_update_revision AFTER UPDATE ON postal_exclusions BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER postal_exclusions_delete_revision AFTER DELETE ON postal_exclusions BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER postal_exclusion_texts_insert_revision AFTER INSERT ON postal_exclusion_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER postal_exclusion_texts_update_revision AFTER UPDATE ON postal_exclusion_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER postal_exclusion_texts_delete_revision AFTER DELETE ON postal_exclusion_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_zones_insert_revision AFTER INSERT ON delivery_zones BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_zones_update_revision AFTER UPDATE ON delivery_zones BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_zones_delete_revision AFTER DELETE ON delivery_zones BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_steps_insert_revision AFTER INSERT ON delivery_steps BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_steps_update_revision AFTER UPDATE ON delivery_steps BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_steps_delete_revision AFTER DELETE ON delivery_steps BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER holidays_insert_revision AFTER INSERT ON holidays BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER holidays_update_revision AFTER UPDATE ON holidays BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER holidays_delete_revision AFTER DELETE ON holidays BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
