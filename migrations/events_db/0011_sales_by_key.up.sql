-- commit_seats as in 0005, but that no index serves its condition on the state. While the table is small, the planner took
-- the index of held allocations, and a connection kept that plan when thousands were held: each sale read all of them.
CREATE OR REPLACE FUNCTION commit_seats(
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
       AND a.state || '' = 'held'
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
