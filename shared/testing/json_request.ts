/** Body and credentials of a request. */
export interface JsonRequestOptions {
  /** Sent as JSON; a string is sent unchanged. */
  body?: unknown;
  /** Access token, sent as a Bearer token. */
  token?: string | undefined;
  /** Further headers, which override the others. */
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
}

/** A response whose body has been read. */
// deno-lint-ignore no-explicit-any -- tests assert the shape
export interface JsonAnswer<Body = any> {
  status: number;
  headers: Headers;
  /** Parsed JSON, or text for other types; `undefined` if empty. */
  body: Body;
}

/** The header of an access token. */
export function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}

/** Creates a JSON request for an app or a server. */
export function jsonRequest(
  method: string,
  url: string,
  { body, token, headers, signal }: JsonRequestOptions = {},
): Request {
  return new Request(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : bearer(token)),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Reads the body of a response. */
export async function readAnswer(responding: Response | Promise<Response>): Promise<JsonAnswer> {
  const response = await responding;
  const { status, headers } = response;
  const text = await response.text();
  const isJson = headers.get("Content-Type")?.includes("json") && text !== "";
  return { status, headers, body: isJson ? JSON.parse(text) : text === "" ? undefined : text };
}
