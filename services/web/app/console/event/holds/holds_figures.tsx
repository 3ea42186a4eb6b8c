import { useFormat } from "../../../messages/use_messages.ts";
import type { UnpaidHolds } from "../../api/event_holds.ts";
import { Stat, Stats } from "../../parts/stat.tsx";
import { useConsoleMessages } from "../../use_console.ts";

/** What is held and not paid now, and how much lapsed recently. */
export function HoldsFigures({ holds }: { holds: UnpaidHolds | undefined }) {
  const { eventHolds: texts } = useConsoleMessages();
  const { number } = useFormat();

  function percent({ lapsed_share: share }: UnpaidHolds["last_hour"]): string {
    return share === undefined ? "–" : `${number(Math.round(share * 100))} %`;
  }

  function lapsedText({ paid, lapsed }: UnpaidHolds["last_hour"]): string {
    return texts.lapsedOf(number(lapsed.bookings), number(lapsed.bookings + paid.bookings));
  }

  return (
    <Stats label={texts.figures}>
      <Stat label={texts.held} value={holds && number(holds.held.tickets)}>
        {holds && texts.heldBy(holds.held.accounts, number(holds.held.accounts))}
      </Stat>
      <Stat label={texts.paying} value={holds && number(holds.paying.tickets)}>
        {texts.payingMore}
      </Stat>
      <Stat label={texts.lastHour} value={holds && percent(holds.last_hour)}>
        {holds && lapsedText(holds.last_hour)}
      </Stat>
      <Stat label={texts.lastDay} value={holds && percent(holds.last_day)}>
        {holds && lapsedText(holds.last_day)}
      </Stat>
    </Stats>
  );
}
