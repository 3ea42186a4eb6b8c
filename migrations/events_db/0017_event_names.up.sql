-- The folded name, which lists filter by. Null in rows of before, until they are changed: their lower-case name serves.
ALTER TABLE events ADD COLUMN name_key text;
