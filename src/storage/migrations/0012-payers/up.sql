-- Finding the payer of money that names no bill: whose account has paid for whom, what was said
-- before, and bills by their amount.

-- For which accounts a payer's bank account has paid, and how often: what stands is counted, what
-- is undone is taken off. The account is kept as a keyed hash.
-- placement: distributed by payer_token
CREATE TABLE payer_account (
  payer_token {bytes} NOT NULL,
  account_id {bytes} NOT NULL,
  payments BIGINT NOT NULL,
  PRIMARY KEY (payer_token, account_id)
) {clustered};
-- What was seen of a payment when it was said whose it is, as levels of each comparison: booked by
-- itself (matched), or said by a person, which is learned from. A row is never changed but to say
-- when it was taken back. The sums are what is learned; so many rows and takings back is its version.
-- placement: distributed by payment_id
CREATE TABLE payer_match (
  payment_id {bytes} NOT NULL,
  account_id {bytes} NOT NULL,
  ordinal BIGINT NOT NULL,
  said_by TEXT NOT NULL,
  levels TEXT NOT NULL,
  probability TEXT NOT NULL,
  version BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  taken_back BIGINT,
  PRIMARY KEY (payment_id, account_id, ordinal)
) {clustered};
CREATE INDEX bill_by_total ON bill (total_minor, due);
-- Names are looked up by words that the index has only of those that it reads again.
DELETE FROM search_progress;
