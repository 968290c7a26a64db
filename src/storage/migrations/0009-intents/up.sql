-- Payments through gateways: one row an attempt. What was ordered, where the customer goes on and
-- the provider's own words are sealed; what is asked for by state and time is not.
-- placement: distributed by account_id
CREATE TABLE payment_intent (
  account_id {bytes} NOT NULL,
  intent_id {bytes} NOT NULL,
  gateway TEXT NOT NULL,
  method TEXT NOT NULL,
  channel TEXT NOT NULL,
  parts TEXT NOT NULL,
  payments TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  authorised_minor BIGINT NOT NULL,
  captured_minor BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL,
  refund_asked_minor BIGINT NOT NULL,
  refund_ordered_minor BIGINT NOT NULL,
  refund_sent_minor BIGINT NOT NULL,
  fee_minor BIGINT,
  state TEXT NOT NULL,
  provider_reference TEXT NOT NULL,
  decline TEXT NOT NULL,
  code TEXT NOT NULL,
  stopping BIGINT NOT NULL,
  details_sealed {bytes} NOT NULL,
  created BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  expires BIGINT,
  ask_at BIGINT,
  asked BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (account_id, intent_id)
) {clustered};
CREATE INDEX payment_intent_by_time ON payment_intent (created, intent_id);
-- What waits for a provider's answer is little beside all that was ever paid.
CREATE INDEX payment_intent_to_ask ON payment_intent (ask_at) WHERE ask_at IS NOT NULL;

-- Whose an intent is: providers name the intent, or a reference of their own, and no account.
-- placement: distributed by intent_id
CREATE TABLE intent_place (
  intent_id {bytes} NOT NULL,
  account_id {bytes} NOT NULL,
  PRIMARY KEY (intent_id)
) {clustered};
-- placement: distributed by provider_reference
CREATE TABLE intent_reference (
  provider_reference TEXT NOT NULL,
  gateway TEXT NOT NULL,
  intent_id {bytes} NOT NULL,
  PRIMARY KEY (provider_reference, gateway)
) {clustered};

-- Words of providers that were taken, by a hash of gateway and word: each counts once.
-- placement: distributed by event_hash
CREATE TABLE provider_event (
  event_hash {bytes} NOT NULL,
  intent_id {bytes} NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (event_hash)
) {clustered};
