import type { Logger } from "@evently/shared/log";
import { many, type Sql } from "@evently/shared/postgres";
import type { SecretBox } from "./secret_box.ts";

/** Webhooks that one pass reads. */
const PAGE = 200;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

interface Sealed {
  webhookId: string;
  secret: Uint8Array;
  previousSecret: Uint8Array | null;
}

export interface ResealDeps {
  sql: Sql;
  secrets: Pick<SecretBox, "resealed">;
  log: Logger;
}

/**
 * Encrypts signing secrets that an earlier key has sealed by the current one, so that the earlier one can be removed. Any
 * number of processes may do so at once: a secret is replaced only where it is still the one that was read.
 */
export class SecretsResealing {
  readonly #deps: ResealDeps;
  #after = BEFORE_ALL;

  constructor(deps: ResealDeps) {
    this.#deps = deps;
  }

  /** Looks at the next page of webhooks. Returns whether there are more. */
  async pass(): Promise<boolean> {
    const page = await readPage(this.#deps.sql, this.#after);
    for (const webhook of page) await this.#reseal(webhook);
    const isLast = page.length < PAGE;
    this.#after = isLast ? BEFORE_ALL : page.at(-1)!.webhookId;
    return !isLast;
  }

  async #reseal({ webhookId, secret, previousSecret }: Sealed): Promise<void> {
    const { sql, secrets, log } = this.#deps;
    try {
      const current = secrets.resealed(webhookId, secret);
      const previous = previousSecret && secrets.resealed(webhookId, previousSecret);
      if (!current && !previous) return;
      await sql`
        UPDATE webhooks
           SET secret = ${current ?? secret}, previous_secret = ${previous ?? previousSecret}
         WHERE webhook_id = ${webhookId} AND secret = ${secret}
           AND previous_secret IS NOT DISTINCT FROM ${previousSecret}`;
    } catch (error) {
      // Of a key that is gone: its owner must rotate it.
      log.error("webhooks: a secret cannot be encrypted anew", { webhook_id: webhookId, error });
    }
  }
}

function readPage(sql: Sql, after: string): Promise<Sealed[]> {
  return many(
    sql<Sealed[]>`
      SELECT webhook_id AS "webhookId", secret, previous_secret AS "previousSecret"
        FROM webhooks WHERE webhook_id > ${after} ORDER BY webhook_id LIMIT ${PAGE}`,
    (row) => row,
  );
}
