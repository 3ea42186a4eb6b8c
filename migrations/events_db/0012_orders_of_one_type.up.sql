-- hold_orders as in 0007, but that a batch of one ticket type, which is nearly every batch of a hot event, inserts its
-- allocations without a join: a tenth of the processor time of the whole batch.
CREATE OR REPLACE FUNCTION hold_orders(
  p_house seat_counters,
  p_on_sale boolean,
  p_base_price_minor integer,
  p_base_ticket_name text,
  p_max_tickets integer,
  p_max_held integer,
  p_allocation_ids uuid[],
  p_quantities integer[],
  p_expires_at timestamptz[],
  p_source text,
  p_now timestamptz,
  p_buyers uuid[],
  p_types uuid[],
  p_orders integer[],
  OUT granted uuid[],
  OUT existing jsonb,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint,
  OUT types jsonb,
  OUT refused jsonb
) LANGUAGE plpgsql
-- Else the server takes a join of arrays for cheaper if it is planned in each call, which costs more than to run it.
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  event uuid := p_house.event_id;
  house seat_counters := p_house;
  n integer := cardinality(p_allocation_ids);
  wanted uuid[] := p_types;
  known uuid[];
  -- whether all lines can be held
  fits boolean;
  -- the lines that are held
  ids uuid[] := p_allocation_ids;
  quantities integer[] := p_quantities;
  expiries timestamptz[] := p_expires_at;
  buyers uuid[] := p_buyers;
  line_types uuid[];
  seats integer[];
  default_type uuid := p_house.event_id;
  t record;
  p record;
  -- by place in the list of the batch's types
  type_ids uuid[] := '{}';
  type_numbers smallint[] := '{}';
  names text[] := '{}';
  prices integer[] := '{}';
  sells boolean[] := '{}';
  minima integer[] := '{}';
  maxima integer[] := '{}';
  limits integer[] := '{}';
  waitlists boolean[] := '{}';
  ample boolean[] := '{}';
  first_draw integer[] := '{}';
  last_draw integer[] := '{}';
  -- one seat of the house
  simple boolean[] := '{}';
  -- the draws of all these types, one after the other
  draw_types uuid[] := '{}';
  draw_pools smallint[] := '{}';
  draw_units integer[] := '{}';
  limited boolean := p_max_held IS NOT NULL;
  -- room of pool p at p + 1; behind the pools, room of buyers
  room integer[] := '{}';
  -- `room` before and after all lines
  free integer[];
  room_after bigint[];
  -- by line: its type's place, and the places of its buyer's room
  places integer[];
  type_rooms integer[];
  held_rooms integer[];
  first integer := 1;
  last integer;
  failed integer;
  reason text;
  ended boolean := false;
  tickets integer;
  k integer;
  i integer;
  pick integer[] := '{}';
  left_of_type integer;
  next_seq bigint := p_house.seq;
BEGIN
  granted := '{}';
  existing := '[]';
  refused := '[]';
  types := '{}';

  -- Nothing else inserts allocations of this event meanwhile, so what exists now is all that exists.
  known := ARRAY(
    SELECT a.allocation_id
      FROM unnest(p_allocation_ids) AS given (allocation_id)
     CROSS JOIN LATERAL (
       SELECT s.allocation_id
         FROM seat_allocations s
        WHERE s.event_id = event AND s.allocation_id = given.allocation_id
       OFFSET 0
     ) AS a);
  IF known <> '{}' THEN
    SELECT jsonb_agg(jsonb_build_object(
             'allocationId', a.allocation_id, 'quantity', a.quantity, 'gives', coalesce(a.units[1], 1),
             'state', a.state, 'ticketTypeId', y.ticket_type_id, 'unitPriceMinor', a.unit_price_minor,
             'expiresAt', a.expires_at))
      INTO existing
      FROM unnest(known) AS given (allocation_id)
     CROSS JOIN LATERAL (
       SELECT s.allocation_id, s.quantity, s.units, s.state, s.type, s.unit_price_minor, s.expires_at
         FROM seat_allocations s
        WHERE s.event_id = event AND s.allocation_id = given.allocation_id
       OFFSET 0
     ) AS a
      LEFT JOIN ticket_types y ON y.event_id = event AND y.type = a.type;
  END IF;

  -- A line that names no type means the default one or, once that is archived, the only one that is left.
  IF array_position(wanted, NULL) IS NOT NULL THEN
    IF EXISTS (SELECT FROM ticket_types y WHERE y.event_id = event AND y.type = 0 AND y.status = 'archived') THEN
      SELECT CASE count(*) WHEN 1 THEN (array_agg(y.ticket_type_id))[1] END INTO default_type
        FROM ticket_types y
       WHERE y.event_id = event AND y.status <> 'archived';
    END IF;
    wanted := array_replace(wanted, NULL, default_type);
  END IF;

  FOR p IN
    SELECT s.pool, CASE p_source WHEN 'waitlist' THEN s.set_aside ELSE s.capacity - s.held - s.sold - s.set_aside END AS free
      FROM seat_inventory s
     WHERE s.event_id = event
     ORDER BY s.pool
  LOOP
    -- gaps in the numbers are pools that were retired: nothing is left of them
    WHILE cardinality(room) < p.pool LOOP room := room || 0; END LOOP;
    room := room || p.free;
  END LOOP;
  free := room;
  room_after := room;

  -- The types of the batch. A type is ample if each of its lines keeps its rules, and its pools have the seats of all
  -- lines of the batch. Nearly always all types are, so that no order has to be decided by itself.
  fits := known = '{}';
  FOR t IN
    SELECT y.*, l.fewest, l.most, l.total
      FROM (
        SELECT u.type, min(u.quantity) AS fewest, max(u.quantity) AS most, sum(u.quantity) AS total
          FROM unnest(wanted, p_quantities) AS u (type, quantity)
         GROUP BY u.type
      ) AS l
      LEFT JOIN ticket_types y ON y.event_id = event AND y.ticket_type_id = l.type
  LOOP
    IF t.type IS NULL THEN
      fits := false;
      CONTINUE;
    END IF;
    k := cardinality(type_ids) + 1;
    type_ids := type_ids || t.ticket_type_id;
    type_numbers := type_numbers || t.type;
    names := names || coalesce(t.name, p_base_ticket_name);
    prices := prices || coalesce(t.price_minor, p_base_price_minor);
    sells := sells || (p_on_sale AND t.status = 'active'
      AND coalesce(t.sales_start <= p_now, true) AND coalesce(t.sales_end > p_now, true));
    minima := minima || t.min_per_order;
    maxima := maxima || coalesce(t.max_per_order, p_max_tickets);
    limits := limits || t.max_per_buyer;
    waitlists := waitlists || t.waitlist_open;
    limited := limited OR t.max_per_buyer IS NOT NULL;
    first_draw := first_draw || cardinality(draw_pools) + 1;
    draw_types := draw_types || array_fill(t.ticket_type_id, ARRAY[cardinality(t.pools)]);
    draw_pools := draw_pools || t.pools;
    draw_units := draw_units || t.units;
    last_draw := last_draw || cardinality(draw_pools);
    simple := simple || (t.pools = '{0}' AND t.units = '{1}');
    ample := ample || (sells[k] AND t.fewest >= minima[k] AND t.most <= maxima[k]
      AND t.most * t.units[1] <= p_max_tickets);
    FOR d IN first_draw[k] .. last_draw[k] LOOP
      room_after[draw_pools[d] + 1] := room_after[draw_pools[d] + 1] - t.total * draw_units[d];
    END LOOP;
  END LOOP;
  FOR g IN 1 .. cardinality(type_ids) LOOP
    FOR d IN first_draw[g] .. last_draw[g] LOOP
      ample[g] := ample[g] AND room_after[draw_pools[d] + 1] >= 0;
    END LOOP;
    fits := fits AND ample[g];
  END LOOP;
  IF fits AND p_orders IS NOT NULL THEN
    fits := NOT EXISTS (
      SELECT FROM unnest(p_orders, p_quantities, wanted) AS l (order_no, quantity, type)
       WHERE l.order_no IS NOT NULL
       GROUP BY l.order_no
      HAVING sum(l.quantity * draw_units[first_draw[array_position(type_ids, l.type)]]) > p_max_tickets);
  END IF;
  IF fits AND limited THEN
    fits := NOT EXISTS (
      SELECT FROM (
        SELECT counted.buyer, counted.type, counted.most, sum(counted.taken) AS taken
          FROM unnest(p_buyers, p_quantities, wanted) AS l (buyer, quantity, type)
          JOIN unnest(type_ids, type_numbers, limits, first_draw) AS y (id, number, most, first_draw) ON y.id = l.type
         CROSS JOIN LATERAL (
           SELECT l.buyer, y.number AS type, y.most, l.quantity AS taken
            WHERE y.most IS NOT NULL
           UNION ALL
           SELECT l.buyer, -1::smallint, p_max_held, l.quantity * draw_units[y.first_draw]
            WHERE p_max_held IS NOT NULL
         ) AS counted
         GROUP BY counted.buyer, counted.type, counted.most
      ) AS l
      LEFT JOIN LATERAL (
        SELECT s.taken FROM seat_buyers s
         WHERE s.event_id = event AND s.buyer_id = l.buyer AND s.type = l.type
        OFFSET 0
      ) AS b ON true
      WHERE l.buyer IS NULL OR l.taken + coalesce(b.taken, 0) > l.most);
  END IF;

  line_types := wanted;
  IF NOT fits THEN
    IF limited THEN
      -- room of each buyer and type, then of each buyer's holds of the event, in the order of `place`
      SELECT array_agg(s.type_place ORDER BY s.i), array_agg(s.held_place ORDER BY s.i)
        INTO type_rooms, held_rooms
        FROM (
          SELECT l.i,
                 cardinality(free) + dense_rank() OVER (ORDER BY l.buyer, l.type) AS type_place,
                 dense_rank() OVER (ORDER BY l.buyer) AS held_place
            FROM unnest(p_buyers, wanted) WITH ORDINALITY AS l (buyer, type, i)
        ) AS s;
      SELECT room || array_agg(coalesce(y.max_per_buyer - coalesce(b.taken, 0), 2147483647) ORDER BY l.buyer, l.type)
        INTO room
        FROM (SELECT DISTINCT d.buyer, d.type FROM unnest(p_buyers, wanted) AS d (buyer, type)) AS l
        LEFT JOIN ticket_types y ON y.event_id = event AND y.ticket_type_id = l.type
        LEFT JOIN LATERAL (
          SELECT s.taken FROM seat_buyers s
           WHERE s.event_id = event AND s.buyer_id = l.buyer AND s.type = y.type
          OFFSET 0
        ) AS b ON true;
      k := cardinality(room);
      held_rooms := ARRAY(SELECT h + k FROM unnest(held_rooms) WITH ORDINALITY AS u (h, i) ORDER BY u.i);
      SELECT room || array_agg(coalesce(p_max_held - coalesce(b.taken, 0), 2147483647) ORDER BY l.buyer)
        INTO room
        FROM (SELECT DISTINCT d.buyer FROM unnest(p_buyers) AS d (buyer)) AS l
        LEFT JOIN LATERAL (
          SELECT s.taken FROM seat_buyers s WHERE s.event_id = event AND s.buyer_id = l.buyer AND s.type = -1
          OFFSET 0
        ) AS b ON true;
    END IF;

    places := ARRAY(
      SELECT array_position(type_ids, l.type) FROM unnest(wanted) WITH ORDINALITY AS l (type, i) ORDER BY l.i);

    WHILE first <= n LOOP
      last := first;
      WHILE last < n AND p_orders[last + 1] = p_orders[first] LOOP last := last + 1; END LOOP;
      reason := NULL;
      tickets := 0;
      i := first;

      IF cardinality(known) > 0 AND known && p_allocation_ids[first:last] THEN
        IF NOT known @> p_allocation_ids[first:last] THEN
          refused := refused || jsonb_build_object('allocationId', p_allocation_ids[first], 'reason', 'key_reused');
        END IF;
        first := last + 1;
        CONTINUE;
      END IF;

      -- short cut for nearly all lines of a batch in which only some type is scarce
      IF last = first AND ample[places[first]] AND NOT limited AND NOT ended THEN
        k := places[first];
        FOR d IN first_draw[k] .. last_draw[k] LOOP
          room[draw_pools[d] + 1] := room[draw_pools[d] + 1] - p_quantities[first] * draw_units[d];
        END LOOP;
        pick := pick || first;
        first := last + 1;
        CONTINUE;
      END IF;

      IF ended THEN reason := 'seats'; END IF;
      WHILE i <= last AND reason IS NULL LOOP
        k := places[i];
        reason := CASE
          WHEN k IS NULL AND wanted[i] IS NULL THEN 'type_required'
          WHEN k IS NULL OR NOT sells[k] THEN 'not_on_sale'
          WHEN p_quantities[i] < minima[k] THEN 'min'
          WHEN p_quantities[i] > maxima[k] THEN 'max'
        END;
        EXIT WHEN reason IS NOT NULL;
        tickets := tickets + p_quantities[i] * draw_units[first_draw[k]];
        IF tickets > p_max_tickets THEN
          reason := 'max';
          EXIT;
        END IF;
        i := i + 1;
      END LOOP;

      IF reason IS NULL THEN
        i := first;
        WHILE i <= last LOOP
          k := places[i];
          IF limited THEN
            room[type_rooms[i]] := room[type_rooms[i]] - p_quantities[i];
            room[held_rooms[i]] := room[held_rooms[i]] - p_quantities[i] * draw_units[first_draw[k]];
            IF room[type_rooms[i]] < 0 OR room[held_rooms[i]] < 0
              OR (p_buyers[i] IS NULL AND (limits[k] IS NOT NULL OR p_max_held IS NOT NULL))
            THEN
              reason := 'buyer_limit';
            END IF;
          END IF;
          FOR d IN first_draw[k] .. last_draw[k] LOOP
            room[draw_pools[d] + 1] := room[draw_pools[d] + 1] - p_quantities[i] * draw_units[d];
            IF room[draw_pools[d] + 1] < 0 THEN
              reason := coalesce(
                reason, CASE WHEN p_source <> 'waitlist' AND waitlists[k] THEN 'waitlist' ELSE 'seats' END);
            END IF;
          END LOOP;
          EXIT WHEN reason IS NOT NULL;
          i := i + 1;
        END LOOP;
        IF reason IS NOT NULL THEN
          ended := p_source = 'waitlist' AND reason = 'seats';
          failed := i;
          FOR j IN first .. failed LOOP
            k := places[j];
            IF limited THEN
              room[type_rooms[j]] := room[type_rooms[j]] + p_quantities[j];
              room[held_rooms[j]] := room[held_rooms[j]] + p_quantities[j] * draw_units[first_draw[k]];
            END IF;
            FOR d IN first_draw[k] .. last_draw[k] LOOP
              room[draw_pools[d] + 1] := room[draw_pools[d] + 1] + p_quantities[j] * draw_units[d];
            END LOOP;
          END LOOP;
        END IF;
      END IF;

      IF reason IS NULL THEN
        FOR j IN first .. last LOOP pick := pick || j; END LOOP;
      ELSE
        refused := refused || jsonb_build_object(
          'allocationId', p_allocation_ids[first], 'reason', reason, 'ticketTypeId', wanted[i]);
      END IF;
      first := last + 1;
    END LOOP;

    IF cardinality(pick) < n THEN
      ids := ARRAY(SELECT p_allocation_ids[j] FROM unnest(pick) AS j);
      quantities := ARRAY(SELECT p_quantities[j] FROM unnest(pick) AS j);
      expiries := ARRAY(SELECT p_expires_at[j] FROM unnest(pick) AS j);
      buyers := ARRAY(SELECT p_buyers[j] FROM unnest(pick) AS j);
      line_types := ARRAY(SELECT wanted[j] FROM unnest(pick) AS j);
    END IF;
    room_after := room;
  END IF;
  granted := ids;
  room := room_after;

  IF cardinality(ids) > 0 THEN
    IF cardinality(type_ids) = 1 THEN
      INSERT INTO seat_allocations
        (event_id, allocation_id, quantity, state, source, type, buyer_id, unit_price_minor, pools, units, expires_at,
         created_at)
      SELECT event, l.id, l.quantity, 'held', p_source, type_numbers[1], l.buyer, prices[1],
             CASE WHEN simple[1] THEN NULL ELSE draw_pools END, CASE WHEN simple[1] THEN NULL ELSE draw_units END,
             l.expires_at, p_now
        FROM unnest(ids, quantities, expiries, buyers) AS l (id, quantity, expires_at, buyer);
    ELSE
    INSERT INTO seat_allocations
      (event_id, allocation_id, quantity, state, source, type, buyer_id, unit_price_minor, pools, units, expires_at,
       created_at)
    SELECT event, l.id, l.quantity, 'held', p_source, y.number, l.buyer, y.price,
           CASE WHEN y.simple THEN NULL ELSE draw_pools[y.first_draw:y.last_draw] END,
           CASE WHEN y.simple THEN NULL ELSE draw_units[y.first_draw:y.last_draw] END,
           l.expires_at, p_now
      FROM unnest(ids, quantities, expiries, buyers, line_types) AS l (id, quantity, expires_at, buyer, type)
      JOIN unnest(type_ids, type_numbers, prices, simple, first_draw, last_draw)
        AS y (id, number, price, simple, first_draw, last_draw) ON y.id = l.type;
    END IF;

    IF limited THEN
      INSERT INTO seat_buyers AS b (event_id, buyer_id, type, taken)
      SELECT event, counted.buyer, counted.type, sum(counted.taken)
        FROM unnest(buyers, quantities, line_types) AS l (buyer, quantity, type)
        JOIN unnest(type_ids, type_numbers, limits, first_draw) AS y (id, number, most, first_draw) ON y.id = l.type
       CROSS JOIN LATERAL (
         SELECT l.buyer, y.number AS type, l.quantity AS taken
          WHERE y.most IS NOT NULL
         UNION ALL
         SELECT l.buyer, -1::smallint, l.quantity * draw_units[y.first_draw]
          WHERE p_max_held IS NOT NULL
       ) AS counted
       GROUP BY counted.buyer, counted.type
      ON CONFLICT (event_id, buyer_id, type) DO UPDATE SET taken = b.taken + excluded.taken;
    END IF;

    -- pools first, the house last
    IF cardinality(type_ids) = 1 THEN
      FOR d IN REVERSE cardinality(draw_pools) .. 1 LOOP
        next_seq := next_seq + 1;
        seats := quantities;
        IF draw_units[d] > 1 THEN seats := ARRAY(SELECT q * draw_units[d] FROM unnest(quantities) AS q); END IF;
        house := transfer_seats(
          event, draw_pools[d], next_seq, 'hold', CASE p_source WHEN 'waitlist' THEN 'set_aside' ELSE 'available' END,
          'held', free[draw_pools[d] + 1] - room[draw_pools[d] + 1], ids, seats);
      END LOOP;
    ELSE
      FOR t IN
        SELECT d.pool, array_agg(l.id) AS ids, array_agg(l.quantity * d.units) AS quantities
          FROM unnest(ids, quantities, line_types) AS l (id, quantity, type)
          JOIN unnest(draw_types, draw_pools, draw_units) AS d (type, pool, units) ON d.type = l.type
         GROUP BY d.pool
         ORDER BY d.pool DESC
      LOOP
        next_seq := next_seq + 1;
        house := transfer_seats(
          event, t.pool, next_seq, 'hold', CASE p_source WHEN 'waitlist' THEN 'set_aside' ELSE 'available' END, 'held',
          free[t.pool + 1] - room[t.pool + 1], t.ids, t.quantities);
      END LOOP;
    END IF;
    IF p_source = 'waitlist' AND house.waitlist_open THEN house := settle_set_aside(event); END IF;
  END IF;

  -- the terms of each type that was held or asked for, and how many of it are left
  FOR g IN 1 .. cardinality(type_ids) LOOP
    left_of_type := 2147483647;
    FOR d IN first_draw[g] .. last_draw[g] LOOP
      left_of_type := least(left_of_type, greatest(room[draw_pools[d] + 1], 0) / draw_units[d]);
    END LOOP;
    types := types || jsonb_build_object(type_ids[g], jsonb_build_object(
      'name', names[g], 'unitPriceMinor', prices[g], 'gives', draw_units[first_draw[g]],
      'isDefault', coalesce(type_ids[g] = default_type, false), 'minPerOrder', minima[g], 'maxPerOrder', maxima[g],
      'available', left_of_type));
  END LOOP;
  available := house.capacity - house.held - house.sold - house.set_aside;
  set_aside := house.set_aside;
  seq := house.seq;
END $$;
