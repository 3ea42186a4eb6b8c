-- Payments whose provider tells later how they ended.

-- processing: the provider does not know yet. The booking of such a payment may end before the payment does.
ALTER TABLE bookings
  DROP CONSTRAINT bookings_payment_status_check,
  ADD CONSTRAINT bookings_payment_status_check CHECK (payment_status IN (
    'pending', 'requires_action', 'processing', 'completed', 'failed', 'refunded')),
  ADD CONSTRAINT bookings_processing_check CHECK ((payment_status = 'processing') <= (payment_id IS NOT NULL));
ALTER TABLE payments
  DROP CONSTRAINT payments_status_check,
  ADD CONSTRAINT payments_status_check CHECK (status IN (
    'started', 'requires_action', 'processing', 'captured', 'declined', 'voided', 'refunded'));

-- payment.look: a payment is to be looked at again at its provider, as a webhook says or as nobody knows how it ended.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_topic_check,
  ADD CONSTRAINT outbox_topic_check CHECK (topic IN (
    'seats.release', 'payment.refund', 'payment.void', 'payment.look',
    'waitlist.joined', 'waitlist.offered', 'waitlist.offer_lapsed', 'waitlist.converted',
    'booking.confirmed', 'booking.cancelled', 'booking.requires_action', 'booking.payment_returned', 'mail.send'));

-- As before; a payment that its provider is processing is resumed or voided before another can begin, too.
CREATE OR REPLACE FUNCTION start_confirmations(
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
       AND o.payment_status NOT IN ('requires_action', 'processing')
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
