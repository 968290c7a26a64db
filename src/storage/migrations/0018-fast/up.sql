-- Planned debits in the order in which they go into files, so that a file is read where the one
-- before it ended: of a million debits each file would sort all that are left.
DROP INDEX collection_planned;
CREATE INDEX collection_planned ON collection (scheme, creditor, hand_in, day, account_id,
  collection_id) WHERE state = 'planned';
