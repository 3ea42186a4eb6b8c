-- Begin and end of a confirmation, one booking per call. A statement calls them for many bookings in the order of
-- booking ids, so concurrent batches cannot deadlock. Rows are selected by key, so no plan depends on table sizes.

-- pending -> confirming, before the hold ends; one of several callers gets the row. A payment that needs its buyer is
-- resumed or voided elsewhere before another can begin. Free bookings store nothing of the request.
CREATE FUNCTION start_confirming(
  p_booking_id uuid,
  p_user_id uuid,
  p_now timestamptz,
  p_payment_id uuid,
  p_provider text,
  p_method text,
  p_token text
) RETURNS SETOF bookings ROWS 1
LANGUAGE sql AS $$
  WITH b AS (
    UPDATE bookings
       SET status = 'confirming', confirming_at = p_now, payment_id = p_payment_id
     WHERE booking_id = p_booking_id
       AND user_id = p_user_id
       AND status = 'pending'
       AND payment_status <> 'requires_action'
       AND expires_at > p_now
    RETURNING *
  ), started AS (
    INSERT INTO payments
      (payment_id, booking_id, provider, method, token, status, amount_minor, currency, started_at)
    SELECT b.payment_id, b.booking_id,
           CASE b.total_minor WHEN 0 THEN 'free' ELSE p_provider END,
           CASE b.total_minor WHEN 0 THEN 'free' ELSE p_method END,
           CASE b.total_minor WHEN 0 THEN '' ELSE p_token END,
           'started', b.total_minor, b.currency, p_now
      FROM b
  )
  SELECT * FROM b
$$;

-- confirming -> confirmed: updates booking and payment, and issues the ticket.
CREATE FUNCTION complete_confirmation(
  p_booking_id uuid,
  p_payment_id uuid,
  p_transaction_id text,
  p_ticket_code text,
  p_now timestamptz
) RETURNS SETOF bookings ROWS 1
LANGUAGE sql AS $$
  WITH b AS (
    UPDATE bookings
       SET status = 'confirmed', payment_status = 'completed', confirmed_at = p_now
     WHERE booking_id = p_booking_id AND status = 'confirming' AND payment_id = p_payment_id
    RETURNING *
  ), captured AS (
    UPDATE payments p
       SET status = 'captured', transaction_id = p_transaction_id, finished_at = p_now
      FROM b
     WHERE p.payment_id = b.payment_id
  ), issued AS (
    INSERT INTO tickets (ticket_code, booking_id, issued_at)
    SELECT p_ticket_code, b.booking_id, p_now FROM b
  )
  SELECT * FROM b
$$;
