import type { Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";

/** What a cancellation would give back, by the terms of this sale. */
export function RefundRule({ booking }: { booking: Booking }) {
  const { checkout } = useMessages();
  const { when } = useFormat();
  const { refund_if_cancelled_now: refund, event, total_amount: total } = booking;
  if (total === 0) return null;
  if (!refund || refund.percent === 0) return <>{checkout.noRefund}</>;
  const until = refund.until && when(refund.until, event.timezone ?? "UTC");
  return <>{checkout.refund(refund.percent, until && `${until.short}, ${until.time}`)}</>;
}
