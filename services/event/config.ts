import { type AccountLimitRules, accountLimitsSection } from "@evently/shared/auth";
import {
  databaseSection,
  duration,
  environmentOf,
  type EnvReader,
  oneOf,
} from "@evently/shared/config";
import { SWEEP_GRACE_MS } from "./verbs/run_seat_sweep.ts";

/** What the event service is told by its environment. */
export interface EventConfig {
  database_url: string;
  /** `closed`: only a super admin may register admins. */
  admin_registration: "open" | "closed";
  limits: AccountLimitRules;
  /** When seats whose hold has ended are released, whatever became of their booking. */
  seat_sweep?: SeatSweepRules;
}

export interface SeatSweepRules {
  /** How long after the end of a hold. */
  grace_ms: number;
  interval_ms: number;
}

export const DEFAULT_SEAT_SWEEP: SeatSweepRules = { grace_ms: SWEEP_GRACE_MS, interval_ms: 5_000 };
/** Whoever holds seats must have time to release them. */
const MIN_GRACE_MS = 1_000;
const MIN_INTERVAL_MS = 100;

/** WARNING: whoever may register themselves may sell tickets; production never lets them. */
export function eventSection(env: EnvReader): EventConfig {
  const production = environmentOf(env) === "production";
  const registration = env.read("ADMIN_REGISTRATION", oneOf(["open", "closed"]).optional());
  if (production && registration === "open") {
    env.problem("ADMIN_REGISTRATION", "must not be open in production");
  }
  return {
    database_url: databaseSection("events_db")(env),
    admin_registration: registration ?? (production ? "closed" : "open"),
    limits: accountLimitsSection(env),
    seat_sweep: {
      grace_ms: env.read(
        "EVENT_SEAT_GRACE",
        duration(DEFAULT_SEAT_SWEEP.grace_ms, { min_ms: MIN_GRACE_MS }),
      ),
      interval_ms: env.read(
        "EVENT_CLEANUP_INTERVAL",
        duration(DEFAULT_SEAT_SWEEP.interval_ms, { min_ms: MIN_INTERVAL_MS }),
      ),
    },
  };
}
