-- Money that came by the bank: the files that said so, the payments, and what they were assigned
-- to. A payment's id is made from what makes it that payment, so that it is kept once.
-- placement: local
CREATE TABLE bank_file (
  bank_file_id {bytes} NOT NULL,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 {bytes} NOT NULL,
  size BIGINT NOT NULL,
  state TEXT NOT NULL,
  next_entry BIGINT NOT NULL,
  entries BIGINT NOT NULL,
  payments BIGINT NOT NULL,
  repeated BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  problems BIGINT NOT NULL,
  imported_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (bank_file_id)
);
-- placement: local
CREATE TABLE bank_file_problem (
  bank_file_id {bytes} NOT NULL,
  ordinal BIGINT NOT NULL,
  line BIGINT NOT NULL,
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (bank_file_id, ordinal)
);
-- placement: distributed by payment_id
CREATE TABLE payment (
  payment_id {bytes} NOT NULL,
  bank_file_id {bytes} NOT NULL,
  entry BIGINT NOT NULL,
  bank_account TEXT NOT NULL,
  rail TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  booked BIGINT NOT NULL,
  value_day BIGINT NOT NULL,
  reference TEXT NOT NULL,
  bank_reference TEXT NOT NULL,
  end_to_end_id TEXT NOT NULL,
  payer_sealed {bytes} NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  allocated_minor BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (payment_id)
);
CREATE INDEX payment_by_day ON payment (booked, payment_id);
-- What waits for a person is little: its list does not read all that ever came.
CREATE INDEX payment_in_suspense ON payment (booked, payment_id) WHERE state = 'suspense';
-- placement: distributed by account_id
CREATE TABLE allocation (
  account_id {bytes} NOT NULL,
  allocation_id {bytes} NOT NULL,
  payment_id {bytes} NOT NULL,
  bill_id {bytes},
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  effective BIGINT NOT NULL,
  rail TEXT NOT NULL,
  assigned_by TEXT NOT NULL,
  undoes {bytes},
  posting_id {bytes} NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, allocation_id)
) {clustered};
CREATE INDEX allocation_by_payment ON allocation (payment_id);
