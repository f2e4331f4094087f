-- +goose Up

-- The revision of the settings: what staff write and shoppers read. Every change of one of these tables moves it, whoever
-- makes it, so that what was loaded from them may be kept in memory until then. Orders, carts, stock and holds don't.
CREATE TABLE revision (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  n  INTEGER NOT NULL
) STRICT;
INSERT INTO revision (id, n) VALUES (1, 1);

-- +goose StatementBegin
CREATE TRIGGER markets_insert_revision AFTER INSERT ON markets BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER markets_update_revision AFTER UPDATE ON markets BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER markets_delete_revision AFTER DELETE ON markets BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pauses_insert_revision AFTER INSERT ON pauses BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pauses_update_revision AFTER UPDATE ON pauses BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pauses_delete_revision AFTER DELETE ON pauses BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER market_languages_insert_revision AFTER INSERT ON market_languages BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER market_languages_update_revision AFTER UPDATE ON market_languages BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER market_languages_delete_revision AFTER DELETE ON market_languages BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER regions_insert_revision AFTER INSERT ON regions BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER regions_update_revision AFTER UPDATE ON regions BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER regions_delete_revision AFTER DELETE ON regions BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tax_rates_insert_revision AFTER INSERT ON tax_rates BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tax_rates_update_revision AFTER UPDATE ON tax_rates BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tax_rates_delete_revision AFTER DELETE ON tax_rates BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_methods_insert_revision AFTER INSERT ON delivery_methods BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_methods_update_revision AFTER UPDATE ON delivery_methods BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_methods_delete_revision AFTER DELETE ON delivery_methods BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_exclusions_insert_revision AFTER INSERT ON delivery_exclusions BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_exclusions_update_revision AFTER UPDATE ON delivery_exclusions BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_exclusions_delete_revision AFTER DELETE ON delivery_exclusions BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_texts_insert_revision AFTER INSERT ON delivery_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_texts_update_revision AFTER UPDATE ON delivery_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_texts_delete_revision AFTER DELETE ON delivery_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_methods_insert_revision AFTER INSERT ON payment_methods BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_methods_update_revision AFTER UPDATE ON payment_methods BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_methods_delete_revision AFTER DELETE ON payment_methods BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pages_insert_revision AFTER INSERT ON pages BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pages_update_revision AFTER UPDATE ON pages BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pages_delete_revision AFTER DELETE ON pages BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER categories_insert_revision AFTER INSERT ON categories BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER categories_update_revision AFTER UPDATE ON categories BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER categories_delete_revision AFTER DELETE ON categories BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER category_texts_insert_revision AFTER INSERT ON category_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER category_texts_update_revision AFTER UPDATE ON category_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER category_texts_delete_revision AFTER DELETE ON category_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER products_insert_revision AFTER INSERT ON products BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER products_update_revision AFTER UPDATE ON products BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER products_delete_revision AFTER DELETE ON products BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER product_texts_insert_revision AFTER INSERT ON product_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER product_texts_update_revision AFTER UPDATE ON product_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER product_texts_delete_revision AFTER DELETE ON product_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER variants_insert_revision AFTER INSERT ON variants BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER variants_update_revision AFTER UPDATE ON variants BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER variants_delete_revision AFTER DELETE ON variants BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER colour_texts_insert_revision AFTER INSERT ON colour_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER colour_texts_update_revision AFTER UPDATE ON colour_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER colour_texts_delete_revision AFTER DELETE ON colour_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pictures_insert_revision AFTER INSERT ON pictures BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pictures_update_revision AFTER UPDATE ON pictures BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pictures_delete_revision AFTER DELETE ON pictures BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER picture_texts_insert_revision AFTER INSERT ON picture_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER picture_texts_update_revision AFTER UPDATE ON picture_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER picture_texts_delete_revision AFTER DELETE ON picture_texts BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER listings_insert_revision AFTER INSERT ON listings BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER listings_update_revision AFTER UPDATE ON listings BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER listings_delete_revision AFTER DELETE ON listings BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prices_insert_revision AFTER INSERT ON prices BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prices_update_revision AFTER UPDATE ON prices BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prices_delete_revision AFTER DELETE ON prices BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER locations_insert_revision AFTER INSERT ON locations BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER locations_update_revision AFTER UPDATE ON locations BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER locations_delete_revision AFTER DELETE ON locations BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER location_markets_insert_revision AFTER INSERT ON location_markets BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER location_markets_update_revision AFTER UPDATE ON location_markets BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER location_markets_delete_revision AFTER DELETE ON location_markets BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER waves_insert_revision AFTER INSERT ON waves BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER waves_update_revision AFTER UPDATE ON waves BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER waves_delete_revision AFTER DELETE ON waves BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_kinds_insert_revision AFTER INSERT ON approval_kinds BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_kinds_update_revision AFTER UPDATE ON approval_kinds BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_kinds_delete_revision AFTER DELETE ON approval_kinds BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_requirements_insert_revision AFTER INSERT ON approval_requirements BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_requirements_update_revision AFTER UPDATE ON approval_requirements BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_requirements_delete_revision AFTER DELETE ON approval_requirements BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approvals_insert_revision AFTER INSERT ON approvals BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approvals_update_revision AFTER UPDATE ON approvals BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approvals_delete_revision AFTER DELETE ON approvals BEGIN UPDATE revision SET n = n + 1; END;
-- +goose StatementEnd
