import type { Clock } from "../clock.ts";
import type { GuardedRedis } from "../redis/mod.ts";
import type { Logger } from "../log.ts";
import type { MailTransport } from "./mail.ts";
import type { MailConfig } from "./mail_config.ts";

/** The transport that the configuration names; logs a warning if that is none. Its library is loaded by the first mail. */
export function openMailTransport(
  { route, from }: MailConfig,
  { redis, clock, log }: { redis: GuardedRedis; clock: Clock; log: Logger },
): MailTransport {
  switch (route.kind) {
    case "smtp":
      return whenNeeded("smtp", async () => {
        const { smtpTransport } = await import("./smtp.ts");
        return smtpTransport({ url: route.url, from });
      });
    case "api":
      return whenNeeded("api", async () => {
        const { apiTransport } = await import("./api.ts");
        return apiTransport({ url: route.url, key: route.key, from });
      });
    case "mailbox":
      return whenNeeded("mailbox", async () => {
        const { Mailbox } = await import("./mailbox.ts");
        return new Mailbox({ redis, clock, from });
      });
    case "none":
      log.warn("mail: neither SMTP_URL nor MAIL_API_URL is set, so no mail is sent");
      return { name: "none", send: () => Promise.resolve(), close() {} };
  }
}

function whenNeeded(name: string, open: () => Promise<MailTransport>): MailTransport {
  let opened: Promise<MailTransport> | undefined;
  return {
    name,
    async send(mail) {
      opened ??= open();
      await (await opened).send(mail);
    },
    close() {
      void opened?.then((transport) => transport.close());
    },
  };
}
