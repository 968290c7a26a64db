-- What the bank says of an account as a whole, and what in it is no customer's money: so that the
-- ledger's bank is the bank's own balance.
-- placement: local
CREATE TABLE bank_statement (
  statement_id {bytes} NOT NULL,
  bank_file_id {bytes} NOT NULL,
  name TEXT NOT NULL,
  bank_account TEXT NOT NULL,
  currency TEXT NOT NULL,
  from_day BIGINT NOT NULL,
  to_day BIGINT NOT NULL,
  opening_minor BIGINT NOT NULL,
  closing_minor BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (statement_id)
);
CREATE INDEX bank_statement_by_account ON bank_statement (bank_account, currency, from_day);
-- placement: distributed by house_entry_id
CREATE TABLE house_entry (
  house_entry_id {bytes} NOT NULL,
  bank_file_id {bytes} NOT NULL,
  entry BIGINT NOT NULL,
  bank_account TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  booked BIGINT NOT NULL,
  kind TEXT NOT NULL,
  ledger_account TEXT NOT NULL,
  bank_reference TEXT NOT NULL,
  end_to_end_id TEXT NOT NULL,
  words_sealed {bytes} NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (house_entry_id)
);
CREATE INDEX house_entry_by_day ON house_entry (booked, house_entry_id);

-- What is paid back: from an account's credit, or to whoever sent money that is in suspense.
-- placement: distributed by refund_id
CREATE TABLE refund (
  refund_id {bytes} NOT NULL,
  account_id {bytes},
  payment_id {bytes},
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  payee_sealed {bytes} NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decided BIGINT,
  batch_id {bytes},
  ended BIGINT,
  taken_day BIGINT,
  ended_day BIGINT,
  PRIMARY KEY (refund_id)
);
CREATE INDEX refund_by_time ON refund (recorded);
CREATE INDEX refund_by_account ON refund (account_id);
-- placement: local
CREATE TABLE refund_batch (
  batch_id {bytes} NOT NULL,
  bank_account TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  refunds BIGINT NOT NULL,
  day BIGINT NOT NULL,
  sent_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (batch_id)
);

-- What providers (cards, wallets) say they pay out, and for which payments.
-- placement: local
CREATE TABLE settlement (
  settlement_id {bytes} NOT NULL,
  provider TEXT NOT NULL,
  merchant TEXT NOT NULL,
  payout TEXT NOT NULL,
  currency TEXT NOT NULL,
  gross_minor BIGINT NOT NULL,
  fee_minor BIGINT NOT NULL,
  payout_minor BIGINT NOT NULL,
  day BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  payment_id {bytes},
  paid_day BIGINT,
  imported_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (settlement_id)
);
-- placement: local
CREATE TABLE settlement_line (
  settlement_id {bytes} NOT NULL,
  ordinal BIGINT NOT NULL,
  kind TEXT NOT NULL,
  reference TEXT NOT NULL,
  gross_minor BIGINT NOT NULL,
  fee_minor BIGINT NOT NULL,
  net_minor BIGINT NOT NULL,
  day BIGINT NOT NULL,
  PRIMARY KEY (settlement_id, ordinal)
);
