import type { PublicEvent } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { SeatBar } from "../../../parts/seat_bar.tsx";
import type { LiveEvent } from "../use_live_event.ts";
import { zoneOf } from "../zone.ts";
import { usePrice } from "./use_price.ts";
import { StaleNote } from "./stale_note.tsx";

/** The price and the seats that are left; or, where nothing is sold, what has become of the event. */
export function PanelHead({ live }: { live: LiveEvent }) {
  const { event, sale } = live;
  const { event: texts } = useMessages();
  const format = useFormat();
  switch (sale.kind) {
    case "cancelled":
      return <h2 className="panel-state">{texts.cancelled}</h2>;
    case "begun":
      return <h2 className="panel-state">{texts.begun}</h2>;
    case "past": {
      const { longWithoutYear } = format.when(event.start_datetime, zoneOf(event));
      return <h2 className="panel-state">{texts.past(longWithoutYear)}</h2>;
    }
    case "closed":
      return <h2 className="panel-state">{texts.closed}</h2>;
    case "sold_out":
      return (
        <>
          <h2 className="panel-state">{texts.soldOut}</h2>
          <Waiting event={event} />
        </>
      );
    case "soon":
      return <PriceLine event={event} />;
    case "on_sale":
      return (
        <>
          <PriceLine event={event} />
          <Seats live={live} isFew={sale.isFew} />
        </>
      );
  }
}

/** The price of the only type, or the lowest one. */
export function PriceLine({ event }: { event: PublicEvent }) {
  const { event: texts } = useMessages();
  const { number } = useFormat();
  const price = usePrice(event);
  const { price_range: { max }, ticket_types: [first, ...further] } = event;
  const each = first && first.gives > 1
    ? texts.eachGiving(first.gives, number(first.gives))
    : texts.each;
  return (
    <p className="panel-price">
      <b>{price}</b>
      <span>{max === 0 ? texts.nothingToPay : further.length > 0 ? texts.allFees : each}</span>
    </p>
  );
}

function Seats({ live, isFew }: { live: LiveEvent; isFew: boolean }) {
  const { common, event: texts } = useMessages();
  const { number } = useFormat();
  const { available_seats: left, total_capacity: capacity } = live.event;
  return (
    <div className="seats">
      <SeatBar left={left} capacity={capacity} />
      <p className="small">
        <b>
          {isFew ? common.onlyLeft(number(left)) : texts.leftOf(number(left), number(capacity))}
        </b>
      </p>
      <StaleNote live={live} />
    </div>
  );
}

/** How many people wait, where the API says so. */
function Waiting({ event }: { event: PublicEvent & { waiting?: number } }) {
  const { event: texts } = useMessages();
  const { number } = useFormat();
  if (!event.waiting) return null;
  return <p className="small">{texts.waiting(event.waiting, number(event.waiting))}</p>;
}
