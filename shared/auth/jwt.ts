import { createHmac } from "node:crypto";
import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Secrets } from "../secrets.ts";

/** Kind of a token; user tokens are refused by admin routes, and vice versa. */
export type Audience = "user" | "admin";

/** Roles: manage everything, manage own events, read only. */
export const ADMIN_ROLES = ["super_admin", "event_manager", "analyst"] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];

/** The admin of a token. */
export interface AdminIdentity {
  adminId: string;
  role: AdminRole;
  /** A JSON object as text, as in the old system. */
  permissions: string;
}

/** The user of a token, and when it ends. */
export interface UserSession {
  userId: string;
  endsAt: Date;
}

/** Options of {@link AccessTokens}. */
export interface AccessTokenOptions {
  /** HS256 keys, each at least 32 bytes (RFC 7518, 3.2). */
  secrets: Secrets;
  ttlMs: number;
  clock: Clock;
}

const ISSUER = "evently";
const ALGORITHM = "HS256";
const MIN_SECRET_BYTES = 32;
/** Maximum cached tokens per audience; the signature of a cached token is not verified again. */
const MAX_CACHED = 20_000;
const MAX_TOKEN_CHARS = 4_096;
const KEY_ID_CHARS = 12;

const UserClaims = z.object({ sub: z.guid(), exp: z.number() });
const AdminClaims = UserClaims.extend({
  admin_id: z.guid(),
  role: z.enum(ADMIN_ROLES),
  permissions: z.string(),
});
type UserClaims = z.infer<typeof UserClaims>;
type AdminClaims = z.infer<typeof AdminClaims>;

/** A key and its name in the headers of tokens (`kid`). */
interface SigningKey {
  id: string;
  bytes: Uint8Array;
}

/**
 * Issues and verifies access tokens: JWT (RFC 7519), HS256, `iss:"evently"`, with `sub`, `aud`, `iat`, `exp`.
 * Only this file uses the JWT library. A token's `kid` names its key; one without `kid` may be of any of the keys.
 *
 * WARNING: the algorithm is pinned and `exp`, `sub`, `iss`, `aud` are required; by default the library accepts tokens
 * without them.
 */
export class AccessTokens {
  readonly #current: SigningKey;
  readonly #keys: readonly SigningKey[];
  readonly #options: AccessTokenOptions;
  readonly #users = new Map<string, UserClaims>();
  readonly #admins = new Map<string, AdminClaims>();

  constructor(options: AccessTokenOptions) {
    const [current, ...others] = options.secrets;
    this.#current = signingKey(current);
    this.#keys = [this.#current, ...others.map(signingKey)];
    this.#options = options;
  }

  /** Lifetime of the tokens that are issued. */
  get ttlMs(): number {
    return this.#options.ttlMs;
  }

  /** Issues a token of a user. */
  issueForUser(userId: string): Promise<string> {
    return this.#issue("user", userId, {});
  }

  /** Issues a token of an admin. */
  issueForAdmin(admin: AdminIdentity): Promise<string> {
    const { adminId, role, permissions } = admin;
    return this.#issue("admin", adminId, { admin_id: adminId, role, permissions });
  }

  /** Returns the user id of a valid user token; `undefined` for any other token. */
  async verifyUser(token: string): Promise<string | undefined> {
    return (await this.#verify(token, "user", UserClaims, this.#users))?.sub;
  }

  /** As {@link verifyUser}, for answers that must end with the token. */
  async verifySession(token: string): Promise<UserSession | undefined> {
    const claims = await this.#verify(token, "user", UserClaims, this.#users);
    return claims && { userId: claims.sub, endsAt: new Date(claims.exp * 1000) };
  }

  /** Returns the admin of a valid admin token; `undefined` for any other token. */
  async verifyAdmin(token: string): Promise<AdminIdentity | undefined> {
    const claims = await this.#verify(token, "admin", AdminClaims, this.#admins);
    if (claims?.sub !== claims?.admin_id) return undefined;
    return claims && {
      adminId: claims.admin_id,
      role: claims.role,
      permissions: claims.permissions,
    };
  }

  #issue(audience: Audience, subject: string, claims: Record<string, string>): Promise<string> {
    const nowS = Math.floor(this.#options.clock.now().getTime() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT", kid: this.#current.id })
      .setIssuer(ISSUER)
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + Math.ceil(this.#options.ttlMs / 1000))
      .sign(this.#current.bytes);
  }

  async #verify<Claims extends UserClaims>(
    token: string,
    audience: Audience,
    schema: z.ZodType<Claims>,
    cached: Map<string, Claims>,
  ): Promise<Claims | undefined> {
    const now = this.#options.clock.now();
    const known = cached.get(token);
    if (known) return known.exp * 1000 > now.getTime() ? known : undefined;
    if (token.length > MAX_TOKEN_CHARS) return undefined;
    const claims = schema.safeParse(await this.#payloadOf(token, audience, now));
    if (!claims.success) return undefined;
    if (cached.size >= MAX_CACHED) cached.delete(cached.keys().next().value!);
    cached.set(token, claims.data);
    return claims.data;
  }

  /** The claims of a token that one of the keys has signed; `undefined` for any other text. */
  async #payloadOf(token: string, audience: Audience, now: Date): Promise<unknown> {
    for (const { bytes } of this.#keysOf(token)) {
      try {
        const { payload } = await jwtVerify(token, bytes, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience,
          requiredClaims: ["sub", "exp", "iat"],
          currentDate: now,
        });
        return payload;
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
      }
    }
    return undefined;
  }

  /** The keys that may have signed a token; none if it is no token, or its `kid` names no key of ours. */
  #keysOf(token: string): readonly SigningKey[] {
    try {
      const { kid } = decodeProtectedHeader(token);
      return kid === undefined ? this.#keys : this.#keys.filter(({ id }) => id === kid);
    } catch {
      return [];
    }
  }
}

/** @throws {RangeError} the secret is too short */
function signingKey(secret: string): SigningKey {
  const bytes = new TextEncoder().encode(secret);
  if (bytes.length < MIN_SECRET_BYTES) {
    throw new RangeError(`JWT secret must have at least ${MIN_SECRET_BYTES} bytes`);
  }
  const digest = createHmac("sha256", bytes).update("evently key id").digest("base64url");
  return { id: digest.slice(0, KEY_ID_CHARS), bytes };
}
