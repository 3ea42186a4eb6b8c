-- What organisers do to the pools of an event. An operation that moves no seat of the house ends with an entry of the
-- house, of no seats, so that the house's `seq` stays the head of the chain.

-- Makes a further pool. `pool` is its number.
CREATE FUNCTION make_pool(p_event_id uuid, p_pool_id uuid, p_name text, p_capacity integer, OUT pool smallint)
LANGUAGE plpgsql AS $$
DECLARE
  inv seat_counters;
  last smallint;
BEGIN
  inv := lock_inventory(p_event_id);
  -- Read on its own: a subquery in VALUES is not legal where the table is distributed.
  SELECT max(i.pool) INTO last FROM seat_inventory i WHERE i.event_id = p_event_id;
  pool := last + 1;
  INSERT INTO seat_inventory (event_id, pool, capacity) VALUES (p_event_id, pool, 0);
  INSERT INTO event_pools (event_id, pool, pool_id, name) VALUES (p_event_id, pool, p_pool_id, p_name);
  -- No ticket type draws on it yet, so none of it is set aside.
  PERFORM transfer_seats(p_event_id, pool, inv.seq + 1, 'make', 'outside', 'available', p_capacity);
  PERFORM transfer_seats(p_event_id, 0::smallint, inv.seq + 2, 'close', 'outside', 'available', 0);
END $$;

-- Changes the capacity of a pool, or of the house; `resized` is false below the seats held and sold, which are `taken`.
-- Seats that go are first those of the public, then those set aside.
CREATE FUNCTION resize_pool(
  p_event_id uuid,
  p_pool smallint,
  p_capacity integer,
  OUT resized boolean,
  OUT taken integer,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_counters;
  before integer;
  free integer;
  less integer;
BEGIN
  inv := lock_inventory(p_event_id);
  SELECT i.capacity, i.held + i.sold, i.capacity - i.held - i.sold - i.set_aside INTO before, taken, free
    FROM seat_inventory i
   WHERE i.event_id = p_event_id AND i.pool = p_pool;
  resized := coalesce(p_capacity >= taken, false);
  seq := inv.seq;
  IF resized AND p_capacity <> before THEN
    less := before - p_capacity;
    IF less < 0 THEN
      seq := seq + 1;
      PERFORM transfer_seats(p_event_id, p_pool, seq, 'resize', 'outside', 'available', -less);
    END IF;
    IF least(less, free) > 0 THEN
      seq := seq + 1;
      PERFORM transfer_seats(p_event_id, p_pool, seq, 'resize', 'available', 'outside', least(less, free));
    END IF;
    IF less > free THEN
      seq := seq + 1;
      PERFORM transfer_seats(p_event_id, p_pool, seq, 'resize', 'set_aside', 'outside', less - free);
    END IF;
    IF p_pool > 0 THEN
      seq := seq + 1;
      PERFORM transfer_seats(p_event_id, 0::smallint, seq, 'close', 'outside', 'available', 0);
    END IF;
    inv := lock_inventory(p_event_id);
    IF inv.waitlist_open THEN inv := settle_set_aside(p_event_id); END IF;
    seq := inv.seq;
  END IF;
  available := inv.capacity - inv.held - inv.sold - inv.set_aside;
  set_aside := inv.set_aside;
END $$;

-- Removes a further pool; `retired` is false while seats of it are held or sold, which are `taken`, or while a type,
-- archived or not, draws on it (`drawn_on`), as its number may be given to another pool.
CREATE FUNCTION retire_pool(
  p_event_id uuid,
  p_pool smallint,
  OUT retired boolean,
  OUT taken integer,
  OUT drawn_on boolean
)
LANGUAGE plpgsql AS $$
DECLARE
  inv seat_counters;
  rest integer;
BEGIN
  inv := lock_inventory(p_event_id);
  SELECT i.capacity, i.held + i.sold INTO rest, taken
    FROM seat_inventory i
   WHERE i.event_id = p_event_id AND i.pool = p_pool AND i.pool > 0;
  drawn_on := EXISTS (SELECT FROM ticket_types y WHERE y.event_id = p_event_id AND p_pool = ANY (y.pools));
  retired := coalesce(taken = 0 AND NOT drawn_on, false);
  IF NOT retired THEN RETURN; END IF;
  -- A type that drew on it until now may have left seats of it set aside.
  IF inv.waitlist_open THEN inv := settle_set_aside(p_event_id); END IF;
  PERFORM transfer_seats(p_event_id, p_pool, inv.seq + 1, 'retire', 'available', 'outside', rest);
  PERFORM transfer_seats(p_event_id, 0::smallint, inv.seq + 2, 'close', 'outside', 'available', 0);
  DELETE FROM seat_inventory i WHERE i.event_id = p_event_id AND i.pool = p_pool;
  DELETE FROM event_pools p WHERE p.event_id = p_event_id AND p.pool = p_pool;
END $$;
