import { matchEmail } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { languageOf, languagePath } from "@evently/shared/languages";
import { MAIL_RETRIES, type MailDeps, sendMail } from "@evently/shared/mail";
import type { OutboxMessage } from "@evently/shared/outbox";
import { one, type Sql } from "@evently/shared/postgres";
import type { InvitationLinks } from "./invitation_links.ts";
import { findInvitation } from "./invitations_sql.ts";

export interface InvitationMailDeps extends MailDeps {
  sql: Sql;
  clock: Clock;
  invitations: Pick<InvitationLinks, "tokenWithDigest">;
}

/** The handler of invitations' mails. One that was withdrawn, accepted or has expired by then is not sent. */
export function invitationMailHandlers(deps: InvitationMailDeps) {
  return {
    "organisation.invite": {
      retries: MAIL_RETRIES,
      parse: () => undefined,
      async deliver({ messageId: id, subjectId }: OutboxMessage<undefined>): Promise<"delivered"> {
        const invitation = await findInvitation(deps.sql, subjectId);
        if (!invitation || invitation.expiresAt <= deps.clock.now()) return "delivered";
        const { invitationId, email: to, inviterName, expiresAt, role, tokenHash } = invitation;
        const language = await languageFor(deps.sql, to) ?? invitation.inviterLanguage;
        // The token is in the fragment: no server, log or referrer gets it.
        const page = `${languagePath(languageOf(language))}/console/invitations/${invitationId}`;
        const token = deps.invitations.tokenWithDigest(invitationId, tokenHash);
        const url = `${deps.publicUrl}${page}#token=${token}`;
        const organisation = invitation.organisationName;
        const props = { organisation, inviter: inviterName, role, url, expiresAt };
        await sendMail(deps, { id, to, language, kind: "organisation_invitation", props });
        return "delivered";
      },
    },
  } as const;
}

/** The language of the account with an address. */
function languageFor(sql: Sql, email: string): Promise<string | undefined> {
  return one(
    sql<{ language: string }[]>`SELECT language FROM admins WHERE ${matchEmail(sql, email)}`,
    ({ language }) => language,
  );
}
