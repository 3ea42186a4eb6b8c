-- The seat operations. Each function is one transaction's work on one event: it locks the house, changes allocations,
-- and moves the counters by `transfer_seats`, which writes the ledger.
-- Allocations are found one by one, by their whole key: for a list of ids, a planner without statistics of the table
-- may read all held allocations, or all of the event. OFFSET 0 keeps it from making one join of them.

-- Opens the house of a new event, with its default type.
CREATE FUNCTION make_inventory(p_event_id uuid, p_capacity integer, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO seat_inventory (event_id, pool, capacity) VALUES (p_event_id, 0, 0);
  INSERT INTO ticket_types (event_id, type, ticket_type_id, position, kind, created_at, updated_at)
  VALUES (p_event_id, 0, p_event_id, 0, 'paid', p_now, p_now);
  PERFORM transfer_seats(p_event_id, 0::smallint, 0, 'make', 'outside', 'available', p_capacity);
END $$;

-- Brings what is set aside for those who wait in line with what is free. A ticket type whose waitlist is open, and that
-- is active, could be had k times, if all that is free were its: set aside is what those k tickets take of each pool, of
-- all such types together, and no more than is free. So a public hold lowers no such k: either all that is free of a pool
-- is set aside, or enough for each of these types is, and the hold takes of the rest.
-- To be called under the lock, while the house says that a waitlist is open, after what frees seats or changes types; not
-- after sales and public holds, which change no target. Returns the house's counters after it.
CREATE FUNCTION settle_set_aside(p_event_id uuid) RETURNS seat_counters
LANGUAGE plpgsql AS $$
DECLARE
  house seat_counters;
  is_open boolean;
  next_seq bigint;
  moved record;
  last smallint := 0;
BEGIN
  is_open := EXISTS (SELECT FROM ticket_types y WHERE y.event_id = p_event_id AND y.waitlist_open);
  UPDATE seat_inventory i
     SET waitlist_open = is_open
   WHERE i.event_id = p_event_id AND i.pool = 0 AND i.waitlist_open <> is_open;
  house := lock_inventory(p_event_id);
  next_seq := house.seq;
  FOR moved IN
    WITH bundles AS (
      SELECT y.event_id, y.pools, y.units, min((i.capacity - i.held - i.sold) / y.units[array_position(y.pools, i.pool)]) AS k
        FROM ticket_types y
        JOIN seat_inventory i ON i.event_id = y.event_id AND i.pool = ANY (y.pools)
       WHERE y.event_id = p_event_id AND y.waitlist_open AND y.status = 'active'
       GROUP BY y.event_id, y.type, y.pools, y.units
    )
    SELECT i.pool,
           (least(i.capacity - i.held - i.sold, coalesce(sum(b.k::bigint * b.units[array_position(b.pools, i.pool)]), 0))
             - i.set_aside)::integer AS seats
      FROM seat_inventory i
      LEFT JOIN bundles b ON b.event_id = i.event_id AND i.pool = ANY (b.pools)
     WHERE i.event_id = p_event_id
     GROUP BY i.event_id, i.pool, i.capacity, i.held, i.sold, i.set_aside
     ORDER BY i.pool DESC
  LOOP
    CONTINUE WHEN moved.seats = 0;
    next_seq := next_seq + 1;
    last := moved.pool;
    house := transfer_seats(
      p_event_id, moved.pool, next_seq, 'waitlist',
      CASE WHEN moved.seats > 0 THEN 'available' ELSE 'set_aside' END,
      CASE WHEN moved.seats > 0 THEN 'set_aside' ELSE 'available' END,
      abs(moved.seats));
  END LOOP;
  IF last > 0 THEN
    house := transfer_seats(p_event_id, 0::smallint, next_seq + 1, 'close', 'outside', 'available', 0);
  END IF;
  RETURN house;
END $$;

-- Holds seats for a batch of distinct allocations, in their order, each whole or not at all.
-- Idempotent: an existing allocation is reported as it is (`existing`), and takes nothing.
-- `granted` are the new ones. All others were refused: there were too few seats, the event is not on sale (`on_sale`),
-- or they are more than one booking may have (`max_tickets_per_booking`). The public gets what is available; the source
-- waitlist what is set aside, up to the first order for which that is too little.
-- `p_revive`: hold only released or expired allocations again; only for allocations without a booking.
-- `p_types` has ids of ticket types, null for the default one; `p_orders` numbers the orders whose lines the items are,
-- and is null if each is an order of its own. Public orders of the default type of a plain event are held here; any other
-- batch by hold_orders (0007), which gives a reason for each refusal.
CREATE FUNCTION hold_seats(
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

    WITH inserted AS (
      INSERT INTO seat_allocations AS a
        (event_id, allocation_id, quantity, state, source, buyer_id, unit_price_minor, expires_at, created_at)
      SELECT p_event_id, p_allocation_ids[i], p_quantities[i], 'held', p_source, p_buyers[i], ev.base_price_minor,
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

-- Takes back what allocations counted against the limits of their buyers: their holds, and what they have of a type; of
-- each so many tickets as `p_quantities` says, by default all. Only for events that have a limit.
CREATE FUNCTION give_back_to_buyers(
  p_event_id uuid,
  p_allocation_ids uuid[],
  p_quantities integer[],
  p_of_type boolean,
  p_of_holds boolean
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE seat_buyers b
     SET taken = b.taken - given.taken
    FROM (
      SELECT a.buyer_id, counted.type, sum(counted.taken)::integer AS taken
        FROM unnest(p_allocation_ids, p_quantities) AS asked (allocation_id, quantity)
       CROSS JOIN LATERAL (
         SELECT s.buyer_id, s.type, coalesce(asked.quantity, s.quantity) AS quantity, s.units
           FROM seat_allocations s
          WHERE s.event_id = p_event_id AND s.allocation_id = asked.allocation_id
         OFFSET 0
       ) AS a
       CROSS JOIN LATERAL (VALUES
         (p_of_type, a.type, a.quantity),
         (p_of_holds, -1::smallint, a.quantity * coalesce(a.units[1], 1))
       ) AS counted (applies, type, taken)
       WHERE counted.applies
       GROUP BY a.buyer_id, counted.type
    ) AS given
   WHERE b.event_id = p_event_id AND b.buyer_id = given.buyer_id AND b.type = given.type;
END $$;

-- Sells held seats. `committed` are sold now or were before (idempotent); the others expired, were released, are
-- unknown, or the event was cancelled or has ended. An order is sold whole or not at all: `p_orders` numbers the orders
-- of the allocations; null if each is an order of its own.
CREATE FUNCTION commit_seats(
  p_event_id uuid,
  p_allocation_ids uuid[],
  p_now timestamptz,
  p_orders integer[],
  OUT committed uuid[],
  OUT available integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_counters;
  sells boolean;
  broken integer[] := '{}';
  quantity integer;
  pools smallint[];
  draws_on_pools boolean := false;
  sold_ids uuid[] := '{}';
  quantities integer[] := '{}';
  seats integer := 0;
BEGIN
  committed := '{}';
  inv := lock_inventory(p_event_id);
  sells := EXISTS (
    SELECT FROM events e WHERE e.event_id = p_event_id AND e.status = 'published' AND e.end_at > p_now);
  IF p_orders IS NOT NULL THEN
    SELECT coalesce(array_agg(DISTINCT line.order_no), '{}') INTO broken
      FROM unnest(p_allocation_ids, p_orders) AS line (allocation_id, order_no)
      LEFT JOIN LATERAL (
        SELECT s.state, s.expires_at
          FROM seat_allocations s
         WHERE s.event_id = p_event_id AND s.allocation_id = line.allocation_id
        OFFSET 0
      ) AS a ON true
     WHERE coalesce(a.state, 'released') = 'released' OR (a.state = 'held' AND (a.expires_at <= p_now OR NOT sells));
  END IF;
  FOR i IN 1 .. cardinality(p_allocation_ids) LOOP
    CONTINUE WHEN p_orders[i] = ANY (broken);
    UPDATE seat_allocations a
       SET state = 'sold'
     WHERE a.event_id = p_event_id
       AND a.allocation_id = p_allocation_ids[i]
       AND a.state = 'held'
       AND a.expires_at > p_now
       AND sells
    RETURNING a.quantity, a.pools INTO quantity, pools;
    IF FOUND THEN
      sold_ids := sold_ids || p_allocation_ids[i];
      quantities := quantities || quantity;
      seats := seats + quantity;
      draws_on_pools := draws_on_pools OR pools IS NOT NULL;
    ELSE
      PERFORM FROM seat_allocations a
       WHERE a.event_id = p_event_id AND a.allocation_id = p_allocation_ids[i] AND a.state = 'sold';
      IF FOUND THEN committed := committed || p_allocation_ids[i]; END IF;
    END IF;
  END LOOP;
  committed := committed || sold_ids;
  IF seats > 0 THEN
    IF draws_on_pools THEN
      inv := transfer_allocations(inv, 'commit', 'held', 'sold', sold_ids);
    ELSE
      inv := transfer_seats(
        p_event_id, 0::smallint, inv.seq + 1, 'commit', 'held', 'sold', seats, sold_ids, quantities);
    END IF;
    IF NOT inv.plain THEN PERFORM give_back_to_buyers(p_event_id, sold_ids, NULL, false, true); END IF;
  END IF;
  available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);
  seq := coalesce(inv.seq, 0);
END $$;

-- Releases held and sold seats: to those who wait, as far as they could use them, else to the public. `p_keep` is how
-- many tickets of each allocation stay; null: none of any. An allocation that has no more than that keeps what it has, so
-- a release that comes twice, or after one that keeps fewer, changes nothing.
-- `released` are the allocations of which this call released something; `available` is after it, `available_before`
-- before it.
CREATE FUNCTION release_seats(
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

-- Releases holds that expired before `p_cutoff`; at most `p_limit` allocations.
CREATE FUNCTION release_expired_seats(
  p_event_id uuid,
  p_cutoff timestamptz,
  p_limit integer,
  OUT released uuid[],
  OUT available_before integer,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_counters;
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
  SELECT r.released, r.available_before, r.available, r.set_aside, r.seq
    INTO released, available_before, available, set_aside, seq
    FROM release_seats(p_event_id, expired, NULL) AS r;
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

-- The optimistic interface of the old system: takes (negative) or returns (positive) seats of the house without a
-- booking. They are one allocation per event, so that allocations and inventory add up. `adjusted` is false if too few
-- seats are available, if more would return than were taken, or if the default type takes more than a seat of the house.
CREATE FUNCTION adjust_direct_seats(
  p_event_id uuid,
  p_returned integer,
  p_now timestamptz,
  OUT adjusted boolean,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  inv seat_counters;
  price integer;
  before bigint;
  after bigint;
BEGIN
  inv := lock_inventory(p_event_id);
  SELECT coalesce(sum(a.quantity), 0) INTO before
    FROM seat_allocations a
   WHERE a.event_id = p_event_id AND a.allocation_id = p_event_id AND a.state = 'sold';
  after := before - p_returned;
  available := inv.capacity - inv.held - inv.sold - inv.set_aside;
  set_aside := inv.set_aside;
  seq := inv.seq;
  adjusted := coalesce(
    after >= 0
    AND (p_returned > 0 OR (
      -p_returned <= available
      AND EXISTS (
        SELECT FROM ticket_types y
         WHERE y.event_id = p_event_id AND y.type = 0 AND y.status = 'active' AND y.pools = '{0}' AND y.units = '{1}'))),
    false);
  IF NOT adjusted THEN RETURN; END IF;
  SELECT e.base_price_minor INTO price FROM events e WHERE e.event_id = p_event_id;
  INSERT INTO seat_allocations AS a
    (event_id, allocation_id, quantity, state, source, unit_price_minor, created_at)
  VALUES
    (p_event_id, p_event_id, greatest(after, 1), CASE after WHEN 0 THEN 'released' ELSE 'sold' END, 'direct', price, p_now)
  ON CONFLICT (event_id, allocation_id) DO UPDATE
     SET quantity = excluded.quantity, state = excluded.state;
  IF p_returned < 0 THEN
    inv := transfer_seats(
      p_event_id, 0::smallint, inv.seq + 1, 'direct', 'available', 'sold', -p_returned, ARRAY[p_event_id],
      ARRAY[-p_returned]);
  ELSE
    inv := transfer_seats(
      p_event_id, 0::smallint, inv.seq + 1, 'direct', 'sold', 'available', p_returned, ARRAY[p_event_id],
      ARRAY[p_returned]);
    IF inv.waitlist_open THEN inv := settle_set_aside(p_event_id); END IF;
  END IF;
  available := inv.capacity - inv.held - inv.sold - inv.set_aside;
  set_aside := inv.set_aside;
  seq := inv.seq;
END $$;
