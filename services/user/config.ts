import {
  type AccountLimitRules,
  accountLimitsSection,
  type AccountLinkRules,
  accountLinksSection,
} from "@evently/shared/auth";
import { databaseSection, type EnvReader } from "@evently/shared/config";

/** Configuration of the user service. */
export interface UserConfig {
  databaseUrl: string;
  limits: AccountLimitRules;
  /** How long links of mails can be used. */
  links?: AccountLinkRules;
}

export function userSection(env: EnvReader): UserConfig {
  return {
    databaseUrl: databaseSection("users_db")(env),
    limits: accountLimitsSection(env),
    links: accountLinksSection(env),
  };
}
