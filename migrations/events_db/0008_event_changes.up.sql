-- The change feed: changes that search must know, numbered. Only the last change of each event is kept, so the feed
-- from the start has every event once, and a reader that was away for long reads no more than that.
-- Numbers are counted by lane, a hash bucket of the event, so that changes of different events rarely wait for each
-- other. An event stays in its lane, so the numbers of its changes rise.

-- A transaction that takes the next numbers of a lane locks the lane's row until commit, so the numbers of a lane become
-- visible in order and without gaps: a reader at n has seen all of the lane up to n. Lanes are locked after house, event
-- and venue, in ascending order, and nothing is locked after them.
CREATE TABLE change_lanes (
  lane        smallint PRIMARY KEY CHECK (lane BETWEEN 0 AND 15),
  last_change bigint NOT NULL CHECK (last_change >= 0)
);

-- No foreign key: its check would lock the event after the lane.
CREATE TABLE event_changes (
  event_id uuid PRIMARY KEY,
  lane     smallint NOT NULL CHECK (lane = lane_of(event_id)),
  change   bigint NOT NULL
);

CREATE INDEX event_changes_by_lane ON event_changes (lane, change);

INSERT INTO change_lanes (lane, last_change) SELECT lane, 0 FROM generate_series(0, 15) AS lane;

-- Numbers one change of each of these events, which are distinct. Every transaction that changes an event calls this
-- last: the lanes are locked from here to the commit.
CREATE FUNCTION number_changes(p_event_ids uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  its_lane smallint;
  ids uuid[];
  before bigint;
BEGIN
  FOR its_lane, ids IN
    SELECT lane_of(id), array_agg(id) FROM unnest(p_event_ids) AS id GROUP BY 1 ORDER BY 1
  LOOP
    UPDATE change_lanes SET last_change = last_change + cardinality(ids) WHERE lane = its_lane
    RETURNING last_change - cardinality(ids) INTO before;
    FOR i IN 1 .. cardinality(ids) LOOP
      INSERT INTO event_changes (event_id, lane, change) VALUES (ids[i], its_lane, before + i)
      ON CONFLICT (event_id) DO UPDATE SET change = excluded.change;
    END LOOP;
  END LOOP;
END $$;

-- Numbers one change of every event at a venue that was changed.
CREATE FUNCTION number_venue_change(p_venue_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  -- First of all: an event that is being created at this venue has its lane locked, and is seen once it has committed.
  FOR its_lane IN 0..15 LOOP
    PERFORM FROM change_lanes WHERE lane = its_lane FOR UPDATE;
  END LOOP;
  SELECT array_agg(e.event_id) INTO ids FROM events e WHERE e.venue_id = p_venue_id;
  PERFORM number_changes(ids);
END $$;

-- Numbers the change of an event's seats, which `transfer_seats` has marked. Under the lock of the house, no running
-- batch has seen the row below and skipped writing it again, so no change is lost.
CREATE FUNCTION number_seat_change(p_event_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_inventory(p_event_id);
  DELETE FROM seat_changes WHERE event_id = p_event_id;
  IF FOUND THEN PERFORM number_changes(ARRAY[p_event_id]); END IF;
END $$;
