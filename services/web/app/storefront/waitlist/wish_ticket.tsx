import type { PublicEvent } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { stockOf } from "../../parts/stock.ts";
import { zoneOf } from "../event/zone.ts";
import { chosenOf } from "./join/wish.ts";

/** What is waited for and what it would cost, as the ticket that it may become. */
export function WishTicket({ event, quantity, ticketTypeIds }: {
  event: PublicEvent;
  quantity: number;
  ticketTypeIds: readonly string[];
}) {
  const { common, waitlist } = useMessages();
  const { money, number, when: whenOf } = useFormat();
  const when = whenOf(event.start_datetime, zoneOf(event));
  const types = chosenOf(event, ticketTypeIds);
  const amount = (price: number) => price === 0 ? common.free : money(price, event.currency);
  return (
    <aside
      className="wait-ticket ticket"
      data-stock={stockOf(event.event_type)}
      aria-label={waitlist.wishLabel}
    >
      <div>
        <h3>{common.tickets(quantity, number(quantity))}</h3>
        <p className="small">
          <b>
            <time dateTime={event.start_datetime}>{when.short}, {when.time}</time>
          </b>
          <br />
          {event.venue_name}, {event.venue_city}
        </p>
      </div>
      <dl>
        {types.map(({ ticket_type_id, name, price }) => (
          <div key={ticket_type_id}>
            <dt>
              {event.ticket_types.length > 1 ? `${name}: ` : ""}
              {waitlist.each(number(quantity), amount(price))}
            </dt>
            <dd>{amount(price * quantity)}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
