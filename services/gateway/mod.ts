/** The gateway: the one address of the platform, and the program that runs its services in one process. */
export { createGatewayApp } from "./app.ts";
export type { GatewayDeps } from "./deps.ts";
export {
  openPlatform,
  type Platform,
  type PlatformConfig,
  readPlatformConfig,
} from "./platform.ts";
