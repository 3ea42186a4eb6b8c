import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { isConsolePath } from "./console_path.ts";
import { Connection } from "./parts/connection.tsx";
import { Footer } from "./parts/footer.tsx";
import { Header } from "./parts/header.tsx";
import { HeldBar } from "./parts/held_bar.tsx";

import { useMessages } from "./messages/use_messages.ts";

/** What every page has around it. Those of the console bring a frame of their own. */
export function Frame() {
  const { common } = useMessages();
  const isConsole = useRouterState({
    select: ({ matches }) => matches.some(({ pathname }) => isConsolePath(pathname)),
  });
  useFocusAfterNavigation();
  if (isConsole) return <Outlet />;
  return (
    <>
      <a className="skip" href="#main">{common.skip}</a>
      <Header />
      <HeldBar />
      <Connection />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
    </>
  );
}

/**
 * After a change of the page focus goes to what the page marks as first (`data-first`), and else to its head, so that
 * screen readers begin there.
 */
function useFocusAfterNavigation(): void {
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (pathname === undefined || last.current === pathname) return;
    const isFirst = last.current === undefined;
    last.current = pathname;
    const first = document.querySelector<HTMLElement>("[data-first]");
    if (first) first.focus();
    if (first || isFirst) return;
    const head = document.querySelector("h1") ?? document.getElementById("main");
    head?.setAttribute("tabindex", "-1");
    head?.focus({ preventScroll: true });
  }, [pathname]);
}
