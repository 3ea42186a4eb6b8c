import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";
import { LostLink } from "../../storefront/recovery/lost_link.tsx";
import { Gate } from "../../storefront/login/gate.tsx";
import { useLinkToken } from "../../storefront/recovery/use_link_token.ts";
import { receivedInvitationQuery } from "../api/organisations.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiserSession } from "../use_organiser_session.ts";
import { AcceptInvitation } from "./accept_invitation.tsx";
import { SignInToAccept } from "./sign_in_to_accept.tsx";
import { RegisterToAccept } from "./register_to_accept.tsx";

/** What the link of an invitation is for, and the way into the team: by the account of the address, or by a new one. */
export function InvitationPage() {
  const token = useLinkToken();
  const { api } = useConsole();
  const { common } = useMessages();
  const { team: texts, login } = useConsoleMessages();
  const session = useOrganiserSession();
  const { data: invitation, isError } = useQuery({
    ...receivedInvitationQuery(api, token ?? ""),
    enabled: typeof token === "string",
  });
  if (token === null || invitation === null) {
    return (
      <LostLink title={texts.deadTitle} text={texts.dead}>
        <Link className="btn btn--wide" to="/console">{texts.toConsole}</Link>
      </LostLink>
    );
  }
  const isKnown = token !== undefined && invitation !== undefined && session.status !== "unknown";
  return (
    <Gate title={texts.invitationTitle} hasErrors={false} reasons={login}>
      {isError ? <p role="alert">{common.noAnswer}</p> : null}
      {invitation
        ? (
          <>
            <p className="lead">
              {texts.invitationText(invitation.invited_by, invitation.organisation_name)}
            </p>
            <dl className="known">
              <div>
                <dt>{texts.role}</dt>
                <dd>{texts.roles[invitation.role]}: {texts.rolesMean[invitation.role]}</dd>
              </div>
              <div>
                <dt>{texts.invitationFor}</dt>
                <dd className="address">{invitation.email}</dd>
              </div>
            </dl>
          </>
        )
        : isError
        ? null
        : <div className="skeleton console__skeleton" aria-hidden="true" />}
      {!isKnown
        ? null
        : session.status === "in"
        ? <AcceptInvitation token={token} adminId={session.user.adminId} />
        : invitation.has_account
        ? <SignInToAccept email={invitation.email} />
        : <RegisterToAccept token={token} email={invitation.email} />}
    </Gate>
  );
}
