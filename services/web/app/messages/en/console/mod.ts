import { account } from "./account.ts";
import { chart } from "./chart.ts";
import { download } from "./download.ts";
import { event } from "./event.ts";
import { eventBookings } from "./event_bookings.ts";
import { eventHolds } from "./event_holds.ts";
import { eventLedger } from "./event_ledger.ts";
import { eventWaitlist } from "./event_waitlist.ts";
import { eventWall } from "./event_wall.ts";
import { editor } from "./editor.ts";
import { events } from "./events.ts";
import { frame } from "./frame.ts";
import { login } from "./login.ts";
import { overview } from "./overview.ts";
import { parts } from "./parts.ts";
import { team } from "./team.ts";
import { venues } from "./venues.ts";
import { webhooks } from "./webhooks.ts";

/** English texts of the console. */
export const consoleEn = {
  account,
  chart,
  download,
  editor,
  event,
  eventBookings,
  eventHolds,
  eventLedger,
  eventWaitlist,
  eventWall,
  events,
  frame,
  login,
  overview,
  parts,
  team,
  venues,
  webhooks,
};
