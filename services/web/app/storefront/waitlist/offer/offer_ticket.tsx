import type { PublicEvent } from "../../../api/events.ts";
import type { WaitlistOffer } from "../../../api/waitlist.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { stockOf } from "../../../parts/stock.ts";
import { unbroken } from "../../../parts/unbroken.ts";
import { zoneOf } from "../../event/zone.ts";

/** What is offered and what it costs, as the ticket that it becomes. */
export function OfferTicket({ event, offer }: { event: PublicEvent; offer: WaitlistOffer }) {
  const { common, waitlist } = useMessages();
  const { money, number, when: whenOf } = useFormat();
  const when = whenOf(event.start_datetime, zoneOf(event));
  const { quantity, total_amount: total, currency } = offer;
  const amount = (value: number) => value === 0 ? common.free : money(value, currency);
  const type = event.ticket_types.length > 1
    ? event.ticket_types.find((one) => one.ticket_type_id === offer.ticket_type_id)
    : undefined;
  return (
    <div className="offer-ticket ticket" data-stock={stockOf(event.event_type)}>
      <div>
        <h2>{unbroken(event.name)}</h2>
        <p className="small">
          <b>
            <time dateTime={event.start_datetime}>{when.short}, {when.time}</time>
          </b>
          <br />
          {event.venue_name}, {event.venue_city}
        </p>
      </div>
      <p className="offer-price">
        <span>
          {type ? `${type.name}: ` : ""}
          {waitlist.each(number(quantity), amount(total / quantity))}
        </span>
        <b>{amount(total)}</b>
      </p>
    </div>
  );
}
