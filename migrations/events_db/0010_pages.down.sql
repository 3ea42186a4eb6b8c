ALTER TABLE events DROP COLUMN access_notes;
ALTER TABLE venues DROP COLUMN timezone;
