-- Batches of bookings of one server, where the database is distributed: one call, sent to where the event `p_event_id` is.
-- Each statement names its event, so that it is planned once and runs where it is sent. What an UPDATE sets are variables:
-- for an element of an array Citus 13.2 ends with a fault.

-- Inserts bookings of which none exists; fails with unique_violation if one does, or its reference.
CREATE FUNCTION insert_bookings_together(
  p_event_id uuid,
  p_booking_ids uuid[],
  p_user_ids uuid[],
  p_event_ids uuid[],
  p_references text[],
  p_quantities integer[],
  p_unit_prices_minor integer[],
  p_totals_minor bigint[],
  p_currencies text[],
  p_booked_at timestamptz[],
  p_expires_at timestamptz[],
  p_starts timestamptz[],
  p_refund_policies text[],
  p_terms integer[], -- by booking: the place of its start and its policy
  p_lines text[]
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO bookings
    (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
     booked_at, expires_at, sold_with_start, refund_policy, lines, status, payment_status)
  SELECT b.booking_id, b.user_id, b.event_id, b.reference, b.quantity, b.unit_price_minor, b.total_minor, b.currency,
         b.booked_at, b.expires_at, p_starts[b.terms], p_refund_policies[b.terms]::jsonb, b.lines::jsonb, 'pending', 'pending'
    FROM unnest(
      p_booking_ids, p_user_ids, p_event_ids, p_references, p_quantities, p_unit_prices_minor, p_totals_minor,
      p_currencies, p_booked_at, p_expires_at, p_terms, p_lines
    ) AS b (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
            booked_at, expires_at, terms, lines);
END $$;

-- pending -> confirming, as start_confirmations; `place` is that in the batch.
CREATE FUNCTION start_confirmations_together(
  p_event_id uuid,
  p_booking_ids uuid[],
  p_event_ids uuid[],
  p_user_ids uuid[],
  p_times timestamptz[],
  p_payment_ids uuid[],
  p_providers text[],
  p_methods text[],
  p_tokens text[]
) RETURNS TABLE (
  place integer, booking_id uuid, event_id uuid, user_id uuid, reference text, quantity integer,
  unit_price_minor integer, total_minor bigint, currency text, lines jsonb, refund_policy jsonb,
  sold_with_start timestamptz, status text, payment_status text, payment_id uuid, booked_at timestamptz,
  expires_at timestamptz, extended_at timestamptz, confirmed_at timestamptz, cancelled_at timestamptz,
  expired_at timestamptz, refund_minor bigint
) ROWS 10
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  at timestamptz;
  payment uuid;
BEGIN
  FOR i IN 1 .. cardinality(p_booking_ids) LOOP
    at := p_times[i];
    payment := p_payment_ids[i];
    UPDATE bookings b
       SET status = 'confirming', confirming_at = at, payment_id = payment
     WHERE b.booking_id = p_booking_ids[i]
       AND b.event_id = p_event_ids[i]
       AND b.user_id = p_user_ids[i]
       AND b.status || '' = 'pending'
       AND b.payment_status NOT IN ('requires_action', 'processing')
       AND b.expires_at > at
    RETURNING b.booking_id, b.event_id, b.user_id, b.reference, b.quantity, b.unit_price_minor, b.total_minor, b.currency,
              b.lines, b.refund_policy, b.sold_with_start, b.status, b.payment_status, b.payment_id,
              b.booked_at, b.expires_at, b.extended_at, b.confirmed_at, b.cancelled_at, b.expired_at, b.refund_minor
      INTO booking_id, event_id, user_id, reference, quantity, unit_price_minor, total_minor, currency,
           lines, refund_policy, sold_with_start, status, payment_status, payment_id,
           booked_at, expires_at, extended_at, confirmed_at, cancelled_at, expired_at, refund_minor;
    CONTINUE WHEN NOT FOUND;
    place := i;
    INSERT INTO payments
      (payment_id, event_id, booking_id, provider, method, token, status, amount_minor, currency, started_at)
    VALUES
      (payment, p_event_ids[i], p_booking_ids[i],
       CASE WHEN total_minor = 0 THEN 'free' ELSE p_providers[i] END,
       CASE WHEN total_minor = 0 THEN 'free' ELSE p_methods[i] END,
       CASE WHEN total_minor = 0 THEN '' ELSE p_tokens[i] END,
       'started', total_minor, currency, at);
    RETURN NEXT;
  END LOOP;
END $$;

-- confirming -> confirmed, as complete_confirmations.
CREATE FUNCTION complete_confirmations_together(
  p_event_id uuid,
  p_booking_ids uuid[],
  p_event_ids uuid[],
  p_payment_ids uuid[],
  p_transaction_ids text[],
  p_ticket_codes text[],
  p_times timestamptz[],
  p_holds integer[],
  OUT confirmed integer[]
)
LANGUAGE plpgsql AS $$
DECLARE
  at timestamptz;
  transaction text;
  entry uuid;
  w record;
BEGIN
  confirmed := '{}';
  FOR i IN 1 .. cardinality(p_booking_ids) LOOP
    at := p_times[i];
    transaction := p_transaction_ids[i];
    UPDATE bookings b
       SET status = 'confirmed', payment_status = 'completed', confirmed_at = at
     WHERE b.booking_id = p_booking_ids[i]
       AND b.event_id = p_event_ids[i]
       AND b.status || '' = 'confirming'
       AND coalesce((b.lines -> 0 ->> 'hold')::integer, 0) = coalesce(p_holds[i], 0)
       AND b.payment_id = p_payment_ids[i]
    RETURNING b.entry_id INTO entry;
    CONTINUE WHEN NOT FOUND;
    UPDATE payments p
       SET status = 'captured', transaction_id = transaction, finished_at = at
     WHERE p.payment_id = p_payment_ids[i] AND p.event_id = p_event_ids[i];
    INSERT INTO tickets (ticket_code, event_id, booking_id, issued_at)
    VALUES (p_ticket_codes[i], p_event_ids[i], p_booking_ids[i], at);
    INSERT INTO outbox (message_id, subject_id, event_id, topic, created_at, due_at)
    VALUES (gen_random_uuid(), p_booking_ids[i], p_event_ids[i], 'booking.confirmed', at, at);
    confirmed := confirmed || i;
    CONTINUE WHEN entry IS NULL;
    UPDATE waitlist_entries e
       SET status = 'converted'
     WHERE e.entry_id = entry AND e.event_id = p_event_ids[i]
       AND e.status || '' IN ('offered', 'waiting') AND e.offer_id = p_booking_ids[i]
    RETURNING e.user_id, e.place, e.offer_id, e.offer_type_id, e.offer_quantity INTO w;
    CONTINUE WHEN NOT FOUND;
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    VALUES (gen_random_uuid(), entry, p_event_ids[i], 'waitlist.converted',
            jsonb_build_object(
              'user_id', w.user_id, 'place', w.place, 'offer_id', w.offer_id,
              'ticket_type_id', w.offer_type_id, 'quantity', w.offer_quantity),
            at, at);
  END LOOP;
END $$;
