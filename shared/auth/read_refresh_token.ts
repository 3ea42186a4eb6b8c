import type { Context } from "hono";
import { invalidInput } from "../errors/mod.ts";
import { parseJson } from "../http/parse_json.ts";
import { illFormed } from "../http/text_schemas.ts";
import { readBearer } from "./bearer.ts";

/** OpenAPI description of the routes that end all sessions. */
export const LOGOUT_ALL_DESCRIPTION = "Revokes every refresh token of the account. Access tokens " +
  "that were issued before stay valid until they expire, 15 minutes by default.";

/** OpenAPI body of a route that uses {@link readRefreshToken}; not validated. */
export const REFRESH_TOKEN_BODY = {
  content: {
    "application/json": {
      schema: {
        type: "object" as const,
        properties: { refresh_token: { type: "string" as const } },
      },
    },
  },
};

/**
 * Returns the refresh token of a request: `refresh_token` in the body, else the Bearer token.
 * With a Bearer token, an invalid body is ignored.
 *
 * @throws {DomainError} `INVALID_JSON`, `VALIDATION_FAILED`: the body is invalid
 */
export async function readRefreshToken(c: Context): Promise<string | undefined> {
  const bearer = readBearer(c);
  const text = await c.req.text();
  if (text === "") return bearer;
  try {
    return tokenIn(parseJson(text)) ?? bearer;
  } catch (error) {
    if (bearer !== undefined) return bearer;
    throw error;
  }
}

function tokenIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("refresh_token" in body)) return undefined;
  const { refresh_token } = body;
  if (refresh_token === null || refresh_token === "") return undefined;
  if (typeof refresh_token === "string" && refresh_token.isWellFormed()) return refresh_token;
  const message = typeof refresh_token === "string"
    ? illFormed("refresh_token")
    : "refresh_token must be a string";
  throw invalidInput("refresh_token", message);
}
