-- The ids of deleted accounts, and nothing else of them: they tell whom a restored backup has brought back.
CREATE TABLE erased_accounts (
  account_id uuid PRIMARY KEY,
  erased_at  timestamptz NOT NULL
);
