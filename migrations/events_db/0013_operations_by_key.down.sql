-- release_seats and extend_seats as in 0005.
CREATE OR REPLACE FUNCTION release_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  p_keep integer[],
  OUT released uuid[],
  OUT available_before integer,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_counters;
  id uuid;
  kept integer;
  before text;
  quantity integer;
  pools smallint[];
  draws_on_pools boolean := false;
  held_ids uuid[] := '{}';
  held_quantities integer[] := '{}';
  held_seats integer := 0;
  sold_ids uuid[] := '{}';
  sold_quantities integer[] := '{}';
  sold_seats integer := 0;
BEGIN
  inv := lock_inventory(p_event_id);
  available_before := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  FOR i IN 1 .. cardinality(p_allocation_ids) LOOP
    id := p_allocation_ids[i];
    kept := coalesce(p_keep[i], 0);
    IF kept > 0 THEN
      SELECT a.state, a.quantity - kept, a.pools INTO before, quantity, pools
        FROM seat_allocations a
       WHERE a.event_id = p_event_id AND a.allocation_id = id AND a.state <> 'released' AND a.source <> 'direct'
         AND a.quantity > kept;
      CONTINUE WHEN NOT FOUND;
      UPDATE seat_allocations a SET quantity = kept WHERE a.event_id = p_event_id AND a.allocation_id = id;
    ELSE
      before := 'held';
      UPDATE seat_allocations a
         SET state = 'released'
       WHERE a.event_id = p_event_id AND a.allocation_id = id AND a.state = 'held'
      RETURNING a.quantity, a.pools INTO quantity, pools;
      IF NOT FOUND THEN
        before := 'sold';
        UPDATE seat_allocations a
           SET state = 'released'
         WHERE a.event_id = p_event_id AND a.allocation_id = id AND a.state = 'sold' AND a.source <> 'direct'
        RETURNING a.quantity, a.pools INTO quantity, pools;
        CONTINUE WHEN NOT FOUND;
      END IF;
    END IF;
    draws_on_pools := draws_on_pools OR pools IS NOT NULL;
    IF before = 'held' THEN
      held_ids := held_ids || id;
      held_quantities := held_quantities || quantity;
      held_seats := held_seats + quantity;
    ELSE
      sold_ids := sold_ids || id;
      sold_quantities := sold_quantities || quantity;
      sold_seats := sold_seats + quantity;
    END IF;
  END LOOP;
  released := held_ids || sold_ids;
  IF draws_on_pools THEN
    inv := transfer_allocations(inv, 'release', 'held', 'available', held_ids, held_quantities);
    inv := transfer_allocations(inv, 'release', 'sold', 'available', sold_ids, sold_quantities);
  ELSE
    IF held_seats > 0 THEN
      inv := transfer_seats(
        p_event_id, 0::smallint, inv.seq + 1, 'release', 'held', 'available', held_seats, held_ids, held_quantities);
    END IF;
    IF sold_seats > 0 THEN
      inv := transfer_seats(
        p_event_id, 0::smallint, inv.seq + 1, 'release', 'sold', 'available', sold_seats, sold_ids, sold_quantities);
    END IF;
  END IF;
  IF NOT inv.plain THEN
    PERFORM give_back_to_buyers(p_event_id, held_ids, held_quantities, true, true);
    PERFORM give_back_to_buyers(p_event_id, sold_ids, sold_quantities, true, false);
  END IF;
  IF inv.waitlist_open AND released <> '{}' THEN inv := settle_set_aside(p_event_id); END IF;
  available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  set_aside := coalesce(inv.set_aside, 0);
  seq := coalesce(inv.seq, 0);
END $$;

CREATE OR REPLACE FUNCTION extend_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  p_expires_at timestamptz[],
  p_now timestamptz,
  OUT extended uuid[],
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_counters;
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
