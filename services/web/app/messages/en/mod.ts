import type { Language } from "@evently/shared/languages";
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

/** English. Numbers and amounts are grouped as in India. */
export const en = {
  /** For `Intl`. */
  locale: "en-IN",
  /** For `lang`. */
  language: "en" as Language,
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
