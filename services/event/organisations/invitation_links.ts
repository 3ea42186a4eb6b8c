import { createHash, createHmac } from "node:crypto";
import type { Secrets } from "@evently/shared/secrets";

/**
 * Tokens of invitations. One is derived from the id of its invitation, so that a mail that is sent again carries the same
 * one; the database has its digest only.
 */
export class InvitationLinks {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  tokenOf(invitationId: string): string {
    return tokenBy(this.#secrets[0], invitationId);
  }

  /**
   * The token of an invitation whose digest is stored: also one of a secret that is being replaced.
   *
   * @throws {Error} none of the secrets made it
   */
  tokenWithDigest(invitationId: string, digest: string): string {
    for (const secret of this.#secrets) {
      const token = tokenBy(secret, invitationId);
      if (this.digestOf(token) === digest) return token;
    }
    throw new Error("the secret of this invitation's token is gone: invite anew");
  }

  digestOf(token: string): string {
    return createHash("sha256").update(token).digest("base64url");
  }
}

function tokenBy(secret: string, invitationId: string): string {
  return createHmac("sha256", secret).update(`organisation invitation ${invitationId}`)
    .digest("base64url");
}
