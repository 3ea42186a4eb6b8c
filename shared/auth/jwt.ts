import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Clock } from "../clock.ts";

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
  /** HS256 key, at least 32 bytes (RFC 7518, 3.2). */
  secret: string;
  ttlMs: number;
  clock: Clock;
}

const ISSUER = "evently";
const ALGORITHM = "HS256";
const MIN_SECRET_BYTES = 32;
/** Maximum cached tokens per audience; the signature of a cached token is not verified again. */
const MAX_CACHED = 20_000;
const MAX_TOKEN_CHARS = 4_096;

const UserClaims = z.object({ sub: z.guid(), exp: z.number() });
const AdminClaims = UserClaims.extend({
  admin_id: z.guid(),
  role: z.enum(ADMIN_ROLES),
  permissions: z.string(),
});
type UserClaims = z.infer<typeof UserClaims>;
type AdminClaims = z.infer<typeof AdminClaims>;

/**
 * Issues and verifies access tokens: JWT (RFC 7519), HS256, `iss:"evently"`, with `sub`, `aud`, `iat`, `exp`.
 * Only this file uses the JWT library.
 *
 * WARNING: the algorithm is pinned and `exp`, `sub`, `iss`, `aud` are required; by default the library accepts tokens
 * without them.
 */
export class AccessTokens {
  readonly #key: Uint8Array;
  readonly #options: AccessTokenOptions;
  readonly #users = new Map<string, UserClaims>();
  readonly #admins = new Map<string, AdminClaims>();

  constructor(options: AccessTokenOptions) {
    this.#key = new TextEncoder().encode(options.secret);
    if (this.#key.length < MIN_SECRET_BYTES) {
      throw new RangeError(`JWT secret must have at least ${MIN_SECRET_BYTES} bytes`);
    }
    this.#options = options;
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
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
      .setIssuer(ISSUER)
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + Math.ceil(this.#options.ttlMs / 1000))
      .sign(this.#key);
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
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience,
        requiredClaims: ["sub", "exp", "iat"],
        currentDate: now,
      });
      const claims = schema.safeParse(payload);
      if (!claims.success) return undefined;
      if (cached.size >= MAX_CACHED) cached.delete(cached.keys().next().value!);
      cached.set(token, claims.data);
      return claims.data;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
