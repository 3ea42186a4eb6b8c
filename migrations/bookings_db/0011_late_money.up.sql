-- confirming -> confirmed, as before, with two changes for money that comes after the hold.
--
-- `p_holds` says which hold of each booking was sold, and is null if all are the first. A booking whose seats were taken
-- anew meanwhile is not confirmed for seats that it had before. The function without it remains for the program of the
-- release before.
--
-- A waiting entry is converted, too, if it is its last offer that is paid: the offer lapsed, which brought the entry back.
-- Its user has tickets and waits no longer.
CREATE FUNCTION complete_confirmations(
  p_booking_ids uuid[],
  p_event_ids uuid[],
  p_payment_ids uuid[],
  p_transaction_ids text[],
  p_ticket_codes text[],
  p_times timestamptz[],
  p_holds integer[],
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
            p_booking_ids, p_event_ids, p_payment_ids, p_transaction_ids, p_ticket_codes, p_times, p_holds
          ) WITH ORDINALITY
            AS capture (booking_id, event_id, payment_id, transaction_id, ticket_code, now, hold, place)
         ORDER BY capture.booking_id, capture.place
      ) AS c
     WHERE o.booking_id = c.booking_id
       AND o.event_id IS NOT DISTINCT FROM c.event_id
       AND o.status || '' = 'confirming'
       AND coalesce((o.lines -> 0 ->> 'hold')::integer, 0) = coalesce(c.hold, 0)
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
  ), facts AS (
    INSERT INTO outbox (message_id, subject_id, event_id, topic, created_at, due_at)
    SELECT gen_random_uuid(), b.booking_id, b.event_id, 'booking.confirmed', b.confirmed_at, b.confirmed_at FROM b
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
         AND e.status || '' IN ('offered', 'waiting') AND e.offer_id = p_booking_ids[places[i]]
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
