-- Dry runs that wait for somebody's approval, and what became of them: the facts they saw, what
-- they would bill, and a hash of that by which the run that is issued is held to it.
-- placement: local
CREATE TABLE run_proposal (
  job_id {bytes} NOT NULL,
  period BIGINT NOT NULL,
  state TEXT NOT NULL,
  cutoff_epoch BIGINT NOT NULL,
  digest {bytes} NOT NULL,
  outcome TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  decided_by TEXT,
  decided BIGINT,
  run_job {bytes},
  PRIMARY KEY (job_id)
);
CREATE INDEX run_proposal_by_time ON run_proposal (recorded);

-- A projection by which people are found: keyed hashes of the words, numbers and addresses of
-- customers. It says nothing without the master key, and can be deleted and made again.
-- placement: distributed by search_token
CREATE TABLE search_index (
  search_token {bytes} NOT NULL,
  customer_id {bytes} NOT NULL,
  PRIMARY KEY (search_token, customer_id)
) {clustered};
CREATE INDEX search_index_by_customer ON search_index (customer_id);
-- The time up to which the projection knows the customers.
-- placement: local
CREATE TABLE search_progress (
  name TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (name)
);
CREATE INDEX customer_by_time ON customer (recorded);
CREATE INDEX service_by_time ON service (recorded);
