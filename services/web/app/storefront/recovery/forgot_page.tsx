import { getRouteApi, useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { askForReset } from "../../api/recovery.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";
import { CrossLink } from "../login/cross_link.tsx";
import { Gate } from "../login/gate.tsx";
import { useSubmit } from "../login/use_submit.ts";
import { ForgotForm } from "./forgot_form.tsx";
import { MailOnItsWay } from "./mail_on_its_way.tsx";

const route = getRouteApi("/forgot");

/** Asks for a mail to set a new password. */
export function ForgotPage() {
  const { account = "user", to } = route.useSearch();
  const typed = useRouterState({ select: ({ location }) => location.state.email });
  const { api } = useApp();
  const { login, recovery } = useMessages();
  const [email, setEmail] = useState(typed);
  const [sent, setSent] = useState(0);
  const [linkS, setLinkS] = useState(0);
  const sending = useSubmit(async (input: { email: string }) => {
    setLinkS(await askForReset(api, account, input.email));
    setEmail(input.email);
    setSent((count) => count + 1);
  }, {});
  const isSent = sent > 0 && email !== undefined;
  return (
    <Gate
      title={isSent ? recovery.sentTitle : recovery.forgotTitle}
      hasErrors={sending.errors.length > 0}
    >
      {isSent
        ? (
          <MailOnItsWay
            email={email}
            linkS={linkS}
            isRepeated={sent > 1}
            sending={sending}
            onOther={() => setSent(0)}
          />
        )
        : <ForgotForm email={email} sending={sending} />}
      {account === "user"
        ? <CrossLink question={recovery.remembered} answer={login.toLogin} page="/login" to={to} />
        : null}
    </Gate>
  );
}
