import { FreshCache } from "@evently/shared/cache";
import type { paths } from "@evently/shared/client/user";
import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import { type ServiceBinding, serviceClient, unwrap } from "@evently/shared/services";
import { within } from "@evently/shared/within";

/** The names of those who bought tickets. */
export interface TicketHolders {
  /** A buyer's name, at most a minute old; `undefined` if it cannot be had soon: a ticket is valid without it. */
  nameOf(userId: string): Promise<string | undefined>;
}

const MAX_AGE_MS = 60_000;
const MAX_ENTRIES = 10_000;
/** The longest that a ticket waits for a name. */
const MAX_WAIT_MS = 1_000;

/** The names behind the user service's internal route. */
export function ticketHoldersOver(
  binding: ServiceBinding,
  { internalKey, clock, log }: { internalKey: string; clock: Clock; log: Logger },
): TicketHolders {
  const client = serviceClient<paths>(binding, { internalKey });
  const names = new FreshCache<string, string>({
    maxAgeMs: MAX_AGE_MS,
    maxEntries: MAX_ENTRIES,
    clock,
    load: async (userIds) =>
      new Map(
        await Promise.all(
          userIds.map(async (id) => {
            const path = { id };
            const user = await unwrap(client.GET("/internal/users/{id}", { params: { path } }));
            return [id, user.name] as const;
          }),
        ),
      ),
  });
  return {
    async nameOf(userId) {
      try {
        return await within(MAX_WAIT_MS, names.get(userId), () => undefined);
      } catch (error) {
        log.warn("ticket holders: no name", { error });
        return undefined;
      }
    },
  };
}
