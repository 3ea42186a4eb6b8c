import { Outlet, useRouterState } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";
import { Connection } from "../../parts/connection.tsx";
import { ConsoleNav } from "./console_nav.tsx";
import { OrganiserGate } from "./organiser_gate.tsx";

/** What every page of the console has around it: the navigation at its side, on a phone above it. */
export function ConsoleFrame() {
  const { common } = useMessages();
  // What leads to nothing does so for everybody.
  const isNowhere = useRouterState({
    select: ({ matches }) => matches.at(-1)?.routeId === "/console",
  });
  return (
    <div className="console">
      <a className="skip" href="#main">{common.skip}</a>
      <ConsoleNav />
      <div className="console__page">
        <Connection />
        <main id="main" tabIndex={-1}>
          {isNowhere ? <Outlet /> : (
            <OrganiserGate>
              <Outlet />
            </OrganiserGate>
          )}
        </main>
      </div>
    </div>
  );
}
