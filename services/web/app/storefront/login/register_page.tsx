import { getRouteApi } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";
import { CrossLink } from "./cross_link.tsx";
import { Gate } from "./gate.tsx";
import { type NewAccount, RegisterForm } from "./register_form.tsx";
import { useSubmit } from "./use_submit.ts";
import { useWayBack } from "./use_way_back.ts";

const route = getRouteApi("/register");

/** A new account, logged in at once; its mails are in the language of the page. */
export function RegisterPage() {
  const { to } = route.useSearch();
  const { session } = useApp();
  const { login, language } = useMessages();
  useWayBack(to);
  const sending = useSubmit((input: NewAccount) => session.register({ ...input, language }), {
    EMAIL_TAKEN: { field: "email", text: login.taken },
  });
  return (
    <Gate title={login.titleRegister} hasErrors={sending.errors.length > 0}>
      <RegisterForm sending={sending} />
      <CrossLink question={login.haveAccount} answer={login.toLogin} page="/login" to={to} />
    </Gate>
  );
}
