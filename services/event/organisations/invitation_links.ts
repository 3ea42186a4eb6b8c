import { createHash, createHmac } from "node:crypto";

/**
 * Tokens of invitations. One is derived from the id of its invitation, so that a mail that is sent again carries the same
 * one; the database has its digest only.
 */
export class InvitationLinks {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  tokenOf(invitationId: string): string {
    return createHmac("sha256", this.#secret)
      .update(`organisation invitation ${invitationId}`).digest("base64url");
  }

  digestOf(token: string): string {
    return createHash("sha256").update(token).digest("base64url");
  }
}
