-- From which day a service's terms hold, its add-ons, and whether it rests.
ALTER TABLE service ADD COLUMN holds_from BIGINT;
ALTER TABLE service ADD COLUMN add_ons TEXT NOT NULL DEFAULT '';
ALTER TABLE service ADD COLUMN paused BIGINT NOT NULL DEFAULT 0;

-- Accounts are billed in cycles of their own: a mark says which boundary was closed, as a day.
-- Marks of before are of whole months; theirs is the first day of the month after.
-- placement: distributed by account_id
CREATE TABLE billing_closing (
  account_id {bytes} NOT NULL,
  group_key TEXT NOT NULL,
  boundary BIGINT NOT NULL,
  run_id {bytes} NOT NULL,
  cutoff_epoch BIGINT NOT NULL,
  bill_id {bytes},
  PRIMARY KEY (account_id, group_key, boundary)
) {clustered};
-- Days of a civil date: years begin in March, so that a leap day is the last of its year.
INSERT INTO billing_closing (account_id, group_key, boundary, run_id, cutoff_epoch, bill_id)
  SELECT account_id, group_key,
    365 * march_year + march_year / 4 - march_year / 100 + march_year / 400
      + (153 * march_month + 2) / 5 - 719468,
    run_id, cutoff_epoch, bill_id
  FROM (
    SELECT account_id, group_key, run_id, cutoff_epoch, bill_id,
      (23640 + period + 1 - 2) / 12 AS march_year,
      (23640 + period + 1 - 2) % 12 AS march_month
    FROM billing_mark) AS months;
DROP TABLE billing_mark;

-- What a run gives back is on credit notes, with numbers of their own.
ALTER TABLE billing_run ADD COLUMN credit_notes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE billing_run ADD COLUMN first_credit_number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE billing_batch ADD COLUMN credit_notes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE billing_batch ADD COLUMN first_credit_number BIGINT NOT NULL DEFAULT 0;
