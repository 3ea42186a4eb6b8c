-- Opening and closing the waitlists of ticket types. Who waits, and in which order, is in bookings_db: an event only knows
-- for which types its free seats are set aside (settle_set_aside, 0005).

-- What decides whether somebody can buy tickets of some ticket types: whether they are sold now, how many one order can
-- have (as `largestOrder` of services/event/inventory/offer.ts), and how many the public could have. Archived types are
-- left out.
CREATE FUNCTION types_to_wait_for(
  p_event_id uuid,
  p_types uuid[],
  p_now timestamptz,
  OUT ids uuid[],
  OUT sells boolean[],
  OUT minima integer[],
  OUT largest integer[],
  OUT available integer[],
  OUT opened boolean[]
) LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT coalesce(array_agg(t.ticket_type_id), '{}'), array_agg(t.sells), array_agg(t.min_per_order),
         array_agg(t.largest), array_agg(t.available), array_agg(t.waitlist_open)
    INTO ids, sells, minima, largest, available, opened
    FROM (
      SELECT y.ticket_type_id, y.min_per_order, y.waitlist_open,
             y.status = 'active' AND coalesce(y.sales_start <= p_now, true) AND coalesce(y.sales_end > p_now, true) AS sells,
             least(least(e.max_tickets_per_booking, e.max_held_per_user) / y.units[1], y.max_per_order, y.max_per_buyer)
               AS largest,
             min((i.capacity - i.held - i.sold - i.set_aside) / y.units[array_position(y.pools, i.pool)]) AS available
        FROM ticket_types y
        JOIN events e ON e.event_id = y.event_id
        JOIN seat_inventory i ON i.event_id = y.event_id AND i.pool = ANY (y.pools)
       WHERE y.event_id = p_event_id AND y.ticket_type_id = ANY (p_types) AND y.status <> 'archived'
       GROUP BY y.event_id, y.type, e.max_tickets_per_booking, e.max_held_per_user
    ) AS t;
END $$;

-- Lets people wait for ticket types, for each of `p_wishes` in their order. `p_wishes` numbers the wish, from 1, of each
-- type in `p_types`; `p_min_quantities` are by wish. `results` are by wish, the first that applies:
--   no_such_type  a type is unknown or archived
--   not_on_sale   none of the types is sold now
--   too_many      no order of any of the types can have so many
--   available     the public can have so many of one of them: nothing is opened
--   waits         the waitlists of all its types are open, and of a new generation
-- `on_sale` is whether the event is, null for an unknown one; if not, nothing is done.
CREATE FUNCTION open_waitlists(
  p_event_id uuid,
  p_types uuid[],
  p_wishes integer[],
  p_min_quantities integer[],
  p_now timestamptz,
  OUT on_sale boolean,
  OUT results text[],
  OUT available_before integer,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  house seat_counters;
  known record;
  opened uuid[] := '{}';
  wished uuid[];
  wanted integer;
  k integer;
  is_known boolean;
  sells boolean;
  can_order boolean;
  is_available boolean;
  opens boolean;
  result text;
BEGIN
  results := '{}';
  house := lock_inventory(p_event_id);
  SELECT e.status = 'published' AND e.start_at > p_now INTO on_sale FROM events e WHERE e.event_id = p_event_id;
  available_before := house.capacity - house.held - house.sold - house.set_aside;
  IF on_sale THEN
    SELECT * INTO known FROM types_to_wait_for(p_event_id, p_types, p_now);
    FOR wish IN 1 .. cardinality(p_min_quantities) LOOP
      wished := ARRAY(
        SELECT w.id FROM unnest(p_types, p_wishes) WITH ORDINALITY AS w (id, wish_no, place)
         WHERE w.wish_no = wish
         ORDER BY w.place);
      is_known := true;
      sells := false;
      can_order := false;
      is_available := false;
      opens := false;
      FOR i IN 1 .. cardinality(wished) LOOP
        k := array_position(known.ids, wished[i]);
        is_known := is_known AND k IS NOT NULL;
        CONTINUE WHEN k IS NULL;
        wanted := greatest(p_min_quantities[wish], known.minima[k]);
        sells := sells OR known.sells[k];
        can_order := can_order OR wanted <= known.largest[k];
        is_available := is_available
          OR (known.sells[k] AND wanted <= known.largest[k] AND wanted <= known.available[k]);
        opens := opens OR NOT known.opened[k];
      END LOOP;
      result := CASE
        WHEN NOT is_known THEN 'no_such_type'
        WHEN NOT sells THEN 'not_on_sale'
        WHEN NOT can_order THEN 'too_many'
        WHEN is_available THEN 'available'
        ELSE 'waits'
      END;
      results := results || result;
      CONTINUE WHEN result <> 'waits';
      opened := opened || wished;
      IF opens THEN
        UPDATE ticket_types y
           SET waitlist_open = true
         WHERE y.event_id = p_event_id AND y.ticket_type_id = ANY (wished) AND NOT y.waitlist_open;
        house := settle_set_aside(p_event_id);
        SELECT * INTO known FROM types_to_wait_for(p_event_id, p_types, p_now);
      END IF;
    END LOOP;
    UPDATE ticket_types y
       SET waitlist_generation = y.waitlist_generation + 1
     WHERE y.event_id = p_event_id AND y.ticket_type_id = ANY (opened);
  END IF;
  available := house.capacity - house.held - house.sold - house.set_aside;
  set_aside := house.set_aside;
  seq := house.seq;
END $$;

-- Closes waitlists that nobody has begun to wait for since they had these generations: `closed`. What was set aside for
-- them alone returns to the public.
CREATE FUNCTION close_waitlists(
  p_event_id uuid,
  p_types uuid[],
  p_generations integer[],
  OUT closed uuid[],
  OUT available_before integer,
  OUT available integer,
  OUT set_aside integer,
  OUT seq bigint
) LANGUAGE plpgsql AS $$
DECLARE
  house seat_counters;
BEGIN
  house := lock_inventory(p_event_id);
  available_before := coalesce(house.capacity - house.held - house.sold - house.set_aside, 0);
  SELECT coalesce(array_agg(y.ticket_type_id), '{}') INTO closed
    FROM unnest(p_types, p_generations) AS seen (id, generation)
    JOIN ticket_types y ON y.event_id = p_event_id AND y.ticket_type_id = seen.id
     AND y.waitlist_generation = seen.generation;
  UPDATE ticket_types y
     SET waitlist_open = false
   WHERE y.event_id = p_event_id AND y.ticket_type_id = ANY (closed) AND y.waitlist_open;
  IF FOUND THEN house := settle_set_aside(p_event_id); END IF;
  available := coalesce(house.capacity - house.held - house.sold - house.set_aside, 0);
  set_aside := coalesce(house.set_aside, 0);
  seq := coalesce(house.seq, 0);
END $$;
