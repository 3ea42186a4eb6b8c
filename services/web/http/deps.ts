import type { Environment } from "@evently/shared/config";

/** What the web application needs of the gateway. */
export interface WebDeps {
  /** In development pages reload themselves and show the demo accounts. */
  environment: Environment;
  /** Where people find the platform; without it links are made of what the client calls it. */
  publicUrl?: string | undefined;
  /**
   * Sends a request of the public API straight to its service.
   *
   * @throws {Unavailable} no answer
   */
  fetchApi(request: Request, options: { requestId: string }): Promise<Response>;
}
