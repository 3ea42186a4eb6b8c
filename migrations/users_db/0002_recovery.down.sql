DROP TABLE outbox;
DROP FUNCTION lane_of(uuid);
DROP TABLE account_links;
ALTER TABLE users
  DROP COLUMN language,
  DROP COLUMN email_verified_at,
  DROP COLUMN password_changed_at;
