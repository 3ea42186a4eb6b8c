-- The change feed: changes that search must know, numbered. Only the last change of each event is kept, so the feed
-- from 0 has every event once, and a reader that was away for long reads no more than that.

-- A transaction that takes the next number locks this row until commit, so numbers become visible in order and without
-- gaps: a reader at n has seen everything up to n. Locked after inventory, event and venue, before event_changes.
CREATE TABLE change_counter (
  only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  last_change bigint NOT NULL CHECK (last_change >= 0)
);

CREATE TABLE event_changes (
  event_id uuid PRIMARY KEY REFERENCES events (event_id),
  change   bigint NOT NULL UNIQUE
);

INSERT INTO change_counter (last_change) VALUES (0);

CREATE FUNCTION number_changes(p_event_ids uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  before bigint;
BEGIN
  IF cardinality(p_event_ids) = 0 THEN RETURN; END IF;
  UPDATE change_counter SET last_change = last_change + cardinality(p_event_ids)
  RETURNING last_change - cardinality(p_event_ids) INTO before;
  INSERT INTO event_changes AS c (event_id, change)
  SELECT changed.event_id, before + changed.place
    FROM unnest(p_event_ids) WITH ORDINALITY AS changed (event_id, place)
  ON CONFLICT (event_id) DO UPDATE SET change = excluded.change;
END $$;

CREATE FUNCTION event_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM number_changes(ARRAY[NEW.event_id]);
  RETURN NULL;
END $$;

CREATE FUNCTION venue_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  -- First of all: an event that is being created at this venue locks it, and is seen once it has committed.
  PERFORM FROM change_counter FOR UPDATE;
  PERFORM number_changes(ARRAY(SELECT e.event_id FROM events e WHERE e.venue_id = NEW.venue_id));
  RETURN NULL;
END $$;

CREATE TRIGGER event_changed AFTER INSERT OR UPDATE ON events
FOR EACH ROW EXECUTE FUNCTION event_changed();

CREATE TRIGGER venue_changed AFTER UPDATE ON venues
FOR EACH ROW EXECUTE FUNCTION venue_changed();

-- Numbers the change of an event's seats, which `transfer_seats` has marked. Under the inventory's lock, no running
-- batch has seen the row below and skipped writing it again, so no change is lost.
CREATE FUNCTION number_seat_change(p_event_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_inventory(p_event_id);
  DELETE FROM seat_changes WHERE event_id = p_event_id;
  IF FOUND THEN PERFORM number_changes(ARRAY[p_event_id]); END IF;
END $$;
