import { eventually } from "../journeys/platform.ts";

/** A mail that a platform has sent. */
interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Takes the mails of platforms that are configured with `variables`. */
export interface MailTaker {
  variables: Record<string, string>;
  /** The mails to an address so far, oldest first. */
  to(email: string): readonly Mail[];
  /** Waits for the `count`th mail to an address. @returns the path of its link to `page`, with the fragment */
  link(
    email: string,
    page: "reset" | "verify" | "console/invitations",
    count?: number,
  ): Promise<string>;
}

/** Opens an HTTP API for mails, which ends with the process. */
export function takeMails(): MailTaker {
  const mails: Mail[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { to: [to], subject, text } = await request.json();
    mails.push({ to, subject, text });
    return Response.json({});
  });
  server.unref();
  const to = (email: string) => mails.filter((mail) => mail.to === email);
  return {
    variables: {
      MAIL_API_URL: `http://127.0.0.1:${server.addr.port}/emails`,
      MAIL_API_KEY: "key-of-a-test",
      MAIL_FROM: "Evently <tickets@evently.example>",
    },
    to,
    async link(email, page, count = 1) {
      const link = new RegExp(`https?://[^/\\s]+(/${page}[^\\s]*#token=[\\w-]+)`);
      return await eventually(`a mail with a link to ${page} is there`, () => {
        const paths = to(email).flatMap(({ text }) => link.exec(text)?.[1] ?? []);
        return Promise.resolve(paths[count - 1]);
      });
    },
  };
}
