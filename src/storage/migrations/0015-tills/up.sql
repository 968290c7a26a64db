-- Tills: the short codes of bills, drawers of cash with their sessions, and what the safe holds.

-- A bill's code for telephone and till, by its keyed hash: the digits are kept nowhere.
-- placement: distributed by code_hash
CREATE TABLE bill_code (
  code_hash {bytes} NOT NULL,
  account_id {bytes} NOT NULL,
  bill_id {bytes} NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (code_hash)
) {clustered};
-- How often somebody said a code that is none, since when. Who it was is kept as a keyed hash.
-- placement: distributed by caller_hash
CREATE TABLE code_caller (
  caller_hash {bytes} NOT NULL,
  since BIGINT NOT NULL,
  wrong BIGINT NOT NULL,
  PRIMARY KEY (caller_hash)
) {clustered};

-- A drawer's time in somebody's hands. What was counted in the end stands with it.
-- placement: distributed by drawer_id
CREATE TABLE till_session (
  drawer_id {bytes} NOT NULL,
  session BIGINT NOT NULL,
  drawer TEXT NOT NULL,
  safe TEXT NOT NULL,
  currency TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened BIGINT NOT NULL,
  closed_by TEXT,
  closed BIGINT,
  expected_minor BIGINT,
  counted_minor BIGINT,
  counted TEXT,
  reason_sealed {bytes},
  PRIMARY KEY (drawer_id, session)
) {clustered};
-- What happened in a session: each row is added once and never changed.
-- placement: distributed by drawer_id
CREATE TABLE till_entry (
  drawer_id {bytes} NOT NULL,
  session BIGINT NOT NULL,
  ordinal BIGINT NOT NULL,
  drawer TEXT NOT NULL,
  safe TEXT NOT NULL,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  cash_minor BIGINT NOT NULL,
  paid_minor BIGINT NOT NULL,
  tendered_minor BIGINT NOT NULL,
  parts TEXT NOT NULL,
  receipt BIGINT,
  payment_id {bytes},
  intent_id {bytes},
  refund_id {bytes},
  undoes BIGINT,
  reason_sealed {bytes} NOT NULL,
  actor TEXT NOT NULL,
  request_key TEXT NOT NULL,
  day BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (drawer_id, session, ordinal)
) {clustered};
CREATE UNIQUE INDEX till_entry_by_request ON till_entry (drawer_id, request_key);
CREATE UNIQUE INDEX till_entry_by_receipt ON till_entry (drawer_id, receipt)
  WHERE receipt IS NOT NULL;
-- What went from a safe to the bank, and what was fetched there.
-- placement: distributed by move_id
CREATE TABLE safe_move (
  move_id {bytes} NOT NULL,
  safe TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  reference TEXT NOT NULL,
  actor TEXT NOT NULL,
  day BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (move_id)
) {clustered};
