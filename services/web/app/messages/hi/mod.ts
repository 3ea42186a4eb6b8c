import type { Messages } from "../messages.ts";
import { account } from "./account.ts";
import { checkout } from "./checkout.ts";
import { common } from "./common.ts";
import { event } from "./event.ts";
import { events } from "./events.ts";
import { help } from "./help.ts";
import { home } from "./home.ts";
import { login } from "./login.ts";
import { proof } from "./proof.ts";
import { recovery } from "./recovery.ts";
import { ticket } from "./ticket.ts";
import { waitlist } from "./waitlist.ts";

/** Hindi, as ticket sites in India write it. */
export const hi: Messages = {
  locale: "hi-IN",
  language: "hi",
  account,
  common,
  checkout,
  home,
  login,
  event,
  proof,
  recovery,
  ticket,
  events,
  help,
  waitlist,
};
