/** The user service: accounts, sessions, profiles. */
export { type UserConfig, userSection } from "./config.ts";
export type { UserDeps } from "./deps.ts";
export { openUserService } from "./open.ts";
export { seedUsers } from "./seed.ts";
