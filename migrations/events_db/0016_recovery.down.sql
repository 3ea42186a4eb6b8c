DELETE FROM outbox WHERE topic LIKE 'account.%';
ALTER TABLE outbox DROP CONSTRAINT outbox_topic_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_topic_check CHECK (topic IN ('bookings.cancel', 'bookings.moved'));
DROP TABLE account_links;
ALTER TABLE admins
  DROP COLUMN language,
  DROP COLUMN email_verified_at,
  DROP COLUMN password_changed_at;
