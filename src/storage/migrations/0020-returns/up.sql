-- Money that went back names the payment that it gave back, where that is known; and of a payment
-- is kept what banks took of it on its way, where the bank says so.
ALTER TABLE payment ADD COLUMN return_of {bytes};
ALTER TABLE payment ADD COLUMN charges_minor BIGINT NOT NULL DEFAULT 0;
-- What a return gives back is looked for among the payments of its sum, the newest first.
CREATE INDEX payment_by_amount ON payment (amount_minor, booked, payment_id);
-- Returns that nobody has settled are few, and are asked for with every batch that is matched.
CREATE INDEX payment_went_back ON payment (booked, payment_id)
  WHERE state = 'suspense' AND amount_minor < 0;
