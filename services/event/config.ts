import { type AccountLimitRules, accountLimitsSection } from "@evently/shared/auth";
import {
  databaseSection,
  duration,
  environmentOf,
  type EnvReader,
  oneOf,
} from "@evently/shared/config";
import { SWEEP_GRACE_MS } from "./inventory/run_seat_sweep.ts";

/** What the event service is told by its environment. */
export interface EventConfig {
  databaseUrl: string;
  /** `closed`: only a super admin may register admins. */
  adminRegistration: "open" | "closed";
  limits: AccountLimitRules;
  /** When seats whose hold has ended are released, whatever became of their booking. */
  seatSweep?: SeatSweepRules;
}

export interface SeatSweepRules {
  /** How long after the end of a hold. */
  graceMs: number;
  intervalMs: number;
}

export const DEFAULT_SEAT_SWEEP: SeatSweepRules = { graceMs: SWEEP_GRACE_MS, intervalMs: 5_000 };
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
    databaseUrl: databaseSection("events_db")(env),
    adminRegistration: registration ?? (production ? "closed" : "open"),
    limits: accountLimitsSection(env),
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
  };
}
