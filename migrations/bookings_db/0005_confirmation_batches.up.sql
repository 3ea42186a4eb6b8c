-- Begin and end of confirmations, one call a batch. The server sets up a statement on `bookings`, with its CHECKs and
-- indexes, in more time than it needs for a row of it. start_confirming and complete_confirmation remain for programs of
-- the release before.
--
-- Bookings are locked in the order of their ids, so concurrent batches cannot deadlock: the items are sorted, and the
-- planner is left nothing but a nested loop over them. A plan made while a table is small is kept when it has grown, so
-- each booking is found by its id, and no index serves any other condition on it.

-- pending -> confirming, before the hold ends; the first of several claims of a booking gets it. A payment that needs its
-- buyer is resumed or voided elsewhere before another can begin. Free bookings store nothing of the request.
-- `p_event_ids` has a null for each claim that does not know the event.
CREATE FUNCTION start_confirmations(
  p_booking_ids uuid[],
  p_event_ids uuid[],
  p_user_ids uuid[],
  p_times timestamptz[],
  p_payment_ids uuid[],
  p_providers text[],
  p_methods text[],
  p_tokens text[]
) RETURNS TABLE (
  place bigint, booking_id uuid, event_id uuid, user_id uuid, reference text, quantity integer,
  unit_price_minor integer, total_minor bigint, currency char(3), lines jsonb, refund_policy jsonb,
  sold_with_start timestamptz, status text, payment_status text, payment_id uuid, booked_at timestamptz,
  expires_at timestamptz, extended_at timestamptz, confirmed_at timestamptz, cancelled_at timestamptz,
  expired_at timestamptz, refund_minor bigint
) ROWS 10
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH b AS (
    UPDATE bookings o
       SET status = 'confirming', confirming_at = c.now, payment_id = c.payment_id
      FROM (
        SELECT *
          FROM unnest(
            p_booking_ids, p_event_ids, p_user_ids, p_times, p_payment_ids, p_providers, p_methods, p_tokens
          ) WITH ORDINALITY
            AS claim (booking_id, event_id, user_id, now, payment_id, provider, method, token, place)
         ORDER BY claim.booking_id, claim.place
      ) AS c
     WHERE o.booking_id = c.booking_id
       AND o.event_id = coalesce(c.event_id, o.event_id)
       AND o.user_id IS NOT DISTINCT FROM c.user_id
       AND o.status || '' = 'pending'
       AND o.payment_status <> 'requires_action'
       AND o.expires_at > c.now
    RETURNING o.*, c.place, c.provider, c.method, c.token
  ), started AS (
    INSERT INTO payments
      (payment_id, event_id, booking_id, provider, method, token, status, amount_minor, currency, started_at)
    SELECT b.payment_id, b.event_id, b.booking_id,
           CASE b.total_minor WHEN 0 THEN 'free' ELSE b.provider END,
           CASE b.total_minor WHEN 0 THEN 'free' ELSE b.method END,
           CASE b.total_minor WHEN 0 THEN '' ELSE b.token END,
           'started', b.total_minor, b.currency, b.confirming_at
      FROM b
  )
  SELECT b.place, b.booking_id, b.event_id, b.user_id, b.reference, b.quantity, b.unit_price_minor, b.total_minor,
         b.currency, b.lines, b.refund_policy, b.sold_with_start, b.status, b.payment_status, b.payment_id, b.booked_at,
         b.expires_at, b.extended_at, b.confirmed_at, b.cancelled_at, b.expired_at, b.refund_minor
    FROM b;
END $$;

-- confirming -> confirmed: updates bookings and payments, issues the tickets, and converts the entries of the waitlist
-- whose offers they are. Returns the places of those that it confirmed, from 1; the first of several captures of a booking
-- confirms it.
CREATE FUNCTION complete_confirmations(
  p_booking_ids uuid[],
  p_event_ids uuid[],
  p_payment_ids uuid[],
  p_transaction_ids text[],
  p_ticket_codes text[],
  p_times timestamptz[],
  OUT confirmed integer[]
)
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  entry_ids uuid[];
  places integer[];
BEGIN
  WITH b AS (
    UPDATE bookings o
       SET status = 'confirmed', payment_status = 'completed', confirmed_at = c.now
      FROM (
        SELECT *
          FROM unnest(
            p_booking_ids, p_event_ids, p_payment_ids, p_transaction_ids, p_ticket_codes, p_times
          ) WITH ORDINALITY
            AS capture (booking_id, event_id, payment_id, transaction_id, ticket_code, now, place)
         ORDER BY capture.booking_id, capture.place
      ) AS c
     WHERE o.booking_id = c.booking_id
       AND o.event_id IS NOT DISTINCT FROM c.event_id
       AND o.status || '' = 'confirming'
       AND o.payment_id = c.payment_id
    RETURNING o.booking_id, o.event_id, o.payment_id, o.confirmed_at, o.entry_id, c.place::integer, c.transaction_id,
              c.ticket_code
  ), captured AS (
    UPDATE payments p
       SET status = 'captured', transaction_id = b.transaction_id, finished_at = b.confirmed_at
      FROM b
     WHERE p.payment_id = b.payment_id AND p.event_id = b.event_id
  ), issued AS (
    INSERT INTO tickets (ticket_code, event_id, booking_id, issued_at)
    SELECT b.ticket_code, b.event_id, b.booking_id, b.confirmed_at FROM b
  )
  SELECT coalesce(array_agg(b.place), '{}'),
         coalesce(array_agg(b.entry_id ORDER BY b.entry_id) FILTER (WHERE b.entry_id IS NOT NULL), '{}'),
         array_agg(b.place ORDER BY b.entry_id) FILTER (WHERE b.entry_id IS NOT NULL)
    INTO confirmed, entry_ids, places
    FROM b;
  FOR i IN 1 .. cardinality(entry_ids) LOOP
    WITH w AS (
      UPDATE waitlist_entries e
         SET status = 'converted'
       WHERE e.entry_id = entry_ids[i] AND e.event_id = p_event_ids[places[i]]
         AND e.status || '' = 'offered' AND e.offer_id = p_booking_ids[places[i]]
      RETURNING e.*
    )
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    SELECT gen_random_uuid(), w.entry_id, w.event_id, 'waitlist.converted',
           jsonb_build_object(
             'user_id', w.user_id, 'place', w.place, 'offer_id', w.offer_id,
             'ticket_type_id', w.offer_type_id, 'quantity', w.offer_quantity),
           p_times[places[i]], p_times[places[i]]
      FROM w;
  END LOOP;
END $$;

-- Payments and tickets are inserted from rows of `bookings` that the same statement has just changed, and bookings are
-- never deleted. The checks of these keys were a quarter of a confirmation, and their plans, made while `bookings` is
-- small, read all bookings of an event.
ALTER TABLE payments DROP CONSTRAINT payments_booking_id_event_id_fkey;
ALTER TABLE tickets DROP CONSTRAINT tickets_booking_id_event_id_fkey;
