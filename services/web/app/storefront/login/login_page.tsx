import { getRouteApi } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";
import { CrossLink } from "./cross_link.tsx";
import { DemoAccounts } from "./demo_accounts.tsx";
import { Gate } from "./gate.tsx";
import { LoginForm } from "./login_form.tsx";
import { useSubmit } from "./use_submit.ts";
import { useWayBack } from "./use_way_back.ts";

const route = getRouteApi("/login");

/** The log-in; then back to where one came from. */
export function LoginPage() {
  const { to } = route.useSearch();
  const { session } = useApp();
  const { login } = useMessages();
  useWayBack(to);
  const sending = useSubmit(session.logIn, {
    BAD_CREDENTIALS: { field: "email", text: login.wrong },
  });
  return (
    <Gate title={login.title} hasErrors={sending.errors.length > 0}>
      <LoginForm sending={sending} to={to} />
      <CrossLink question={login.noAccount} answer={login.toRegister} page="/register" to={to} />
      <DemoAccounts busy={sending.busy} logIn={sending.submit} />
    </Gate>
  );
}
