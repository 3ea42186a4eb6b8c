import type { Clock } from "@evently/shared/clock";
import type { Environment, GatewayLimitsConfig } from "@evently/shared/config";
import type { AppDeps } from "@evently/shared/http";
import type { Mailbox } from "@evently/shared/mail";
import type { ServiceBindings } from "@evently/shared/services";
import type { UrgentWork } from "@evently/shared/urgent_work";

/** What the gateway needs. */
export interface GatewayDeps extends AppDeps {
  clock: Clock;
  bindings: ServiceBindings;
  limits: GatewayLimitsConfig;
  /** Bookings in this process, which all other requests yield to. */
  urgent: Pick<UrgentWork, "beganLately">;
  /** In development the pages show the seeded accounts. */
  environment: Environment;
  /** Where clients find the platform; without it links are made of what they call it. */
  publicUrl?: string | undefined;
  /** With it checkouts take payments by Stripe. */
  stripePublishableKey?: string | undefined;
  /** Aborted as the process stops: streams of other services end then. */
  stopping?: AbortSignal | undefined;
  /** Development's mails, where services of this process keep them. */
  mailbox?: Pick<Mailbox, "list"> | undefined;
  /** Whether pages reload themselves after a change of their sources. */
  reloadsPages?: boolean | undefined;
}
