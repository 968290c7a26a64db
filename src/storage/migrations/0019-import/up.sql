-- A bill is changed once or twice after it was made. Where its page has room for its next version,
-- PostgreSQL changes none of the indexes that lead to it. Pages that are full by now stay so.
{postgres} ALTER TABLE bill SET (fillfactor = 75);
