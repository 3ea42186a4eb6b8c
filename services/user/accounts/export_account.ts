import type { UserDeps } from "../deps.ts";
import { CallerGone } from "../errors.ts";
import { listBookings } from "../peers/list_bookings.ts";
import type { People } from "../peers/people.ts";
import type { User } from "./user.ts";
import { findUser } from "./users_sql.ts";

/** Bookings of one request, the most that there can be, and the most requests. */
const PAGE = 100;
const MAX_PAGES = 200;

/** All that the platform has of a person. */
export interface AccountExport {
  user: User;
  bookings: Awaited<ReturnType<typeof listBookings>>;
  waitlists: Awaited<ReturnType<People["view"]>>["waitlists"];
}

/**
 * Collects what the platform has of a user.
 *
 * @throws {CallerGone} there is no such account any more
 * @throws {Unavailable} the booking service does not answer
 */
export async function exportAccount(
  deps: Pick<UserDeps, "sql" | "booking" | "people">,
  caller: { userId: string; authorization: string; requestId: string },
): Promise<AccountExport> {
  const user = await findUser(deps.sql, caller.userId);
  if (!user) throw new CallerGone();
  const { waitlists } = await deps.people.view(caller.userId);
  const bookings: AccountExport["bookings"] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const found = await listBookings(deps, { ...caller, page, limit: PAGE });
    bookings.push(...found);
    if (found.length < PAGE) break;
  }
  return { user, bookings, waitlists };
}
