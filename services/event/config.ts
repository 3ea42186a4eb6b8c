import {
  type AccountLimitRules,
  accountLimitsSection,
  type AccountLinkRules,
  accountLinksSection,
} from "@evently/shared/auth";
import {
  databaseSection,
  duration,
  environmentOf,
  type EnvReader,
  maxStreams,
  oneOf,
  retention,
} from "@evently/shared/config";
import type { Retention } from "@evently/shared/retention";
import { z } from "zod";
import { SWEEP_GRACE_MS } from "./inventory/run_seat_sweep.ts";

/** The event service's part of the environment. */
export interface EventConfig {
  databaseUrl: string;
  /** `closed`: only super admins may register admins. */
  adminRegistration: "open" | "closed";
  limits: AccountLimitRules;
  /** How long links of mails can be used. */
  links?: AccountLinkRules;
  /** The most open streams of seats in this process. */
  maxStreams?: number;
  /** When seats of expired holds are released, whatever the state of their booking. */
  seatSweep?: SeatSweepRules;
  webhooks?: WebhookRules;
  retention?: EventRetention;
}

/** How webhooks of organisers are sent. */
export interface WebhookRules {
  /** Encrypts their signing secrets; without it a key of `JWT_SECRET` does. */
  secretsKey?: string | undefined;
  /** Open what they have encrypted, while the key is replaced. */
  otherSecretsKeys?: readonly string[];
  /** Whether they may be on this machine, over http as well; never in production. */
  allowLoopback: boolean;
}

/** How long the service keeps what names people; `undefined`: for ever. */
export interface EventRetention {
  /** Of invitations, after they were accepted or withdrawn, or expired. */
  invitationMs: Retention;
  /** Of deliveries of webhooks, sent or not, after they were written. */
  deliveryMs: Retention;
}

const DAY_MS = 24 * 3_600_000;
export const DEFAULT_EVENT_RETENTION: EventRetention = {
  invitationMs: 90 * DAY_MS,
  deliveryMs: 7 * DAY_MS,
};
const MIN_INVITATION_RETENTION_MS = DAY_MS;
/** Longer than deliveries are tried, and than endpoints may fail before they are paused. */
const MIN_DELIVERY_RETENTION_MS = 4 * DAY_MS;

export interface SeatSweepRules {
  /** Time between a hold's expiry and its release. */
  graceMs: number;
  intervalMs: number;
}

export const DEFAULT_SEAT_SWEEP: SeatSweepRules = { graceMs: SWEEP_GRACE_MS, intervalMs: 5_000 };
/** The booking service needs time to release expired holds itself. */
const MIN_GRACE_MS = 1_000;
const MIN_INTERVAL_MS = 100;
const MIN_SECRETS_KEY_CHARS = 32;

/** WARNING: with open registration anybody may sell tickets, so production refuses it. */
export function eventSection(env: EnvReader): EventConfig {
  const production = environmentOf(env) === "production";
  const registration = env.read("ADMIN_REGISTRATION", oneOf(["open", "closed"]).optional());
  if (production && registration === "open") {
    env.problem("ADMIN_REGISTRATION", "must not be open in production");
  }
  return {
    databaseUrl: databaseSection("events_db")(env),
    adminRegistration: registration ?? (production ? "closed" : "open"),
    limits: accountLimitsSection(env),
    links: accountLinksSection(env),
    maxStreams: env.read("EVENT_MAX_STREAMS", maxStreams),
    seatSweep: {
      graceMs: env.read(
        "EVENT_SEAT_GRACE",
        duration(DEFAULT_SEAT_SWEEP.graceMs, { minMs: MIN_GRACE_MS }),
      ),
      intervalMs: env.read(
        "EVENT_CLEANUP_INTERVAL",
        duration(DEFAULT_SEAT_SWEEP.intervalMs, { minMs: MIN_INTERVAL_MS }),
      ),
    },
    webhooks: webhookSection(env),
    retention: {
      invitationMs: env.read(
        "INVITATION_RETENTION",
        retention(DEFAULT_EVENT_RETENTION.invitationMs, { minMs: MIN_INVITATION_RETENTION_MS }),
      ),
      deliveryMs: env.read(
        "WEBHOOK_DELIVERY_RETENTION",
        retention(DEFAULT_EVENT_RETENTION.deliveryMs, { minMs: MIN_DELIVERY_RETENTION_MS }),
      ),
    },
  };
}

/** WARNING: webhooks on this machine reach whatever else runs on it, so production refuses them. */
function webhookSection(env: EnvReader): WebhookRules {
  const production = environmentOf(env) === "production";
  const loopback = env.read("WEBHOOK_LOOPBACK", oneOf(["allowed", "refused"]).optional());
  if (production && loopback === "allowed") {
    env.problem("WEBHOOK_LOOPBACK", "must not be allowed in production");
  }
  const rule = `must have at least ${MIN_SECRETS_KEY_CHARS} characters`;
  const key = z.string().min(MIN_SECRETS_KEY_CHARS, rule).optional();
  const others = ["WEBHOOK_SECRETS_KEY_NEXT", "WEBHOOK_SECRETS_KEY_PREVIOUS"];
  return {
    secretsKey: env.read("WEBHOOK_SECRETS_KEY", key),
    otherSecretsKeys: others.flatMap((variable) => env.read(variable, key) ?? []),
    allowLoopback: (loopback ?? (production ? "refused" : "allowed")) === "allowed",
  };
}
