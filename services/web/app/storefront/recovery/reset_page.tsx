import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { resetPassword } from "../../api/recovery.ts";
import { useAddress, useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { useApp } from "../../use_app.ts";
import { Gate } from "../login/gate.tsx";
import { useSubmit } from "../login/use_submit.ts";
import { LostLink } from "./lost_link.tsx";
import { ResetForm } from "./reset_form.tsx";
import { useLinkToken } from "./use_link_token.ts";

const route = getRouteApi("/reset");

/** Sets a new password by the link of a mail; then this browser is signed out too, if it was that account's. */
export function ResetPage() {
  const { account = "user" } = route.useSearch();
  const token = useLinkToken();
  const { api, session } = useApp();
  const { recovery } = useMessages();
  const consoleLogin = useAddress("/console/login");
  const [used, setUsed] = useState<{ token: string; isReset: boolean }>();
  const sending = useSubmit(async ({ password }: { password: string }) => {
    if (!token) return;
    const isReset = await resetPassword(api, account, { token, password });
    if (isReset && account === "user") await session.recheck();
    setUsed({ token, isReset });
  }, {});
  const newLink = (
    <Link
      className="btn btn--wide"
      to="/forgot"
      search={account === "organiser" ? { account } : {}}
    >
      {recovery.newLink}
    </Link>
  );
  if (token === null) {
    return <LostLink title={recovery.noLinkTitle} text={recovery.noResetLink}>{newLink}</LostLink>;
  }
  const outcome = used?.token === token ? used : undefined;
  if (!outcome) {
    return (
      <Gate title={recovery.resetTitle} hasErrors={sending.errors.length > 0}>
        <ResetForm sending={sending} />
      </Gate>
    );
  }
  if (!outcome.isReset) {
    return <LostLink title={recovery.deadTitle} text={recovery.deadLink}>{newLink}</LostLink>;
  }
  return (
    <Gate title={recovery.resetDoneTitle} hasErrors={false}>
      <Note kind="ok">
        {account === "organiser" ? recovery.resetDoneOrganiser : recovery.resetDone}
      </Note>
      {account === "organiser"
        ? <a className="btn btn--wide" href={consoleLogin}>{recovery.signInAnew}</a>
        : <Link className="btn btn--wide" to="/login">{recovery.signInAnew}</Link>}
    </Gate>
  );
}
