-- The change feed: changes that search must know, numbered. Only the last change of each event is kept, so the feed
-- from the start has every event once, and a reader that was away for long reads no more than that.
-- A transaction that changes an event also marks it (changed_events, 0004). Numbers are taken afterwards, so that no
-- number is visible before its change, on whatever servers the rows are.
-- Numbers are counted by lane, a hash bucket of the event, so that changes of different events rarely wait for each
-- other. An event stays in its lane, so the numbers of its changes rise. Both tables can be distributed by lane, so that
-- a lane's numbers become visible with its counter.

-- A transaction that takes the next number of a lane locks the lane's row until commit, so the numbers of a lane become
-- visible in order and without gaps: a reader at n has seen all of the lane up to n.
CREATE TABLE change_lanes (
  lane        smallint PRIMARY KEY CHECK (lane BETWEEN 0 AND 15),
  last_change bigint NOT NULL CHECK (last_change >= 0)
);

CREATE TABLE event_changes (
  lane     smallint NOT NULL CHECK (lane = lane_of(event_id)),
  event_id uuid NOT NULL,
  change   bigint NOT NULL,
  PRIMARY KEY (lane, event_id)
);

CREATE INDEX event_changes_in_order ON event_changes (lane, change);

INSERT INTO change_lanes (lane, last_change) SELECT lane, 0 FROM generate_series(0, 15) AS lane;

-- Numbers the change of an event that is marked. It locks the house, then the mark, then the lane. Under the lock of the
-- house no batch of a sale has seen the mark and skipped writing it again; organisers lock the mark until they commit. So
-- no change is lost.
CREATE FUNCTION number_change(p_event_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  its_lane smallint := lane_of(p_event_id);
  next_change bigint;
BEGIN
  PERFORM lock_inventory(p_event_id);
  DELETE FROM changed_events c WHERE c.event_id = p_event_id;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE change_lanes l SET last_change = l.last_change + 1 WHERE l.lane = its_lane
  RETURNING l.last_change INTO next_change;
  INSERT INTO event_changes (lane, event_id, change) VALUES (its_lane, p_event_id, next_change)
  ON CONFLICT (lane, event_id) DO UPDATE SET change = excluded.change;
END $$;
