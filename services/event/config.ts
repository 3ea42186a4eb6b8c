import { type AccountLimitRules, accountLimitsSection } from "@evently/shared/auth";
import { databaseSection, environmentOf, type EnvReader, oneOf } from "@evently/shared/config";

/** What the event service is told by its environment. */
export interface EventConfig {
  database_url: string;
  /** `closed`: only a super admin may register admins. */
  admin_registration: "open" | "closed";
  limits: AccountLimitRules;
}

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
  };
}
