-- hold_seats as in 0019.
CREATE OR REPLACE FUNCTION hold_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  p_quantities integer[],
  p_expires_at timestamptz[],
  p_source text,
  p_revive boolean,
  p_now timestamptz,
  p_buyers uuid[],
  p_types uuid[],
  p_orders integer[],
  OUT on_sale boolean,
  OUT granted uuid[],
  OUT existing jsonb,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint,
  OUT waitlist_open boolean,
  OUT unit_price_minor integer,
  OUT currency text,
  OUT max_tickets_per_booking integer,
  OUT start_at timestamptz,
  OUT refund_policy jsonb,
  OUT ticket_name text,
  OUT types jsonb,
  OUT refused jsonb
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_counters;
  ev record;
  room integer;
  pick integer[];
  taken uuid[];
  taken_quantities integer[];
  granted_quantities integer[] := '{}';
  taken_seats integer;
  total_seats integer := 0;
  known uuid[] := '{}';
  tried boolean[] := array_fill(false, ARRAY[cardinality(p_allocation_ids)]);
BEGIN
  granted := '{}';
  existing := '[]';
  inv := lock_inventory(p_event_id);
  IF p_revive THEN
    -- Read into a variable first: where the tables are distributed, a statement that reads them can call no function
    -- that does.
    SELECT coalesce(array_agg(a.allocation_id), '{}') INTO taken
      FROM unnest(p_allocation_ids) AS given (allocation_id)
     CROSS JOIN LATERAL (
       SELECT s.allocation_id, s.state, s.expires_at
         FROM seat_allocations s
        WHERE s.event_id = p_event_id AND s.allocation_id = given.allocation_id
       OFFSET 0
     ) AS a
     WHERE a.state = 'held' AND a.expires_at <= p_now;
    PERFORM release_seats(p_event_id, taken, NULL);
    FOR i IN 1 .. cardinality(p_allocation_ids) LOOP
      DELETE FROM seat_allocations a
       WHERE a.event_id = p_event_id AND a.allocation_id = p_allocation_ids[i] AND a.state = 'released';
    END LOOP;
    inv := lock_inventory(p_event_id);
  END IF;
  SELECT e.status, e.start_at, e.base_price_minor, e.currency, e.max_tickets_per_booking, e.refund_policy,
         e.base_ticket_name, e.max_held_per_user
    INTO ev
    FROM events e
   WHERE e.event_id = p_event_id;
  -- As `isOnSale` of shared/on_sale.ts.
  on_sale := coalesce(ev.status = 'published' AND ev.start_at > p_now, false);
  available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  set_aside := coalesce(inv.set_aside, 0);
  seq := coalesce(inv.seq, 0);
  waitlist_open := coalesce(inv.waitlist_open, false);
  unit_price_minor := ev.base_price_minor;
  currency := ev.currency;
  max_tickets_per_booking := ev.max_tickets_per_booking;
  start_at := ev.start_at;
  refund_policy := ev.refund_policy;
  ticket_name := ev.base_ticket_name;
  IF inv.event_id IS NULL THEN RETURN; END IF;

  IF NOT inv.plain OR p_source = 'waitlist' OR p_orders IS NOT NULL
    OR array_remove(array_remove(p_types, NULL), p_event_id) <> '{}'
  THEN
    SELECT h.granted, h.existing, h.available, h.set_aside, h.seq, h.types, h.refused
      INTO granted, existing, available, set_aside, seq, types, refused
      FROM hold_orders(
        inv, on_sale, ev.base_price_minor, ev.base_ticket_name, ev.max_tickets_per_booking, ev.max_held_per_user,
        p_allocation_ids, p_quantities, p_expires_at, p_source, p_now, p_buyers,
        coalesce(p_types, array_fill(NULL::uuid, ARRAY[cardinality(p_allocation_ids)])),
        p_orders) AS h;
    RETURN;
  END IF;

  room := CASE WHEN on_sale THEN available ELSE 0 END;

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

    BEGIN
      INSERT INTO seat_allocations
        (event_id, allocation_id, quantity, state, source, buyer_id, unit_price_minor, expires_at, created_at)
      SELECT p_event_id, p_allocation_ids[i], p_quantities[i], 'held', p_source, p_buyers[i], ev.base_price_minor,
             p_expires_at[i], p_now
        FROM unnest(pick) AS i
       WHERE p_allocation_ids[i] <> ALL (known);
    EXCEPTION WHEN unique_violation THEN
      -- Nothing else inserts allocations of this event meanwhile, so what exists now is all that exists.
      known := ARRAY(
        SELECT a.allocation_id
          FROM unnest(p_allocation_ids) AS given (allocation_id)
         CROSS JOIN LATERAL (
           SELECT s.allocation_id
             FROM seat_allocations s
            WHERE s.event_id = p_event_id AND s.allocation_id = given.allocation_id
           OFFSET 0
         ) AS a
         WHERE a.allocation_id <> ALL (granted));
      INSERT INTO seat_allocations
        (event_id, allocation_id, quantity, state, source, buyer_id, unit_price_minor, expires_at, created_at)
      SELECT p_event_id, p_allocation_ids[i], p_quantities[i], 'held', p_source, p_buyers[i], ev.base_price_minor,
             p_expires_at[i], p_now
        FROM unnest(pick) AS i
       WHERE p_allocation_ids[i] <> ALL (known);
    END;
    SELECT coalesce(array_agg(p_allocation_ids[i]), '{}'), coalesce(array_agg(p_quantities[i]), '{}'),
           coalesce(sum(p_quantities[i]), 0)
      INTO taken, taken_quantities, taken_seats
      FROM unnest(pick) AS i
     WHERE p_allocation_ids[i] <> ALL (known);
    granted := granted || taken;
    granted_quantities := granted_quantities || taken_quantities;
    total_seats := total_seats + taken_seats;
    EXIT WHEN cardinality(taken) = cardinality(pick);
    room := available - total_seats;
  END LOOP;

  IF cardinality(granted) < cardinality(p_allocation_ids) THEN
    SELECT coalesce(jsonb_agg(jsonb_build_object(
             'allocationId', a.allocation_id, 'quantity', a.quantity, 'gives', coalesce(a.units[1], 1),
             'state', a.state, 'unitPriceMinor', a.unit_price_minor, 'expiresAt', a.expires_at)), '[]')
      INTO existing
      FROM unnest(p_allocation_ids) AS given (allocation_id)
     CROSS JOIN LATERAL (
       SELECT s.allocation_id, s.quantity, s.units, s.state, s.unit_price_minor, s.expires_at
         FROM seat_allocations s
        WHERE s.event_id = p_event_id AND s.allocation_id = given.allocation_id
       OFFSET 0
     ) AS a
     WHERE a.allocation_id <> ALL (granted);
  END IF;

  IF total_seats > 0 THEN
    inv := transfer_seats(
      p_event_id, 0::smallint, inv.seq + 1, 'hold', 'available', 'held', total_seats, granted, granted_quantities);
    available := inv.capacity - inv.held - inv.sold - inv.set_aside;
    seq := inv.seq;
  END IF;
END $$;
