import type { Clock } from "@evently/shared/clock";
import type { Environment } from "@evently/shared/config";

/** What the web application needs of the gateway. */
export interface WebDeps {
  clock: Clock;
  /** In development pages show the demo accounts. */
  environment: Environment;
  /** Whether pages reload themselves after a change of their sources, as under `deno task dev`. */
  reloadsPages?: boolean | undefined;
  /** Where people find the platform; without it links are made of what the client calls it. */
  publicUrl?: string | undefined;
  /**
   * Sends a request of the public API straight to its service.
   *
   * @throws {Unavailable} no answer
   */
  fetchApi(request: Request, options: { requestId: string }): Promise<Response>;
}
