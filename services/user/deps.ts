import type {
  AccessTokens,
  AccountLimits,
  AccountLinks,
  PasswordHasher,
  RefreshTokens,
} from "@evently/shared/auth";
import type { paths } from "@evently/shared/client/booking";
import type { Clock } from "@evently/shared/clock";
import type { AppDeps } from "@evently/shared/http";
import type { Pool } from "@evently/shared/postgres";
import type { Secrets } from "@evently/shared/secrets";
import type { ServiceClient } from "@evently/shared/services";
import type { People } from "./peers/people.ts";

/** Dependencies of the user service. */
export interface UserDeps extends AppDeps {
  clock: Clock;
  /** Pool of `users_db`. */
  sql: Pool;
  passwords: PasswordHasher;
  tokens: Pick<AccessTokens, "issueForUser" | "verifyUser" | "ttlMs">;
  refreshTokens: Pick<RefreshTokens, "issue" | "rotate" | "revoke" | "revokeAll">;
  limits: AccountLimits;
  links: Pick<AccountLinks, "ttlMs" | "canReset" | "resetPassword" | "verifyEmail">;
  /** Wakes the worker that sends mails to users. */
  accountMails: { nudge(): void };
  /** Throws while Redis cannot be used; for readiness. */
  pingRedis: () => Promise<unknown>;
  booking: ServiceClient<paths>;
  people: People;
  /** Admitted by internal routes. */
  internalApiKeys: Secrets;
}
