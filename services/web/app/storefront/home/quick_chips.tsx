import { Link } from "@tanstack/react-router";
import type { SearchResponse } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { stockOf } from "../../parts/stock.ts";
import { justBelow } from "../events/use_filter_labels.ts";
import { NearMe } from "./near_me.tsx";

/** Kinds that are offered as chips; all of them stand further down. */
const CHIP_KINDS = 6;
const SMALL_PRICE = 500;
const SHOP_CURRENCY = "INR";

/** The searches that people make most, one press away. */
export function QuickChips({ kinds }: { kinds: SearchResponse["facets"]["event_types"] }) {
  const { common, home } = useMessages();
  const { money } = useFormat();
  return (
    <NearMe>
      <li>
        <Link className="chip" to="/events" search={{ when: "weekend" }} preload={false}>
          {home.thisWeekend}
        </Link>
      </li>
      <li>
        <Link className="chip" to="/events" search={{ max: justBelow(SMALL_PRICE) }}>
          {home.underPrice(money(SMALL_PRICE, SHOP_CURRENCY))}
        </Link>
      </li>
      {kinds.slice(0, CHIP_KINDS).map(({ value }) => (
        <li key={value}>
          <Link className="chip" data-stock={stockOf(value)} to="/events" search={{ type: value }}>
            <i />
            {common.kinds[value] ?? value}
          </Link>
        </li>
      ))}
    </NearMe>
  );
}
