-- From which day a service's terms hold, its add-ons, and whether it rests.
ALTER TABLE service ADD COLUMN holds_from BIGINT;
ALTER TABLE service ADD COLUMN add_ons TEXT NOT NULL DEFAULT '';
ALTER TABLE service ADD COLUMN paused BIGINT NOT NULL DEFAULT 0;
