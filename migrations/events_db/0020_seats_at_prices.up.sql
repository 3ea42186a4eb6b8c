-- hold_seats at given prices instead of today's, null where a line has none: for seats that a booking may have been sold
-- already, which are held again. One call, as a transaction of several statements is not sent to where the event is where the
-- database is distributed.
CREATE FUNCTION hold_seats_at_prices(
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
  p_prices integer[],
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
  id uuid;
  price integer;
BEGIN
  SELECT h.on_sale, h.granted, h.existing, h.available, h.set_aside, h.seq, h.waitlist_open, h.unit_price_minor,
         h.currency, h.max_tickets_per_booking, h.start_at, h.refund_policy, h.ticket_name, h.types, h.refused
    INTO on_sale, granted, existing, available, set_aside, seq, waitlist_open, unit_price_minor,
         currency, max_tickets_per_booking, start_at, refund_policy, ticket_name, types, refused
    FROM hold_seats(
      p_event_id, p_allocation_ids, p_quantities, p_expires_at, p_source, p_revive, p_now, p_buyers, p_types,
      p_orders) AS h;
  FOR i IN 1 .. cardinality(p_allocation_ids) LOOP
    id := p_allocation_ids[i];
    price := p_prices[i];
    CONTINUE WHEN price IS NULL OR id <> ALL (granted);
    UPDATE seat_allocations a
       SET unit_price_minor = price
     WHERE a.event_id = p_event_id AND a.allocation_id = id;
  END LOOP;
END $$;
