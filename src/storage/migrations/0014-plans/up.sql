-- Plans by which bills are paid in parts, methods to pay that customers let us keep, and what is
-- charged to those. A day that is not known is -1 here. What is a provider's or a person's of a
-- method is sealed.
-- placement: distributed by account_id
CREATE TABLE payment_plan (
  account_id {bytes} NOT NULL,
  plan_id {bytes} NOT NULL,
  bill_id {bytes} NOT NULL,
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  parts TEXT NOT NULL,
  agreed_on BIGINT NOT NULL,
  agreed_by TEXT NOT NULL,
  due_day BIGINT NOT NULL,
  grace_days BIGINT NOT NULL,
  moves_left BIGINT NOT NULL,
  last_day BIGINT NOT NULL,
  reminded_row BIGINT NOT NULL,
  reminded_on BIGINT NOT NULL,
  ended_on BIGINT NOT NULL,
  reason TEXT NOT NULL,
  version BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, plan_id)
) {clustered};
CREATE INDEX payment_plan_by_id ON payment_plan (plan_id);
-- Those that are looked after day by day.
CREATE INDEX payment_plan_active ON payment_plan (plan_id) WHERE state = 'active';
CREATE INDEX payment_plan_kept ON payment_plan (ended_on) WHERE state = 'kept';

-- placement: distributed by account_id
CREATE TABLE kept_method (
  account_id {bytes} NOT NULL,
  method_id {bytes} NOT NULL,
  intent_id {bytes} NOT NULL,
  gateway TEXT NOT NULL,
  method TEXT NOT NULL,
  until_month BIGINT NOT NULL,
  for_bills BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  details_sealed {bytes} NOT NULL,
  version BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, method_id)
) {clustered};
CREATE INDEX kept_method_for_bills ON kept_method (method_id)
  WHERE state = 'kept' AND for_bills = 1;

-- placement: distributed by account_id
CREATE TABLE method_charge (
  account_id {bytes} NOT NULL,
  bill_id {bytes} NOT NULL,
  row_due BIGINT NOT NULL,
  method_id {bytes} NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  announced BIGINT NOT NULL,
  day BIGINT NOT NULL,
  first_day BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  state TEXT NOT NULL,
  intent_id {bytes} NOT NULL,
  reason TEXT NOT NULL,
  version BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, bill_id, row_due)
) {clustered};
CREATE INDEX method_charge_due ON method_charge (day)
  WHERE state IN ('announced', 'charging');
