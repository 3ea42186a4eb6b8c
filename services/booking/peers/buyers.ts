import type { paths } from "@evently/shared/client/user";
import { type ServiceBinding, serviceClient, unwrap } from "@evently/shared/services";

/** Finds buyers by what they are called. */
export interface Buyers {
  /**
   * Returns those of the users whose name or e-mail contains a text, regardless of case and accents.
   *
   * @throws {Unavailable} the user service does not answer
   */
  search(text: string, userIds: readonly string[]): Promise<string[]>;
}

/** The most users of one request, as in the user service. */
const MAX_SEARCHED = 5_000;

/** The buyers behind the user service's internal route. */
export function buyersOver(
  binding: ServiceBinding,
  { internalKey }: { internalKey: string },
): Buyers {
  const client = serviceClient<paths>(binding, { internalKey });
  return {
    async search(text, userIds) {
      const found: string[] = [];
      for (let from = 0; from < userIds.length; from += MAX_SEARCHED) {
        const body = { text, user_ids: userIds.slice(from, from + MAX_SEARCHED) };
        found.push(...(await unwrap(client.POST("/internal/users/search", { body }))).user_ids);
      }
      return found;
    },
  };
}
