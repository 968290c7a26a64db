-- The first schema. One text for both engines: {bytes} is BLOB or BYTEA, {clustered} is
-- WITHOUT ROWID or nothing. Each table says how a distributed PostgreSQL places it:
--   distributed by COLUMN   rows live where the column's hash says; every key holds the column
--   reference               a small copy on every node
--   local                   on the coordinator only: queues and bookkeeping
-- Days are days since 1970-01-01, months are months since 1970-01, times are microseconds since
-- 1970-01-01T00:00:00Z, amounts are minor units, decimals are text. Sealed columns end in _sealed.

-- placement: reference
CREATE TABLE operator_definition (
  code TEXT NOT NULL,
  definition TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (code)
);
-- placement: reference
CREATE TABLE division (
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (code)
);
-- placement: reference
CREATE TABLE catalogue_item (
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  division TEXT NOT NULL,
  definition TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (code)
);
-- placement: reference
CREATE TABLE catalogue_price (
  item TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  price TEXT NOT NULL,
  includes_vat BIGINT NOT NULL,
  vat_class TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (item, valid_from)
);
-- placement: reference
CREATE TABLE law_rule (
  country TEXT NOT NULL,
  segment TEXT NOT NULL,
  area TEXT NOT NULL,
  rule TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT,
  value TEXT NOT NULL,
  unit TEXT NOT NULL,
  enforced TEXT NOT NULL,
  source_title TEXT NOT NULL,
  source_url TEXT NOT NULL,
  verified TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (country, segment, area, rule, valid_from)
);

-- placement: local
CREATE TABLE counter (
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (name)
);

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
);
-- placement: distributed by customer_id
CREATE TABLE customer_key (
  customer_id {bytes} NOT NULL,
  wrapped_key {bytes},
  erased BIGINT,
  PRIMARY KEY (customer_id)
);
-- placement: distributed by number
CREATE TABLE customer_number (
  number BIGINT NOT NULL,
  customer_id {bytes} NOT NULL,
  PRIMARY KEY (number)
);
-- placement: distributed by customer_id
CREATE TABLE customer_account (
  customer_id {bytes} NOT NULL,
  account_id {bytes} NOT NULL,
  PRIMARY KEY (customer_id, account_id)
) {clustered};
-- placement: distributed by number
CREATE TABLE source_identity (
  division TEXT NOT NULL,
  number TEXT NOT NULL,
  customer_id {bytes} NOT NULL,
  account_id {bytes} NOT NULL,
  joined_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (division, number)
) {clustered};
-- placement: distributed by identity_hash
CREATE TABLE identity_index (
  identity_hash {bytes} NOT NULL,
  customer_id {bytes} NOT NULL,
  PRIMARY KEY (identity_hash)
) {clustered};

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
);
-- placement: distributed by account_id
CREATE TABLE service (
  account_id {bytes} NOT NULL,
  service_id {bytes} NOT NULL,
  revision BIGINT NOT NULL,
  division TEXT NOT NULL,
  source_number TEXT NOT NULL,
  plan TEXT NOT NULL,
  starts BIGINT NOT NULL,
  ends BIGINT,
  campaign TEXT,
  details_sealed {bytes} NOT NULL,
  epoch BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, service_id, revision)
) {clustered};
-- placement: distributed by account_id
CREATE TABLE charge (
  account_id {bytes} NOT NULL,
  charge_id {bytes} NOT NULL,
  service_id {bytes},
  kind TEXT NOT NULL,
  item TEXT NOT NULL,
  division TEXT NOT NULL,
  quantity TEXT NOT NULL,
  unit_price TEXT NOT NULL,
  net_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  vat_class TEXT NOT NULL,
  payment TEXT NOT NULL,
  effective BIGINT NOT NULL,
  period BIGINT NOT NULL,
  source TEXT NOT NULL,
  record_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, charge_id)
) {clustered};

-- placement: local
CREATE TABLE billing_run (
  run_id {bytes} NOT NULL,
  period BIGINT NOT NULL,
  state TEXT NOT NULL,
  cutoff_epoch BIGINT NOT NULL,
  issue_day BIGINT NOT NULL,
  series TEXT NOT NULL,
  first_number BIGINT NOT NULL,
  accounts BIGINT NOT NULL,
  documents BIGINT NOT NULL,
  set_aside BIGINT NOT NULL,
  started_by TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (run_id)
);
-- placement: local
CREATE TABLE billing_batch (
  run_id {bytes} NOT NULL,
  batch BIGINT NOT NULL,
  account_from {bytes} NOT NULL,
  account_to {bytes} NOT NULL,
  state TEXT NOT NULL,
  accounts BIGINT NOT NULL,
  documents BIGINT NOT NULL,
  first_number BIGINT NOT NULL,
  set_aside BIGINT NOT NULL,
  net_minor BIGINT NOT NULL,
  vat_minor BIGINT NOT NULL,
  total_minor BIGINT NOT NULL,
  PRIMARY KEY (run_id, batch)
);
-- placement: local
CREATE TABLE billing_set_aside (
  run_id {bytes} NOT NULL,
  account_id {bytes} NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  place TEXT NOT NULL,
  PRIMARY KEY (run_id, account_id)
);
-- placement: local
CREATE TABLE number_series (
  series TEXT NOT NULL,
  next_number BIGINT NOT NULL,
  PRIMARY KEY (series)
);
-- placement: distributed by account_id
CREATE TABLE billing_mark (
  account_id {bytes} NOT NULL,
  group_key TEXT NOT NULL,
  period BIGINT NOT NULL,
  run_id {bytes} NOT NULL,
  cutoff_epoch BIGINT NOT NULL,
  bill_id {bytes},
  PRIMARY KEY (account_id, group_key, period)
) {clustered};
-- placement: distributed by account_id
CREATE TABLE bill (
  account_id {bytes} NOT NULL,
  bill_id {bytes} NOT NULL,
  run_id {bytes} NOT NULL,
  group_key TEXT NOT NULL,
  period BIGINT NOT NULL,
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  total_minor BIGINT NOT NULL,
  fees_minor BIGINT NOT NULL,
  paid_minor BIGINT NOT NULL,
  credited_minor BIGINT NOT NULL,
  issued BIGINT NOT NULL,
  due BIGINT NOT NULL,
  reference_scheme TEXT NOT NULL,
  reference TEXT NOT NULL,
  plan TEXT NOT NULL,
  version BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, bill_id)
) {clustered};
-- placement: distributed by account_id
CREATE TABLE document (
  account_id {bytes} NOT NULL,
  document_id {bytes} NOT NULL,
  bill_id {bytes} NOT NULL,
  kind TEXT NOT NULL,
  series TEXT NOT NULL,
  number BIGINT NOT NULL,
  issued BIGINT NOT NULL,
  due BIGINT NOT NULL,
  currency TEXT NOT NULL,
  net_minor BIGINT NOT NULL,
  vat_minor BIGINT NOT NULL,
  rounding_minor BIGINT NOT NULL,
  total_minor BIGINT NOT NULL,
  content_sealed {bytes} NOT NULL,
  content_hash {bytes} NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, document_id)
);
-- placement: distributed by reference
CREATE TABLE payment_reference (
  reference TEXT NOT NULL,
  account_id {bytes} NOT NULL,
  bill_id {bytes} NOT NULL,
  PRIMARY KEY (reference)
) {clustered};
-- placement: distributed by token_hash
CREATE TABLE link (
  token_hash {bytes} NOT NULL,
  account_id {bytes} NOT NULL,
  bill_id {bytes} NOT NULL,
  attempt TEXT NOT NULL,
  expires BIGINT,
  revoked BIGINT,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (token_hash)
) {clustered};

-- placement: distributed by account_id
CREATE TABLE posting (
  account_id {bytes} NOT NULL,
  posting_id {bytes} NOT NULL,
  kind TEXT NOT NULL,
  effective BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  source TEXT NOT NULL,
  reverses {bytes},
  PRIMARY KEY (account_id, posting_id)
) {clustered};
-- placement: distributed by account_id
CREATE TABLE entry (
  account_id {bytes} NOT NULL,
  posting_id {bytes} NOT NULL,
  ordinal BIGINT NOT NULL,
  ledger_account TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (account_id, posting_id, ordinal)
) {clustered};

-- placement: distributed by account_id
CREATE TABLE event (
  account_id {bytes} NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  effective BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  actor TEXT NOT NULL,
  data TEXT NOT NULL,
  text_sealed {bytes},
  prev_hash {bytes} NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (account_id, seq)
) {clustered};

-- placement: local
CREATE TABLE outbox (
  outbox_id {bytes} NOT NULL,
  topic TEXT NOT NULL,
  account_id {bytes} NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_attempt BIGINT NOT NULL,
  last_error TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (outbox_id)
);
-- placement: local
CREATE TABLE job (
  job_id {bytes} NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  run_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  worker TEXT NOT NULL,
  result TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (job_id)
);
-- placement: local
CREATE TABLE idempotency (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash {bytes} NOT NULL,
  status BIGINT NOT NULL,
  response TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (scope, key)
);

-- placement: local
CREATE TABLE import_file (
  file_id {bytes} NOT NULL,
  name TEXT NOT NULL,
  mapping TEXT NOT NULL,
  sha256 {bytes} NOT NULL,
  size BIGINT NOT NULL,
  state TEXT NOT NULL,
  next_line BIGINT NOT NULL,
  next_offset BIGINT NOT NULL,
  records BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  repeated BIGINT NOT NULL,
  rejected BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (file_id)
);
-- placement: local
CREATE TABLE import_record (
  source TEXT NOT NULL,
  record_id TEXT NOT NULL,
  content_hash {bytes} NOT NULL,
  file_id {bytes} NOT NULL,
  line BIGINT NOT NULL,
  PRIMARY KEY (source, record_id)
) {clustered};
-- placement: local
CREATE TABLE import_reject (
  reject_id {bytes} NOT NULL,
  file_id {bytes} NOT NULL,
  file_name TEXT NOT NULL,
  mapping TEXT NOT NULL,
  line BIGINT NOT NULL,
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  raw_sealed {bytes} NOT NULL,
  state TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  closed BIGINT,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (reject_id)
);

-- placement: local
CREATE TABLE app_user (
  user_id {bytes} NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  active BIGINT NOT NULL,
  failed_logins BIGINT NOT NULL,
  locked_until BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (user_id),
  UNIQUE (login)
);
-- placement: local
CREATE TABLE user_role (
  user_id {bytes} NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (user_id, role)
);
-- placement: local
CREATE TABLE session (
  token_hash {bytes} NOT NULL,
  user_id {bytes} NOT NULL,
  csrf TEXT NOT NULL,
  started BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (token_hash)
);
-- placement: local
CREATE TABLE api_token (
  token_id {bytes} NOT NULL,
  token_hash {bytes} NOT NULL,
  name TEXT NOT NULL,
  user_id {bytes} NOT NULL,
  scopes TEXT NOT NULL,
  expires BIGINT,
  revoked BIGINT,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (token_id),
  UNIQUE (token_hash)
);
-- placement: local
CREATE TABLE audit (
  audit_id {bytes} NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (audit_id)
);

CREATE INDEX bill_by_period ON bill (period, account_id);
CREATE INDEX document_by_number ON document (series, number);
CREATE INDEX charge_by_period ON charge (account_id, period);
CREATE INDEX import_reject_by_file ON import_reject (file_id, line);
CREATE INDEX import_reject_by_time ON import_reject (recorded, file_id, line, reject_id);
CREATE INDEX source_identity_by_customer ON source_identity (customer_id);
CREATE INDEX import_file_by_sha256 ON import_file (sha256);
CREATE INDEX outbox_by_state ON outbox (state, next_attempt);
CREATE INDEX job_by_state ON job (state, run_at);
CREATE INDEX audit_by_time ON audit (recorded);
