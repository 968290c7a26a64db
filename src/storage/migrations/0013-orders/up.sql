-- Orders of single things, and what payments cost by each rail. What was ordered, and where the
-- customer goes on, is sealed.
-- placement: distributed by account_id
CREATE TABLE placed_order (
  account_id {bytes} NOT NULL,
  order_id {bytes} NOT NULL,
  service_id {bytes} NOT NULL,
  reference TEXT NOT NULL,
  request TEXT NOT NULL,
  pay TEXT NOT NULL,
  gateway TEXT NOT NULL,
  method TEXT NOT NULL,
  currency TEXT NOT NULL,
  ordered BIGINT NOT NULL,
  created BIGINT NOT NULL,
  total_minor BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  bill_id {bytes} NOT NULL,
  intent_id {bytes} NOT NULL,
  debit_id {bytes} NOT NULL,
  tellings BIGINT NOT NULL,
  pay_until BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  look_at BIGINT,
  details_sealed {bytes} NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (account_id, order_id)
) {clustered};
CREATE INDEX placed_order_by_time ON placed_order (created, order_id);
CREATE INDEX placed_order_by_reference ON placed_order (reference);
-- Those that are not over are few beside all that ever were.
CREATE INDEX placed_order_to_look_at ON placed_order (look_at) WHERE look_at IS NOT NULL;

-- Whose an order is: integrators name the order alone.
-- placement: distributed by order_id
CREATE TABLE order_place (
  order_id {bytes} NOT NULL,
  account_id {bytes} NOT NULL,
  PRIMARY KEY (order_id)
) {clustered};

-- Fees as they were said, and what of each saying stands in the ledger: what a settlement says
-- takes the place of what was said with the payment. The intent is the settlement itself where the
-- provider names no payment of ours.
-- placement: distributed by intent_id
CREATE TABLE rail_fee (
  intent_id {bytes} NOT NULL,
  posting_id {bytes} NOT NULL,
  gateway TEXT NOT NULL,
  method TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  told_minor BIGINT NOT NULL,
  day BIGINT NOT NULL,
  said_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (intent_id, posting_id)
) {clustered};
CREATE INDEX rail_fee_by_day ON rail_fee (day);

-- Money that a payer's bank took back without our asking, once for each word of it.
-- placement: distributed by intent_id
CREATE TABLE rail_recall (
  intent_id {bytes} NOT NULL,
  word BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  method TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  day BIGINT NOT NULL,
  PRIMARY KEY (intent_id, word)
) {clustered};

-- What became of payments by each rail, as last counted.
-- placement: local
CREATE TABLE rail_history (
  gateway TEXT NOT NULL,
  method TEXT NOT NULL,
  tries BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  payments BIGINT NOT NULL,
  recalls BIGINT NOT NULL,
  counted BIGINT NOT NULL,
  PRIMARY KEY (gateway, method)
);

-- What settlements said before this table was there stands in the ledger without their payments.
INSERT INTO rail_fee (intent_id, posting_id, gateway, method, currency, amount_minor, told_minor,
                      day, said_by, recorded)
SELECT settlement_id, settlement_id, provider, '', currency, fee_minor, fee_minor, day,
       'settlement', recorded
FROM settlement WHERE fee_minor <> 0;
