ALTER TABLE events DROP COLUMN name_key;
