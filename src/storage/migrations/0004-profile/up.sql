-- What an account has chosen about its bills, from which day it holds and who chose it. A row is
-- never changed: the newest that holds on a day counts, as it was known at a run's cutoff.
-- placement: distributed by account_id
CREATE TABLE profile_revision (
  account_id {bytes} NOT NULL,
  revision BIGINT NOT NULL,
  holds_from BIGINT NOT NULL,
  chosen TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, revision)
) {clustered};

-- Who uses a service that another pays for. Without a row it is who pays.
-- placement: distributed by account_id
CREATE TABLE service_user (
  account_id {bytes} NOT NULL,
  service_id {bytes} NOT NULL,
  customer_id {bytes} NOT NULL,
  changed_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, service_id)
) {clustered};
