import type {
  AccessTokens,
  AccountLimits,
  AccountLinks,
  PasswordHasher,
  RefreshTokens,
} from "@evently/shared/auth";
import type { AppDeps } from "@evently/shared/http";
import type { Pool } from "@evently/shared/postgres";
import type { Secrets } from "@evently/shared/secrets";
import type { LiveEvents } from "./catalogue/live_events.ts";
import type { PublicEvents } from "./catalogue/public_events.ts";
import type { UpdateEventDeps } from "./events/update_event.ts";
import type { SeatDeps } from "./inventory/deps.ts";
import type { InvitationLinks } from "./organisations/invitation_links.ts";
import type { EventBookings } from "./peers/event_bookings.ts";
import type { ViewCounts } from "./search_feed/view_counts.ts";
import type { UpdateVenueDeps } from "./venues/update_venue.ts";
import type { ResolveDeps } from "./webhooks/resolve_endpoint.ts";
import type { SecretBox } from "./webhooks/secret_box.ts";

/** Everything that the event service needs. Each room and each verb names the part that it uses. */
export interface EventDeps extends AppDeps, SeatDeps, ResolveDeps {
  /** The pool for everything but seat operations. */
  sql: Pool;
  tokens: Pick<AccessTokens, "issueForAdmin" | "verifyAdmin">;
  passwords: Pick<PasswordHasher, "assertRoom" | "hash" | "verify">;
  refreshTokens: Pick<RefreshTokens, "issue" | "rotate" | "revoke" | "revokeAll">;
  limits: AccountLimits;
  links: Pick<AccountLinks, "ttlMs" | "canReset" | "resetPassword" | "verifyEmail">;
  invitations: InvitationLinks;
  /** Throws while Redis cannot be used. */
  pingRedis: () => Promise<unknown>;
  /** `closed`: only super admins may register admins. */
  adminRegistration: "open" | "closed";
  /** Admitted by internal routes. */
  internalApiKeys: Secrets;
  publicEvents: PublicEvents;
  liveEvents: Pick<LiveEvents, "watch">;
  /** Told of each view of an event. */
  views: Pick<ViewCounts, "viewed">;
  bookings: Pick<
    EventBookings,
    | "takings"
    | "waitlist"
    | "pauseWaitlist"
    | "refund"
    | "countRefunds"
    | "list"
    | "readForExport"
    | "view"
    | "countSales"
    | "previewCancellation"
    | "countWaiting"
    | "holds"
    | "blockBuyer"
    | "unblockBuyer"
  >;
  /** Notified after a commit that wrote to the outbox. */
  outbox: { nudge(): void };
  /** Wakes the worker that sends mails to organisers. */
  accountMails: { nudge(): void };
  /** Notified after a commit that wrote deliveries of webhooks, or made them due. */
  webhooks: UpdateEventDeps["webhooks"] & UpdateVenueDeps["webhooks"];
  /** Encrypts the signing secrets of webhooks. */
  secrets: SecretBox;
}
