import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useAddress, useMessages } from "../../messages/use_messages.ts";
import { CrossLink } from "../../storefront/login/cross_link.tsx";
import { DemoAccounts } from "../../storefront/login/demo_accounts.tsx";
import { Gate } from "../../storefront/login/gate.tsx";
import { LoginForm } from "../../storefront/login/login_form.tsx";
import { useSubmit } from "../../storefront/login/use_submit.ts";
import { CONSOLE_KEY } from "../api/keys.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useWayIntoConsole } from "./use_way_into_console.ts";

const route = getRouteApi("/console-door/console/login");

/** Organisers of the seeded platform. WARNING: production is not seeded, and has none of them. */
const DEMO_ORGANISERS = ["admin@example.com"];

/** The organisers' log-in; then back to where one came from. A buyer's log-in in the same browser goes on. */
export function ConsoleLoginPage() {
  const { to } = route.useSearch();
  const { session } = useConsole();
  const { login: buyers } = useMessages();
  const { login } = useConsoleMessages();
  useForgetting();
  useWayIntoConsole(to);
  const sending = useSubmit(session.logIn, {
    BAD_CREDENTIALS: { field: "email", text: buyers.wrong },
  });
  return (
    <Gate title={login.title} hasErrors={sending.errors.length > 0} reasons={login}>
      <LoginForm sending={sending} to={to} account="organiser" />
      <CrossLink
        question={login.noAccount}
        answer={buyers.toRegister}
        page="/console/register"
        to={to}
      />
      <p>
        {login.toBuyers} <a href={useAddress("/login")}>{login.toBuyersLink}</a>
      </p>
      <DemoAccounts accounts={DEMO_ORGANISERS} busy={sending.busy} logIn={sending.submit} />
    </Gate>
  );
}

/**
 * Forgets what was read for an organiser who is gone. Before this page is there, the one that they left may still be
 * shown, and would ask for all of it again.
 */
function useForgetting(): void {
  const queryClient = useQueryClient();
  useEffect(() => queryClient.removeQueries({ queryKey: [CONSOLE_KEY] }), [queryClient]);
}
