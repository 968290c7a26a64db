-- Telephone calls: one row a call, kept for as long as its provider may ask again. Who calls, and
-- what was said so far, is sealed with the operator's key, because most calls have no customer yet.
-- placement: distributed by call_id
CREATE TABLE phone_call (
  call_id {bytes} NOT NULL,
  platform TEXT NOT NULL,
  step TEXT NOT NULL,
  ending TEXT NOT NULL,
  account_id {bytes},
  bill_id {bytes},
  intent_id {bytes},
  turn BIGINT NOT NULL,
  details_sealed {bytes} NOT NULL,
  began BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  PRIMARY KEY (call_id)
) {clustered};
