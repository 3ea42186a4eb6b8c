import { createTransport } from "nodemailer";
import { MailRefused, type MailTransport } from "./mail.ts";
import type { MailFrom } from "./mail_config.ts";

const MAX_CONNECTIONS = 4;
const CONNECTION_TIMEOUT_MS = 10_000;
/** A server that says nothing for so long has gone. */
const SILENCE_TIMEOUT_MS = 20_000;

/** Mails by SMTP, over a few connections that are kept open. */
export function smtpTransport({ url, from }: { url: string; from: MailFrom }): MailTransport {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: CONNECTION_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: "smtp",
    async send({ messageId, to, subject, text, html, attachments = [] }) {
      try {
        await transport.sendMail({
          messageId: `<${messageId}>`,
          // A copy: the library changes it, and what is configured is frozen.
          from: { ...from },
          // An object is never read as a list of addresses.
          to: { name: "", address: to },
          subject,
          text,
          html,
          attachments: attachments.map((attachment) => ({ ...attachment })),
        });
      } catch (error) {
        throw isRefusal(error) ? new MailRefused(textOf(error)) : new Error(textOf(error));
      }
    },
    close: () => transport.close(),
  };
}

/**
 * Whether the server refused this recipient or this mail for good. A server that refuses our log-in or our sender, or all
 * that we say, may be told otherwise tomorrow.
 */
function isRefusal(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
  return responseCode >= 500 && (code === "EENVELOPE" || code === "EMESSAGE");
}

/** The server's answer is of people, so it is cut. */
const MAX_TEXT_CHARS = 300;

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_TEXT_CHARS);
}
