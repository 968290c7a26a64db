-- Mandates, the debits under them, the runs that order them and the files that went to banks.
-- A day or amount that is not known is -1 here: no debit is of 1969 or below nothing.
-- placement: distributed by account_id
CREATE TABLE mandate (
  account_id {bytes} NOT NULL,
  mandate_id {bytes} NOT NULL,
  customer_id {bytes} NOT NULL,
  scheme TEXT NOT NULL,
  state TEXT NOT NULL,
  kind TEXT NOT NULL,
  reference TEXT NOT NULL,
  creditor TEXT NOT NULL,
  signed_on BIGINT NOT NULL,
  limit_minor BIGINT NOT NULL,
  limit_currency TEXT NOT NULL,
  notice_days BIGINT NOT NULL,
  last_debit BIGINT NOT NULL,
  debits BIGINT NOT NULL,
  reason TEXT NOT NULL,
  details_sealed {bytes} NOT NULL,
  version BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, mandate_id)
) {clustered};
CREATE INDEX mandate_by_reference ON mandate (creditor, reference);
-- Those that a bank is still to hear of.
CREATE INDEX mandate_to_submit ON mandate (scheme, creditor, reference) WHERE state = 'draft';
-- placement: local
CREATE TABLE mandate_migration (
  migration_id {bytes} NOT NULL,
  creditor_from TEXT NOT NULL,
  creditor_to TEXT NOT NULL,
  state TEXT NOT NULL,
  mandates BIGINT NOT NULL,
  taken_back BIGINT NOT NULL,
  started_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (migration_id)
);
-- placement: distributed by account_id
CREATE TABLE collection (
  account_id {bytes} NOT NULL,
  collection_id {bytes} NOT NULL,
  mandate_id {bytes} NOT NULL,
  bill_id {bytes} NOT NULL,
  scheme TEXT NOT NULL,
  creditor TEXT NOT NULL,
  state TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  announced BIGINT NOT NULL,
  hand_in BIGINT NOT NULL,
  day BIGINT NOT NULL,
  first_day BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  sequence TEXT NOT NULL,
  wire TEXT NOT NULL,
  changes_told BIGINT NOT NULL,
  order_file_id {bytes} NOT NULL,
  batch TEXT NOT NULL,
  reason TEXT NOT NULL,
  action TEXT NOT NULL,
  settled_on BIGINT NOT NULL,
  refund_until BIGINT NOT NULL,
  unauthorised_until BIGINT NOT NULL,
  payment_id {bytes} NOT NULL,
  version BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, collection_id)
) {clustered};
CREATE INDEX collection_by_wire ON collection (wire);
CREATE INDEX collection_planned ON collection (scheme, creditor, hand_in) WHERE state = 'planned';
CREATE INDEX collection_by_file ON collection (order_file_id) WHERE state <> 'planned';
-- placement: local
CREATE TABLE collection_run (
  day BIGINT NOT NULL,
  state TEXT NOT NULL,
  after_account {bytes} NOT NULL,
  after_bill {bytes} NOT NULL,
  bills BIGINT NOT NULL,
  planned BIGINT NOT NULL,
  ordered BIGINT NOT NULL,
  dropped BIGINT NOT NULL,
  problems BIGINT NOT NULL,
  files BIGINT NOT NULL,
  started_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (day)
);
-- placement: local
CREATE TABLE order_file (
  order_file_id {bytes} NOT NULL,
  day BIGINT NOT NULL,
  ordinal BIGINT NOT NULL,
  format TEXT NOT NULL,
  scheme TEXT NOT NULL,
  creditor TEXT NOT NULL,
  name TEXT NOT NULL,
  debits BIGINT NOT NULL,
  mandates BIGINT NOT NULL,
  sum_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  sha256 {bytes} NOT NULL,
  size BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (order_file_id)
);
CREATE INDEX order_file_by_day ON order_file (day, ordinal);
-- placement: local
CREATE TABLE order_file_part (
  order_file_id {bytes} NOT NULL,
  part BIGINT NOT NULL,
  content_sealed {bytes} NOT NULL,
  PRIMARY KEY (order_file_id, part)
);
