import type { paths } from "@evently/shared/client/booking";
import { type ServiceBinding, serviceClient, unwrap } from "@evently/shared/services";
import { z } from "zod";

/** A place on a waitlist, now or before. */
export const Waitlist = z.object({
  event_id: z.guid(),
  quantity: z.int(),
  status: z.string(),
  joined_at: z.iso.datetime(),
  offered_at: z.iso.datetime().optional(),
});
const Person = z.object({ open_tickets: z.int(), waitlists: z.array(Waitlist) });
const Forgotten = z.object({ ended: z.int(), remaining: z.int() });

/** What the booking service knows and does of a user as a person. */
export interface People {
  /** @throws {Unavailable} the booking service does not answer */
  view(userId: string): Promise<{ openTickets: number; waitlists: z.infer<typeof Waitlist>[] }>;
  /**
   * Ends what a user has open, as far as one call goes.
   *
   * @throws {Unavailable} the booking service does not answer
   */
  forget(userId: string): Promise<z.infer<typeof Forgotten>>;
}

/** {@link People} over the internal routes of the booking service. */
export function peopleOver(
  binding: ServiceBinding,
  { internalKey }: { internalKey: string },
): People {
  const client = serviceClient<paths>(binding, { internalKey });
  return {
    async view(userId) {
      const params = { params: { path: { id: userId } } };
      const answer = await unwrap(client.GET("/internal/users/{id}/person", params));
      const { open_tickets: openTickets, waitlists } = Person.parse(answer);
      return { openTickets, waitlists };
    },
    async forget(userId) {
      const params = { params: { path: { id: userId } } };
      return Forgotten.parse(await unwrap(client.POST("/internal/users/{id}/forget", params)));
    },
  };
}
