import type { components } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrapOrNull } from "./client.ts";
import { KEPT_AT } from "./clock.ts";

export type Ticket = components["schemas"]["Ticket"];

/** A ticket, and when this device kept it, where it is shown from there. */
export interface ShownTicket {
  ticket: Ticket;
  keptAt: string | undefined;
}

/** The tickets of a booking by their code, which is a secret; `null` where there are none. */
export function ticketQuery(api: Api, code: string) {
  return queryOptions({
    queryKey: ["ticket", code],
    queryFn: async (): Promise<ShownTicket | null> => {
      const answer = api.GET("/api/booking/tickets/{code}", { params: { path: { code } } });
      const ticket = await unwrapOrNull(answer);
      if (!ticket) return null;
      return { ticket, keptAt: (await answer).response.headers.get(KEPT_AT) ?? undefined };
    },
    // Without a network the service worker answers.
    networkMode: "always",
  });
}
