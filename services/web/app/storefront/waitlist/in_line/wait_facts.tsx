import type { PublicEvent } from "../../../api/events.ts";
import type { WaitlistPlace, WaitlistWhy } from "../../../api/waitlist.ts";
import type { Format } from "../../../messages/format.ts";
import type { Messages } from "../../../messages/messages.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { chosenOf } from "../join/wish.ts";
import { useClockTime } from "../use_clock_time.ts";

/** How long it may take, who is before one, and why there is nothing yet. */
export function WaitFacts({ event, place }: { event: PublicEvent; place: WaitlistPlace }) {
  const { waitlist } = useMessages();
  const { number } = useFormat();
  const why = useWhyText(place.why);
  const { ahead, estimated_minutes: atPace, estimated_wait: usual } = place;
  const types = chosenOf(event, place.ticket_type_ids).map(({ name }) => name);
  return (
    <dl className="facts wait-facts" aria-live="off">
      <dt>{waitlist.ahead}</dt>
      <dd>
        {ahead.entries === 0 ? waitlist.nobodyAhead : waitlist.aheadOf(
          ahead.entries,
          number(ahead.entries),
          ahead.seats,
          number(ahead.seats),
        )}
      </dd>
      <dt>{waitlist.usualWait}</dt>
      <dd>{atPace === undefined ? waitlist.waits[usual] ?? usual : waitlist.atThisPace(atPace)}</dd>
      {why ? <dt>{waitlist.why}</dt> : null}
      {why ? <dd>{why}</dd> : null}
      {event.ticket_types.length > 1 ? <dt>{waitlist.which}</dt> : null}
      {event.ticket_types.length > 1 ? <dd>{waitlist.wishTypes(types)}</dd> : null}
      <dt>{waitlist.weTell}</dt>
      <dd>{waitlist.weTellWhere}</dd>
    </dl>
  );
}

/** The reason in plain words; nothing for one that this page does not know. */
function useWhyText(why: WaitlistWhy | undefined): string | undefined {
  const { waitlist } = useMessages();
  const format = useFormat();
  const clockTime = useClockTime();
  return why && whyText(why, { waitlist, format, clockTime });
}

function whyText(
  { code, entries = 0, seats = 0, kept = 0, of = 0, until }: WaitlistWhy,
  { waitlist, format: { number }, clockTime }: {
    waitlist: Messages["waitlist"];
    format: Format;
    clockTime(iso: string): string;
  },
): string | undefined {
  const time = until ? clockTime(until) : "";
  switch (code) {
    case "NOTHING_FREE":
      return waitlist.whyNothingFree;
    case "OTHERS_FIRST":
      return waitlist.whyOthersFirst(entries, number(entries), number(seats));
    case "GATHERING":
      return waitlist.whyGathering(number(kept), number(of), time);
    case "BEHIND_A_GROUP":
      return waitlist.whyBehindGroup(time);
    case "STANDING_BACK":
      return waitlist.whyStandingBack(time);
    case "NOT_ON_SALE":
      return waitlist.whyNotOnSale;
    case "PAUSED":
      return waitlist.whyPaused;
    case "CLOSED":
      return undefined;
  }
}
