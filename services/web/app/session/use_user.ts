import { splitLanguage } from "@evently/shared/languages";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { SessionUser } from "./session.ts";
import { useSession } from "./use_session.ts";

/**
 * The logged-in user, for pages that need one; `undefined` until that is known. Strangers are sent to the log-in, which
 * leads them back here.
 */
export function useUser(): SessionUser | undefined {
  const session = useSession();
  const navigate = useNavigate();
  const isOut = session.status === "out";
  useEffect(() => {
    if (!isOut) return;
    const { search, hash } = location;
    const { path } = splitLanguage(location.pathname);
    // Where one has gone on to already, there is nothing to come back to.
    if (path === "/login") return;
    void navigate({ to: "/login", search: { to: path + search + hash }, replace: true });
  }, [isOut, navigate]);
  return session.status === "in" ? session.user : undefined;
}
