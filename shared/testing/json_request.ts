/** Body and credentials of a request. */
export interface JsonRequestOptions {
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  /** Access token, sent as Bearer. */
  token?: string | undefined;
  /** Further headers, which win over the others. */
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
}

/** An answer that has been read. */
// deno-lint-ignore no-explicit-any -- the assertions of a test say what the body is
export interface JsonAnswer<Body = any> {
  status: number;
  headers: Headers;
  /** Parsed if it is JSON, otherwise the text; `undefined` if empty. */
  body: Body;
}

/** Makes a JSON request to an app or a server. */
export function jsonRequest(
  method: string,
  url: string,
  { body, token, headers, signal }: JsonRequestOptions = {},
): Request {
  return new Request(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Reads an answer to its end. */
export async function readAnswer(responding: Response | Promise<Response>): Promise<JsonAnswer> {
  const response = await responding;
  const { status, headers } = response;
  const text = await response.text();
  const isJson = headers.get("Content-Type")?.includes("json") && text !== "";
  return { status, headers, body: isJson ? JSON.parse(text) : text === "" ? undefined : text };
}
