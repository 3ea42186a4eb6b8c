import type { paths } from "@evently/shared/client/gateway";
import createClient, { type Client } from "openapi-fetch";
import { ApiError, Unreachable } from "./errors.ts";

/** Routes of the API, typed by its OpenAPI document. */
export type Api = Client<paths>;

/** Sends a request of the API, whose origin does not matter on the server. */
export type Send = (request: Request) => Promise<Response>;

/** Origin of requests on the server, where none of them leaves the process by it. */
const NO_ORIGIN = "http://gateway.invalid";

/** The API behind `send`, which adds credentials and limits the time. */
export function createApi(send: Send, origin: string = NO_ORIGIN): Api {
  return createClient<paths>({ baseUrl: origin, fetch: send });
}

/** What openapi-fetch answers, reduced to what {@link unwrap} reads. */
interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/**
 * The body of a successful answer.
 *
 * @throws {ApiError} the API refused
 * @throws {Unreachable} no answer, or one that is not the API's
 */
export async function unwrap<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer.catch((cause) => {
    throw cause instanceof Unreachable ? cause : new Unreachable({ cause });
  });
  if (response.ok && data !== undefined) return data;
  throw ApiError.from(error, response);
}

/** As {@link unwrap}, of a route that answers JSON unless a file was asked for. */
export async function unwrapJson<Data>(
  answer: Promise<Answer<Data>>,
): Promise<Exclude<Data, string>> {
  const data = await unwrap(answer);
  if (typeof data === "string") throw new Unreachable({ cause: "an answer that is not JSON" });
  return data as Exclude<Data, string>;
}

/** As {@link unwrap}, but `null` where there is no such thing (404, or an id that cannot be one). */
export async function unwrapOrNull<Data>(answer: Promise<Answer<Data>>): Promise<Data | null> {
  try {
    return await unwrap(answer);
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.isMalformedId)) return null;
    throw error;
  }
}
