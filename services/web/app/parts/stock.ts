import { lookOf, type Stock } from "../../cover/kinds.ts";

export type { Stock };

/** The paper of a kind of event; `stone` for kinds without one of their own. */
export function stockOf(eventType: string): Stock {
  return lookOf(eventType).stock;
}
