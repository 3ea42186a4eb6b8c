import type { Language } from "@evently/shared/languages";
import type { DehydratedState } from "@tanstack/react-query";

/** What the server tells the browser, so that both render the same. */
export interface ServerState {
  language: Language;
  queries: DehydratedState;
  /** Whether the server could not load what the page needs. */
  unreachable: boolean;
  development: boolean;
  origin: string;
  payments: PagePayments;
}

/** Who takes payments, as far as a page has to know. */
export type PagePayments =
  | { provider: "mock" }
  /** The key is there on pages alone whose policy lets Stripe's script load. */
  | { provider: "stripe"; publishableKey?: string };

/** Id of the data block that holds the state. */
export const STATE_ID = "state";
/** Id of the element that the browser hydrates. */
export const ROOT_ID = "root";
