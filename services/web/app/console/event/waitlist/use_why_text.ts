import { useFormat } from "../../../messages/use_messages.ts";
import type { WaitlistEntry } from "../../api/event_waitlist.ts";
import { useConsoleMessages } from "../../use_console.ts";

/** Why somebody in line has no offer, in words. */
export function useWhyText(why: WaitlistEntry["why"], timeZone: string): string | undefined {
  const { eventWaitlist: texts } = useConsoleMessages();
  const { number, when } = useFormat();
  if (!why) return undefined;
  const until = why.until && when(why.until, timeZone);
  const untilText = until ? `${until.short}, ${until.time}` : "–";
  const { entries = 0, seats = 0, kept = 0, of = 0 } = why;
  switch (why.code) {
    case "OTHERS_FIRST":
      return texts.whyOthers(entries, number(entries), seats, number(seats));
    case "GATHERING":
      return texts.whyGathering(number(kept), number(of), untilText);
    case "BEHIND_A_GROUP":
      return texts.whyBehind(untilText);
    case "STANDING_BACK":
      return texts.whyStanding(untilText);
    case "CLOSED":
      return texts.whyClosed[why.reason ?? "event_over"];
    case "NOTHING_FREE":
    case "NOT_ON_SALE":
    case "PAUSED":
      return texts.why[why.code];
  }
}
