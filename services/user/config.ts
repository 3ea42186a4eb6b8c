import { type AccountLimitRules, accountLimitsSection } from "@evently/shared/auth";
import { databaseSection, type EnvReader } from "@evently/shared/config";

/** What the user service is told by its environment. */
export interface UserConfig {
  database_url: string;
  limits: AccountLimitRules;
}

export function userSection(env: EnvReader): UserConfig {
  return {
    database_url: databaseSection("users_db")(env),
    limits: accountLimitsSection(env),
  };
}
