import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/errors.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { CrossLink } from "../../storefront/login/cross_link.tsx";
import { Gate } from "../../storefront/login/gate.tsx";
import { type NewAccount, RegisterForm } from "../../storefront/login/register_form.tsx";
import { useSubmit } from "../../storefront/login/use_submit.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useWayIntoConsole } from "./use_way_into_console.ts";

const route = getRouteApi("/console-door/console/register");

/** A new organiser's account, logged in at once. Where registration is closed, the page says whom to ask. */
export function ConsoleRegisterPage() {
  const { to } = route.useSearch();
  const { session } = useConsole();
  const { login: buyers, language } = useMessages();
  const { login } = useConsoleMessages();
  const [isClosed, setClosed] = useState(false);
  useWayIntoConsole(to);
  const sending = useSubmit(async (input: NewAccount) => {
    try {
      await session.register({ ...input, language });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "REGISTRATION_CLOSED") throw error;
      setClosed(true);
    }
  }, { EMAIL_TAKEN: { field: "email", text: buyers.taken } });
  const toLogin = (
    <CrossLink
      question={buyers.haveAccount}
      answer={buyers.toLogin}
      page="/console/login"
      to={to}
    />
  );
  if (isClosed) {
    return (
      <Gate title={login.closedTitle} hasErrors={false} reasons={login}>
        <Note kind="info">{login.closed}</Note>
        {toLogin}
      </Gate>
    );
  }
  return (
    <Gate title={login.titleRegister} hasErrors={sending.errors.length > 0} reasons={login}>
      <RegisterForm sending={sending} nameHint={login.nameHint} />
      {toLogin}
    </Gate>
  );
}
