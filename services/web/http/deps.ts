import type { Clock } from "@evently/shared/clock";
import type { Environment } from "@evently/shared/config";
import type { Hop } from "@evently/shared/http";

/** What the web application needs of the gateway. */
export interface WebDeps {
  clock: Clock;
  /** In development pages show the demo accounts. */
  environment: Environment;
  /** Whether pages reload themselves after a change of their sources, as under `deno task dev`. */
  reloadsPages?: boolean | undefined;
  /** Where people find the platform; without it links are made of what the client calls it. */
  publicUrl?: string | undefined;
  /** With it checkouts take payments by Stripe, else by the mock provider. */
  stripePublishableKey?: string | undefined;
  /**
   * Sends a request of the public API straight to its service. With `hop`, how the client's request came, the
   * service's limits by address count the client.
   *
   * @throws {Unavailable} no answer
   */
  fetchApi(request: Request, options: { requestId: string; hop?: Hop }): Promise<Response>;
}
