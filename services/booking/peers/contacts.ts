import { Coalescer } from "@evently/shared/batch";
import { FreshCache } from "@evently/shared/cache";
import type { paths } from "@evently/shared/client/user";
import type { Clock } from "@evently/shared/clock";
import { type ServiceBinding, serviceClient, unwrap } from "@evently/shared/services";

/** Where and how to write to a user. */
export interface Contact {
  name: string;
  email: string;
  /** BCP 47; unknown for users who chose none. */
  language: string | undefined;
}

/** The users to write to. */
export interface Contacts {
  /** At most a minute old; `undefined` if there is no such user. Throws while the user service does not answer. */
  find(userId: string): Promise<Contact | undefined>;
}

const MAX_AGE_MS = 60_000;
const MAX_ENTRIES = 10_000;
/** The most users of one look-up, as in the user service. */
const MAX_LOOKUP = 100;
const MAX_QUEUE = 1_000;

/** The users behind the user service's internal route. */
export function contactsOver(
  binding: ServiceBinding,
  { internalKey, clock }: { internalKey: string; clock: Clock },
): Contacts {
  const client = serviceClient<paths>(binding, { internalKey });
  const lookUps = new Coalescer<string, Contact | undefined>({
    name: "find contacts",
    maxBatch: MAX_LOOKUP,
    maxQueue: MAX_QUEUE,
    run: async (userIds) => {
      const body = { user_ids: [...new Set(userIds)] };
      const { users } = await unwrap(client.POST("/internal/users/batch", { body }));
      const found = new Map(users.map((user) => [user.user_id, user]));
      return userIds.map((id) => {
        const user = found.get(id);
        return user && { name: user.name, email: user.email, language: user.language };
      });
    },
  });
  const contacts = new FreshCache<string, Contact | undefined>({
    maxAgeMs: MAX_AGE_MS,
    maxEntries: MAX_ENTRIES,
    clock,
    load: async (userIds) =>
      new Map(
        await Promise.all(userIds.map(async (id) => [id, await lookUps.submit(id)] as const)),
      ),
  });
  return { find: (userId) => contacts.get(userId) };
}
