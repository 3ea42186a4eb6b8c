import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSession } from "../../session/use_session.ts";

/** Leads to the log-in where nobody is logged in; from there the way leads back. */
export function useLogInFirst(): void {
  const { status } = useSession();
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => {
    if (status !== "out") return;
    void navigate({ href: `/login?to=${encodeURIComponent(path)}`, replace: true });
  }, [status, path, navigate]);
}
