-- Accounts, customers and their keys lie in the order of their keys: a run reads them in ranges,
-- and each is one place to look instead of two.

ALTER TABLE customer RENAME TO customer_before;
-- placement: distributed by customer_id
CREATE TABLE customer (
  customer_id {bytes} NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT NOT NULL,
  segment TEXT NOT NULL,
  language TEXT NOT NULL,
  party_sealed {bytes} NOT NULL,
  epoch BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (customer_id)
) {clustered};
INSERT INTO customer
  (customer_id, number, kind, segment, language, party_sealed, epoch, recorded)
  SELECT customer_id, number, kind, segment, language, party_sealed, epoch, recorded
  FROM customer_before ORDER BY customer_id;
DROP TABLE customer_before;

ALTER TABLE customer_key RENAME TO customer_key_before;
-- placement: distributed by customer_id
CREATE TABLE customer_key (
  customer_id {bytes} NOT NULL,
  wrapped_key {bytes},
  erased BIGINT,
  PRIMARY KEY (customer_id)
) {clustered};
INSERT INTO customer_key (customer_id, wrapped_key, erased)
  SELECT customer_id, wrapped_key, erased FROM customer_key_before ORDER BY customer_id;
DROP TABLE customer_key_before;

ALTER TABLE account RENAME TO account_before;
-- placement: distributed by account_id
CREATE TABLE account (
  account_id {bytes} NOT NULL,
  customer_id {bytes} NOT NULL,
  country TEXT NOT NULL,
  currency TEXT NOT NULL,
  profile TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id)
) {clustered};
INSERT INTO account (account_id, customer_id, country, currency, profile, epoch, recorded)
  SELECT account_id, customer_id, country, currency, profile, epoch, recorded
  FROM account_before ORDER BY account_id;
DROP TABLE account_before;
