-- Money that an account has with us: rows are added and never changed; the balance is their sum.
-- placement: distributed by account_id
CREATE TABLE account_credit (
  account_id {bytes} NOT NULL,
  credit_id {bytes} NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  bill_id {bytes},
  document_id {bytes},
  reason TEXT NOT NULL,
  effective BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  PRIMARY KEY (account_id, credit_id)
) {clustered};
