-- Usage: rated records, which of them were taken, in which epochs a month grew, and the numbers
-- under which usage of a service comes in. Quantities are scaled by 10^10, amounts by 10^8: the
-- database sums them exactly.

-- placement: distributed by number
CREATE TABLE service_number (
  division TEXT NOT NULL,
  number TEXT NOT NULL,
  account_id {bytes} NOT NULL,
  service_id {bytes} NOT NULL,
  customer_number TEXT NOT NULL,
  PRIMARY KEY (division, number, account_id, service_id)
) {clustered};
CREATE INDEX service_number_by_account ON service_number (account_id);
INSERT INTO service_number (division, number, account_id, service_id, customer_number)
  SELECT DISTINCT division, source_number, account_id, service_id, source_number FROM service;

-- placement: distributed by account_id
CREATE TABLE usage (
  account_id {bytes} NOT NULL,
  month BIGINT NOT NULL,
  usage_id {bytes} NOT NULL,
  service_id {bytes} NOT NULL,
  division TEXT NOT NULL,
  plan TEXT NOT NULL,
  item TEXT NOT NULL,
  kind TEXT NOT NULL,
  zone TEXT NOT NULL,
  at BIGINT NOT NULL,
  duration_s BIGINT NOT NULL,
  volume_bytes BIGINT NOT NULL,
  pieces BIGINT NOT NULL,
  given_price TEXT,
  quantity BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  includes_vat BIGINT NOT NULL,
  source TEXT NOT NULL,
  record_id TEXT NOT NULL,
  reverses_usage {bytes},
  details_sealed {bytes} NOT NULL,
  epoch BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, month, usage_id)
) {clustered};
-- What was taken: a record counts once, whatever account it fell to.
-- placement: distributed by usage_id
CREATE TABLE usage_record (
  usage_id {bytes} NOT NULL,
  content BIGINT NOT NULL,
  PRIMARY KEY (usage_id)
) {clustered};
-- placement: distributed by account_id
CREATE TABLE usage_month (
  account_id {bytes} NOT NULL,
  month BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  PRIMARY KEY (account_id, month, epoch)
) {clustered};
