-- The seat operations. Each function is one transaction's work on one event: it locks the inventory row, changes
-- allocations, and moves the counters by `transfer_seats`, which writes the ledger.
-- Allocations are found one by one, by their whole key: for a list of ids, a planner without statistics of the table
-- may read all held allocations, or all of the event.

-- The allocations that exist.
CREATE FUNCTION find_allocations(p_event_id uuid, p_allocation_ids uuid[]) RETURNS SETOF seat_allocations
LANGUAGE sql STABLE AS $$
  SELECT a.*
    FROM unnest(p_allocation_ids) AS wanted (allocation_id)
   CROSS JOIN LATERAL (
     SELECT * FROM seat_allocations s
      WHERE s.event_id = p_event_id AND s.allocation_id = wanted.allocation_id
     OFFSET 0 -- keeps the planner from making it one join
   ) AS a
$$;

-- Holds seats for a batch of distinct allocations, in their order, each whole or not at all.
-- Idempotent: an existing allocation is reported as it is (`existing`), and takes nothing.
-- `granted` are the new ones. All others were refused: there were too few seats, the event is not on sale (`on_sale`),
-- they are more than one booking may have (`max_tickets_per_booking`), or the event's waitlist is open and the hold is
-- the public's.
-- `p_revive`: hold only released or expired allocations again; only for allocations without a booking.
CREATE FUNCTION hold_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  p_quantities integer[],
  p_expires_at timestamptz[],
  p_source text,
  p_revive boolean,
  p_now timestamptz,
  OUT on_sale boolean,
  OUT granted uuid[],
  OUT existing jsonb,
  OUT available integer,
  OUT seq bigint,
  OUT waitlist_open boolean,
  OUT unit_price_minor integer,
  OUT currency text,
  OUT max_tickets_per_booking integer,
  OUT start_at timestamptz,
  OUT refund_policy jsonb
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
  ev record;
  room integer;
  pick integer[];
  taken uuid[];
  taken_quantities integer[];
  granted_quantities integer[] := '{}';
  taken_seats integer;
  total_seats integer := 0;
  tried boolean[] := array_fill(false, ARRAY[cardinality(p_allocation_ids)]);
BEGIN
  granted := '{}';
  existing := '[]';
  inv := lock_inventory(p_event_id);
  IF p_revive THEN
    PERFORM release_seats(p_event_id, ARRAY(
      SELECT a.allocation_id
        FROM find_allocations(p_event_id, p_allocation_ids) AS a
       WHERE a.state = 'held' AND a.expires_at <= p_now));
    FOR i IN 1 .. cardinality(p_allocation_ids) LOOP
      DELETE FROM seat_allocations a
       WHERE a.event_id = p_event_id AND a.allocation_id = p_allocation_ids[i] AND a.state = 'released';
    END LOOP;
    inv := lock_inventory(p_event_id);
  END IF;
  SELECT e.status, e.start_at, e.base_price_minor, e.currency, e.max_tickets_per_booking, e.refund_policy
    INTO ev
    FROM events e
   WHERE e.event_id = p_event_id;
  -- As `isOnSale` of shared/on_sale.ts.
  on_sale := coalesce(ev.status = 'published' AND ev.start_at > p_now, false);
  available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  seq := coalesce(inv.seq, 0);
  waitlist_open := coalesce(inv.waitlist_open, false);
  unit_price_minor := ev.base_price_minor;
  currency := ev.currency;
  max_tickets_per_booking := ev.max_tickets_per_booking;
  start_at := ev.start_at;
  refund_policy := ev.refund_policy;
  IF inv.event_id IS NULL THEN RETURN; END IF;

  room := CASE
    WHEN NOT on_sale THEN 0
    WHEN p_source = 'waitlist' THEN inv.set_aside
    WHEN inv.waitlist_open THEN 0
    ELSE available
  END;

  -- A replay takes no seat, which is known only after the insert; then the room that it seemed to take goes to those
  -- behind it. Each turn but the last meets a replay, so the loop ends.
  LOOP
    pick := '{}';
    FOR i IN 1 .. cardinality(p_allocation_ids) LOOP
      IF NOT tried[i] AND p_quantities[i] <= least(room, ev.max_tickets_per_booking) THEN
        tried[i] := true;
        room := room - p_quantities[i];
        pick := pick || i;
      END IF;
    END LOOP;
    EXIT WHEN cardinality(pick) = 0;

    WITH inserted AS (
      INSERT INTO seat_allocations AS a
        (event_id, allocation_id, quantity, state, source, unit_price_minor, expires_at, created_at)
      SELECT p_event_id, p_allocation_ids[i], p_quantities[i], 'held', p_source, ev.base_price_minor,
             p_expires_at[i], p_now
        FROM unnest(pick) AS i
      ON CONFLICT DO NOTHING
      RETURNING a.allocation_id, a.quantity
    )
    SELECT coalesce(array_agg(i.allocation_id), '{}'), coalesce(array_agg(i.quantity), '{}'),
           coalesce(sum(i.quantity), 0)
      INTO taken, taken_quantities, taken_seats
      FROM inserted i;
    granted := granted || taken;
    granted_quantities := granted_quantities || taken_quantities;
    total_seats := total_seats + taken_seats;
    EXIT WHEN cardinality(taken) = cardinality(pick);
    room := CASE p_source WHEN 'waitlist' THEN inv.set_aside ELSE available END - total_seats;
  END LOOP;

  IF cardinality(granted) < cardinality(p_allocation_ids) THEN
    SELECT coalesce(jsonb_agg(jsonb_build_object(
             'allocationId', a.allocation_id, 'quantity', a.quantity, 'state', a.state,
             'unitPriceMinor', a.unit_price_minor, 'expiresAt', a.expires_at)), '[]')
      INTO existing
      FROM find_allocations(p_event_id, p_allocation_ids) AS a
     WHERE a.allocation_id <> ALL (granted);
  END IF;

  IF total_seats > 0 THEN
    inv := transfer_seats(
      inv, 'hold', CASE p_source WHEN 'waitlist' THEN 'set_aside' ELSE 'available' END, 'held',
      total_seats, granted, granted_quantities);
    available := inv.capacity - inv.held - inv.sold - inv.set_aside;
    seq := inv.seq;
  END IF;
END $$;

-- Sells held seats. `committed` are sold now or were before (idempotent); the others expired, were released, are
-- unknown, or the event was cancelled or has ended.
CREATE FUNCTION commit_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  p_now timestamptz,
  OUT committed uuid[],
  OUT available integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
  sells boolean;
  id uuid;
  quantity integer;
  sold_ids uuid[] := '{}';
  quantities integer[] := '{}';
  seats integer := 0;
BEGIN
  committed := '{}';
  inv := lock_inventory(p_event_id);
  sells := EXISTS (
    SELECT FROM events e WHERE e.event_id = p_event_id AND e.status = 'published' AND e.end_at > p_now);
  FOREACH id IN ARRAY p_allocation_ids LOOP
    UPDATE seat_allocations a
       SET state = 'sold'
     WHERE a.event_id = p_event_id
       AND a.allocation_id = id
       AND a.state = 'held'
       AND a.expires_at > p_now
       AND sells
    RETURNING a.quantity INTO quantity;
    IF FOUND THEN
      sold_ids := sold_ids || id;
      quantities := quantities || quantity;
      seats := seats + quantity;
    ELSE
      PERFORM FROM seat_allocations a
       WHERE a.event_id = p_event_id AND a.allocation_id = id AND a.state = 'sold';
      IF FOUND THEN committed := committed || id; END IF;
    END IF;
  END LOOP;
  committed := committed || sold_ids;
  IF seats > 0 THEN
    inv := transfer_seats(inv, 'commit', 'held', 'sold', seats, sold_ids, quantities);
  END IF;
  available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  seq := coalesce(inv.seq, 0);
END $$;

-- Releases held and sold seats: to the waitlist while one is open, else to the public. Idempotent: released allocations
-- stay released. `released` are those that this call released; `available` is after it, `available_before` before it.
CREATE FUNCTION release_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  OUT released uuid[],
  OUT available_before integer,
  OUT available integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
  freed_to text;
  id uuid;
  quantity integer;
  held_ids uuid[] := '{}';
  held_quantities integer[] := '{}';
  held_seats integer := 0;
  sold_ids uuid[] := '{}';
  sold_quantities integer[] := '{}';
  sold_seats integer := 0;
BEGIN
  inv := lock_inventory(p_event_id);
  available_before := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  FOREACH id IN ARRAY p_allocation_ids LOOP
    UPDATE seat_allocations a
       SET state = 'released'
     WHERE a.event_id = p_event_id AND a.allocation_id = id AND a.state = 'held'
    RETURNING a.quantity INTO quantity;
    IF FOUND THEN
      held_ids := held_ids || id;
      held_quantities := held_quantities || quantity;
      held_seats := held_seats + quantity;
      CONTINUE;
    END IF;
    UPDATE seat_allocations a
       SET state = 'released'
     WHERE a.event_id = p_event_id AND a.allocation_id = id AND a.state = 'sold' AND a.source <> 'direct'
    RETURNING a.quantity INTO quantity;
    IF FOUND THEN
      sold_ids := sold_ids || id;
      sold_quantities := sold_quantities || quantity;
      sold_seats := sold_seats + quantity;
    END IF;
  END LOOP;
  released := held_ids || sold_ids;
  freed_to := CASE WHEN inv.waitlist_open THEN 'set_aside' ELSE 'available' END;
  IF held_seats > 0 THEN
    inv := transfer_seats(inv, 'release', 'held', freed_to, held_seats, held_ids, held_quantities);
  END IF;
  IF sold_seats > 0 THEN
    inv := transfer_seats(inv, 'release', 'sold', freed_to, sold_seats, sold_ids, sold_quantities);
  END IF;
  available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  seq := coalesce(inv.seq, 0);
END $$;

-- Releases holds that expired before `p_cutoff`; at most `p_limit` allocations.
CREATE FUNCTION release_expired_seats(
  p_event_id uuid,
  p_cutoff timestamptz,
  p_limit integer,
  OUT released uuid[],
  OUT available_before integer,
  OUT available integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
  expired uuid[];
BEGIN
  inv := lock_inventory(p_event_id);
  SELECT coalesce(array_agg(due.allocation_id), '{}') INTO expired
    FROM (
      SELECT a.allocation_id
        FROM seat_allocations a
       WHERE a.event_id = p_event_id AND a.state = 'held' AND a.expires_at <= p_cutoff
       LIMIT p_limit
    ) AS due;
  SELECT r.released, r.available_before, r.available, r.seq
    INTO released, available_before, available, seq
    FROM release_seats(p_event_id, expired) AS r;
END $$;

-- Extends holds, never shortens them. `extended` are held at least as long as requested; no seat moves, so `seq` is the
-- current one.
CREATE FUNCTION extend_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  p_expires_at timestamptz[],
  p_now timestamptz,
  OUT extended uuid[],
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
BEGIN
  extended := '{}';
  inv := lock_inventory(p_event_id);
  seq := coalesce(inv.seq, 0);
  FOR i IN 1 .. cardinality(p_allocation_ids) LOOP
    UPDATE seat_allocations a
       SET expires_at = greatest(a.expires_at, p_expires_at[i])
     WHERE a.event_id = p_event_id
       AND a.allocation_id = p_allocation_ids[i]
       AND a.state = 'held'
       AND a.expires_at > p_now;
    IF FOUND THEN extended := extended || p_allocation_ids[i]; END IF;
  END LOOP;
END $$;

-- Opens or closes an event's waitlist. While it is open, every free seat is set aside and public holds are refused;
-- closing it puts these seats back on public sale. Idempotent.
CREATE FUNCTION set_waitlist_open(
  p_event_id uuid,
  p_open boolean,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
BEGIN
  inv := lock_inventory(p_event_id);
  IF inv.waitlist_open <> p_open THEN
    UPDATE seat_inventory i SET waitlist_open = p_open WHERE i.event_id = p_event_id;
    inv := transfer_seats(
      inv, 'waitlist',
      CASE WHEN p_open THEN 'available' ELSE 'set_aside' END,
      CASE WHEN p_open THEN 'set_aside' ELSE 'available' END,
      inv.capacity - inv.held - inv.sold);
  END IF;
  available := inv.capacity - inv.held - inv.sold - inv.set_aside;
  set_aside := inv.set_aside;
  seq := inv.seq;
END $$;

-- Changes the capacity; `resized` is false below the seats held and sold.
CREATE FUNCTION resize_inventory(
  p_event_id uuid,
  p_capacity integer,
  OUT resized boolean,
  OUT available integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
  free text;
BEGIN
  inv := lock_inventory(p_event_id);
  resized := coalesce(p_capacity >= inv.held + inv.sold, false);
  free := CASE WHEN inv.waitlist_open THEN 'set_aside' ELSE 'available' END;
  IF resized AND p_capacity > inv.capacity THEN
    inv := transfer_seats(inv, 'resize', 'outside', free, p_capacity - inv.capacity);
  ELSIF resized AND p_capacity < inv.capacity THEN
    inv := transfer_seats(inv, 'resize', free, 'outside', inv.capacity - p_capacity);
  END IF;
  available := inv.capacity - inv.held - inv.sold - inv.set_aside;
  seq := inv.seq;
END $$;

-- The optimistic interface of the old system: takes (negative) or returns (positive) seats without a booking. They are
-- one allocation per event, so that allocations and inventory add up. `adjusted` is false if too few seats are
-- available, or if more would return than were taken.
CREATE FUNCTION adjust_direct_seats(
  p_event_id uuid,
  p_returned integer,
  p_now timestamptz,
  OUT adjusted boolean,
  OUT available integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
  before bigint;
  after bigint;
BEGIN
  inv := lock_inventory(p_event_id);
  SELECT coalesce(sum(a.quantity), 0) INTO before
    FROM seat_allocations a
   WHERE a.event_id = p_event_id AND a.allocation_id = p_event_id AND a.state = 'sold';
  after := before - p_returned;
  available := inv.capacity - inv.held - inv.sold - inv.set_aside;
  seq := inv.seq;
  adjusted := coalesce(after >= 0 AND -p_returned <= available AND (p_returned > 0 OR NOT inv.waitlist_open), false);
  IF NOT adjusted THEN RETURN; END IF;
  INSERT INTO seat_allocations AS a
    (event_id, allocation_id, quantity, state, source, unit_price_minor, created_at)
  SELECT p_event_id, p_event_id, greatest(after, 1), CASE after WHEN 0 THEN 'released' ELSE 'sold' END,
         'direct', e.base_price_minor, p_now
    FROM events e
   WHERE e.event_id = p_event_id
  ON CONFLICT (event_id, allocation_id) DO UPDATE
     SET quantity = excluded.quantity, state = excluded.state;
  IF p_returned < 0 THEN
    inv := transfer_seats(
      inv, 'direct', 'available', 'sold', -p_returned, ARRAY[p_event_id], ARRAY[-p_returned]);
  ELSE
    inv := transfer_seats(
      inv, 'direct', 'sold', CASE WHEN inv.waitlist_open THEN 'set_aside' ELSE 'available' END,
      p_returned, ARRAY[p_event_id], ARRAY[p_returned]);
  END IF;
  available := inv.capacity - inv.held - inv.sold - inv.set_aside;
  seq := inv.seq;
END $$;
