import type { Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { stockOf } from "../../parts/stock.ts";
import { unbroken } from "../../parts/unbroken.ts";

/** What is bought and what it costs, as the ticket that it becomes. */
export function OrderSummary({ booking }: { booking: Booking }) {
  const { checkout, common } = useMessages();
  const format = useFormat();
  const { lines, currency, total_amount: total } = booking;
  const totalLabel: Partial<Record<Booking["status"], string>> = {
    pending: checkout.youPay,
    confirmed: checkout.youPaid,
  };
  const amount = (value: number) => value === 0 ? common.free : format.money(value, currency);
  return (
    <aside
      className="sum ticket"
      data-stock={stockOf(booking.event_type ?? "")}
      aria-label={checkout.summary}
    >
      <div>
        <h2>{unbroken(booking.event_name)}</h2>
        <p className="small sum__when">
          <b>
            <When booking={booking} />
          </b>
          <br />
          <Where booking={booking} />
        </p>
      </div>
      <div>
        <dl>
          {lines.map((line) => (
            <div key={line.ticket_type_id}>
              <dt>
                {lines.length > 1 ? `${line.name}: ` : ""}
                {checkout.each(
                  line.quantity,
                  format.number(line.quantity),
                  amount(line.unit_price),
                )}
              </dt>
              <dd>{amount(line.total)}</dd>
            </div>
          ))}
          <div>
            <dt>{checkout.fees}</dt>
            <dd>{checkout.none}</dd>
          </div>
          <div className="sum__total">
            <dt>{totalLabel[booking.status] ?? checkout.total}</dt>
            <dd>{amount(total)}</dd>
          </div>
        </dl>
      </div>
    </aside>
  );
}

/** The same in two lines, for small screens. */
export function OrderBrief({ booking }: { booking: Booking }) {
  const { common } = useMessages();
  const { money, number } = useFormat();
  const { quantity, total_amount: total, currency } = booking;
  return (
    <div className="brief">
      <p>
        <b>{unbroken(booking.event_name)}</b>
        <span className="small soft">
          <When booking={booking} /> · {common.tickets(quantity, number(quantity))}
        </span>
      </p>
      <b className="brief__total">{total === 0 ? common.free : money(total, currency)}</b>
    </div>
  );
}

function When({ booking: { event } }: { booking: Booking }) {
  const format = useFormat();
  if (!event.datetime) return null;
  const when = format.when(event.datetime, event.timezone ?? "UTC");
  return <time dateTime={event.datetime}>{when.short}, {when.time}</time>;
}

function Where({ booking: { event } }: { booking: Booking }) {
  return <>{[event.venue, event.venue_city].filter(Boolean).join(", ")}</>;
}
