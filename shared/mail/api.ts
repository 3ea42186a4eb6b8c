import { Buffer } from "node:buffer";
import { MailDelayed, MailRefused, type MailTransport } from "./mail.ts";
import type { MailFrom } from "./mail_config.ts";

const TIMEOUT_MS = 10_000;
/** The longest pause that the API may ask for. */
const MAX_PAUSE_MS = 3_600_000;

/**
 * Mails by an HTTP API of the shape of Resend's `POST /emails`, for platforms without SMTP. `Idempotency-Key` is the
 * message's id, so a mail that was accepted already is not sent again.
 */
export function apiTransport(
  { url, key, from, timeoutMs = TIMEOUT_MS }: {
    url: string;
    key: string;
    from: MailFrom;
    timeoutMs?: number;
  },
): MailTransport {
  const sender = `"${from.name.replaceAll(/["\\]/g, "")}" <${from.address}>`;
  return {
    name: "api",
    async send({ messageId, to, subject, text, html, attachments = [] }) {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          "Authorization": `Bearer ${key}`,
          "Content-Type": "application/json",
          "Idempotency-Key": messageId,
        },
        body: JSON.stringify({
          from: sender,
          to: [to],
          subject,
          text,
          html,
          headers: { "Message-ID": `<${messageId}>` },
          attachments: attachments.map(({ filename, contentType, content }) => ({
            filename,
            content_type: contentType,
            content: Buffer.from(content).toString("base64"),
          })),
        }),
      });
      await response.body?.cancel();
      if (response.ok) return;
      const problem = `the mail API answered ${response.status}`;
      if (isRefusal(response.status)) throw new MailRefused(problem);
      throw new MailDelayed(problem, { pauseMs: pauseOf(response) });
    },
    close() {},
  };
}

/** Statuses that say "later", or blame our key: somebody can set that right. */
const MAY_PASS = new Set([401, 403, 404, 408, 409, 425, 429]);

/** The pause that `Retry-After` asks for in seconds, within bounds; 0 without one. */
function pauseOf({ headers }: Response): number {
  const seconds = /^\d{1,9}$/.exec(headers.get("Retry-After") ?? "")?.[0] ?? 0;
  return Math.min(Number(seconds) * 1_000, MAX_PAUSE_MS);
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && !MAY_PASS.has(status);
}
