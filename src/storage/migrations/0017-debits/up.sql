-- Mandates that were cancelled here, and whether the bank has been told.
ALTER TABLE mandate ADD COLUMN ending TEXT NOT NULL DEFAULT '';
CREATE INDEX mandate_to_end ON mandate (scheme, creditor, reference) WHERE ending = 'to_send';
