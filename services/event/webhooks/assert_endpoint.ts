import { invalidInput } from "@evently/shared/errors";
import { BadEndpoint, readEndpoint } from "./endpoint.ts";
import { type ResolveDeps, resolveEndpoint } from "./resolve_endpoint.ts";

/**
 * Asserts that an address may be that of a webhook now. Each delivery checks it again.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: its form is wrong, or it leads to no public address
 */
export async function assertEndpoint(deps: ResolveDeps, url: string): Promise<void> {
  try {
    await resolveEndpoint(deps, readEndpoint(url, deps));
  } catch (error) {
    if (error instanceof BadEndpoint) throw invalidInput("url", error.message);
    throw error;
  }
}
