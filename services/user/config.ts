import { type AccountLimitRules, accountLimitsSection } from "@evently/shared/auth";
import { databaseSection, type EnvReader } from "@evently/shared/config";

/** Configuration of the user service. */
export interface UserConfig {
  databaseUrl: string;
  limits: AccountLimitRules;
}

export function userSection(env: EnvReader): UserConfig {
  return {
    databaseUrl: databaseSection("users_db")(env),
    limits: accountLimitsSection(env),
  };
}
