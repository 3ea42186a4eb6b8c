-- The functions as 0003 has them; the counters stay as they are.
CREATE OR REPLACE FUNCTION hold_seats(
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
  OUT max_tickets_per_booking integer
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
  ev events;
  room integer;
  pick integer[];
  taken uuid[];
  taken_seats integer;
  total_seats integer := 0;
  tried boolean[] := array_fill(false, ARRAY[cardinality(p_allocation_ids)]);
BEGIN
  granted := '{}';
  existing := '[]';
  inv := lock_inventory(p_event_id);
  SELECT * INTO ev FROM events e WHERE e.event_id = p_event_id;
  on_sale := coalesce(ev.status = 'published' AND ev.start_at > p_now, false);
  available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  seq := coalesce(inv.seq, 0);
  waitlist_open := coalesce(inv.waitlist_open, false);
  unit_price_minor := ev.base_price_minor;
  currency := ev.currency;
  max_tickets_per_booking := ev.max_tickets_per_booking;
  IF inv.event_id IS NULL THEN RETURN; END IF;

  room := CASE
    WHEN NOT on_sale THEN 0
    WHEN p_source = 'waitlist' THEN inv.set_aside
    WHEN inv.waitlist_open THEN 0
    ELSE available
  END;

  IF p_revive THEN
    DELETE FROM seat_allocations a
     WHERE a.event_id = p_event_id
       AND a.allocation_id = ANY (p_allocation_ids)
       AND a.state = 'released';
  END IF;

  -- A replay takes no seat, which is known only after the insert; then the room it seemed to take
  -- goes to those behind it. Each turn but the last meets a replay, so it ends.
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
    SELECT coalesce(array_agg(i.allocation_id), '{}'), coalesce(sum(i.quantity), 0)
      INTO taken, taken_seats
      FROM inserted i;
    granted := granted || taken;
    total_seats := total_seats + taken_seats;
    EXIT WHEN cardinality(taken) = cardinality(pick);
    room := CASE p_source WHEN 'waitlist' THEN inv.set_aside ELSE available END - total_seats;
  END LOOP;

  IF cardinality(granted) < cardinality(p_allocation_ids) THEN
    SELECT coalesce(jsonb_agg(jsonb_build_object(
             'allocation_id', a.allocation_id, 'quantity', a.quantity, 'state', a.state,
             'unit_price_minor', a.unit_price_minor, 'expires_at', a.expires_at)), '[]')
      INTO existing
      FROM seat_allocations a
     WHERE a.event_id = p_event_id
       AND a.allocation_id = ANY (p_allocation_ids)
       AND a.allocation_id <> ALL (granted);
  END IF;

  IF total_seats > 0 THEN
    UPDATE seat_inventory i
       SET held = i.held + total_seats,
           set_aside = i.set_aside - CASE p_source WHEN 'waitlist' THEN total_seats ELSE 0 END,
           seq = i.seq + 1
     WHERE i.event_id = p_event_id
    RETURNING i.capacity - i.held - i.sold - i.set_aside, i.seq INTO available, seq;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION commit_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  p_now timestamptz,
  OUT committed uuid[],
  OUT available integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
  seats integer;
BEGIN
  inv := lock_inventory(p_event_id);
  WITH sold AS (
    UPDATE seat_allocations a
       SET state = 'sold'
     WHERE a.event_id = p_event_id
       AND a.allocation_id = ANY (p_allocation_ids)
       AND a.state = 'held'
       AND a.expires_at > p_now
       AND EXISTS (SELECT FROM events e WHERE e.event_id = p_event_id AND e.status = 'published')
    RETURNING a.quantity
  )
  SELECT coalesce(sum(quantity), 0) INTO seats FROM sold;
  IF seats > 0 THEN
    UPDATE seat_inventory i
       SET held = i.held - seats, sold = i.sold + seats, seq = i.seq + 1
     WHERE i.event_id = p_event_id
    RETURNING * INTO inv;
  END IF;
  available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  seq := coalesce(inv.seq, 0);
  SELECT coalesce(array_agg(a.allocation_id), '{}') INTO committed
    FROM seat_allocations a
   WHERE a.event_id = p_event_id AND a.allocation_id = ANY (p_allocation_ids) AND a.state = 'sold';
END $$;

CREATE OR REPLACE FUNCTION release_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  OUT released uuid[],
  OUT available_before integer,
  OUT available integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
  held_seats integer;
  sold_seats integer;
BEGIN
  inv := lock_inventory(p_event_id);
  available_before := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  WITH target AS (
    SELECT a.allocation_id, a.state
      FROM seat_allocations a
     WHERE a.event_id = p_event_id
       AND a.allocation_id = ANY (p_allocation_ids)
       AND a.state <> 'released'
       AND a.source <> 'direct'
     ORDER BY a.allocation_id
       FOR UPDATE
  ), freed AS (
    UPDATE seat_allocations a
       SET state = 'released'
      FROM target t
     WHERE a.event_id = p_event_id AND a.allocation_id = t.allocation_id
    RETURNING a.allocation_id, a.quantity, t.state AS before
  )
  SELECT coalesce(array_agg(allocation_id), '{}'),
         coalesce(sum(quantity) FILTER (WHERE before = 'held'), 0),
         coalesce(sum(quantity) FILTER (WHERE before = 'sold'), 0)
    INTO released, held_seats, sold_seats
    FROM freed;
  IF cardinality(released) > 0 THEN
    UPDATE seat_inventory i
       SET held = i.held - held_seats,
           sold = i.sold - sold_seats,
           set_aside = i.set_aside + CASE WHEN i.waitlist_open THEN held_seats + sold_seats ELSE 0 END,
           seq = i.seq + 1
     WHERE i.event_id = p_event_id
    RETURNING * INTO inv;
  END IF;
  available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  seq := coalesce(inv.seq, 0);
END $$;

CREATE OR REPLACE FUNCTION set_waitlist_open(
  p_event_id uuid,
  p_open boolean,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_inventory(p_event_id);
  UPDATE seat_inventory i
     SET waitlist_open = p_open,
         set_aside = CASE WHEN p_open THEN i.capacity - i.held - i.sold ELSE 0 END,
         seq = i.seq + 1
   WHERE i.event_id = p_event_id AND i.waitlist_open <> p_open;
  SELECT i.capacity - i.held - i.sold - i.set_aside, i.set_aside, i.seq
    INTO available, set_aside, seq
    FROM seat_inventory i
   WHERE i.event_id = p_event_id;
END $$;

CREATE OR REPLACE FUNCTION resize_inventory(
  p_event_id uuid,
  p_capacity integer,
  OUT resized boolean,
  OUT available integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
BEGIN
  inv := lock_inventory(p_event_id);
  resized := coalesce(p_capacity >= inv.held + inv.sold, false);
  IF resized AND p_capacity <> inv.capacity THEN
    UPDATE seat_inventory i
       SET capacity = p_capacity,
           set_aside = CASE WHEN i.waitlist_open THEN p_capacity - i.held - i.sold ELSE 0 END,
           seq = i.seq + 1
     WHERE i.event_id = p_event_id
    RETURNING * INTO inv;
  END IF;
  available := inv.capacity - inv.held - inv.sold - inv.set_aside;
  seq := inv.seq;
END $$;

CREATE OR REPLACE FUNCTION adjust_direct_seats(
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
  UPDATE seat_inventory i
     SET sold = i.sold - p_returned,
         set_aside = i.set_aside + CASE WHEN i.waitlist_open THEN p_returned ELSE 0 END,
         seq = i.seq + 1
   WHERE i.event_id = p_event_id
  RETURNING i.capacity - i.held - i.sold - i.set_aside, i.seq INTO available, seq;
END $$;

DROP TRIGGER seat_inventory_first_entry ON seat_inventory;
DROP FUNCTION record_first_entry;
DROP FUNCTION transfer_seats;
DROP FUNCTION record_transfer;
DROP TABLE seat_ledger;
DROP FUNCTION refuse_ledger_change;
ALTER TABLE events DROP COLUMN public_counts;
