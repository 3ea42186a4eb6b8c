-- Begin and end of a confirmation, one booking per call. A statement calls them for many bookings in the order of
-- booking ids, so concurrent batches cannot deadlock. Rows are selected by key, so no plan depends on table sizes.
-- They return the booking as columns: a function of a distributed PostgreSQL cannot return a table's row type.

-- pending -> confirming, before the hold ends; one of several callers gets the row. A payment that needs its buyer is
-- resumed or voided elsewhere before another can begin. Free bookings store nothing of the request.
CREATE FUNCTION start_confirming(
  p_booking_id uuid,
  p_event_id uuid,
  p_user_id uuid,
  p_now timestamptz,
  p_payment_id uuid,
  p_provider text,
  p_method text,
  p_token text
) RETURNS TABLE (
  booking_id uuid, event_id uuid, user_id uuid, reference text, quantity integer, unit_price_minor integer,
  total_minor bigint, currency char(3), lines jsonb, refund_policy jsonb, sold_with_start timestamptz, status text,
  payment_status text, payment_id uuid, booked_at timestamptz, expires_at timestamptz, extended_at timestamptz,
  confirmed_at timestamptz, cancelled_at timestamptz, expired_at timestamptz, refund_minor bigint
) ROWS 1
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH b AS (
    UPDATE bookings
       SET status = 'confirming', confirming_at = p_now, payment_id = p_payment_id
     WHERE booking_id = p_booking_id
       AND event_id = p_event_id
       AND user_id = p_user_id
       AND status = 'pending'
       AND payment_status <> 'requires_action'
       AND expires_at > p_now
    RETURNING *
  ), started AS (
    INSERT INTO payments
      (payment_id, event_id, booking_id, provider, method, token, status, amount_minor, currency, started_at)
    SELECT b.payment_id, b.event_id, b.booking_id,
           CASE b.total_minor WHEN 0 THEN 'free' ELSE p_provider END,
           CASE b.total_minor WHEN 0 THEN 'free' ELSE p_method END,
           CASE b.total_minor WHEN 0 THEN '' ELSE p_token END,
           'started', b.total_minor, b.currency, p_now
      FROM b
  )
  SELECT b.booking_id, b.event_id, b.user_id, b.reference, b.quantity, b.unit_price_minor, b.total_minor, b.currency,
         b.lines, b.refund_policy, b.sold_with_start, b.status, b.payment_status, b.payment_id, b.booked_at,
         b.expires_at, b.extended_at, b.confirmed_at, b.cancelled_at, b.expired_at, b.refund_minor
    FROM b;
END $$;

-- confirming -> confirmed: updates booking and payment, issues the ticket, and converts the entry of the waitlist whose
-- offer it is.
CREATE FUNCTION complete_confirmation(
  p_booking_id uuid,
  p_event_id uuid,
  p_payment_id uuid,
  p_transaction_id text,
  p_ticket_code text,
  p_now timestamptz
) RETURNS TABLE (
  booking_id uuid, event_id uuid, user_id uuid, reference text, quantity integer, unit_price_minor integer,
  total_minor bigint, currency char(3), lines jsonb, refund_policy jsonb, sold_with_start timestamptz, status text,
  payment_status text, payment_id uuid, booked_at timestamptz, expires_at timestamptz, extended_at timestamptz,
  confirmed_at timestamptz, cancelled_at timestamptz, expired_at timestamptz, refund_minor bigint
) ROWS 1
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_entry_id uuid;
BEGIN
  WITH b AS (
    UPDATE bookings
       SET status = 'confirmed', payment_status = 'completed', confirmed_at = p_now
     WHERE booking_id = p_booking_id AND event_id = p_event_id AND status = 'confirming' AND payment_id = p_payment_id
    RETURNING *
  ), captured AS (
    UPDATE payments p
       SET status = 'captured', transaction_id = p_transaction_id, finished_at = p_now
      FROM b
     WHERE p.payment_id = b.payment_id AND p.event_id = b.event_id
  ), issued AS (
    INSERT INTO tickets (ticket_code, event_id, booking_id, issued_at)
    SELECT p_ticket_code, b.event_id, b.booking_id, p_now FROM b
  )
  SELECT b.booking_id, b.event_id, b.user_id, b.reference, b.quantity, b.unit_price_minor, b.total_minor, b.currency,
         b.lines, b.refund_policy, b.sold_with_start, b.status, b.payment_status, b.payment_id, b.booked_at,
         b.expires_at, b.extended_at, b.confirmed_at, b.cancelled_at, b.expired_at, b.refund_minor, b.entry_id
    FROM b
    INTO booking_id, event_id, user_id, reference, quantity, unit_price_minor, total_minor, currency,
         lines, refund_policy, sold_with_start, status, payment_status, payment_id, booked_at,
         expires_at, extended_at, confirmed_at, cancelled_at, expired_at, refund_minor, v_entry_id;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF v_entry_id IS NOT NULL THEN
    WITH w AS (
      UPDATE waitlist_entries
         SET status = 'converted'
       WHERE entry_id = v_entry_id AND event_id = p_event_id AND status = 'offered' AND offer_id = p_booking_id
      RETURNING *
    )
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    SELECT gen_random_uuid(), w.entry_id, w.event_id, 'waitlist.converted',
           jsonb_build_object(
             'user_id', w.user_id, 'place', w.place, 'offer_id', w.offer_id,
             'ticket_type_id', w.offer_type_id, 'quantity', w.offer_quantity),
           p_now, p_now
      FROM w;
  END IF;
  RETURN NEXT;
END $$;
