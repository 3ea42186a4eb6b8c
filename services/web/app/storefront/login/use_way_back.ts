import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSession } from "../../session/use_session.ts";
import { ownPath } from "./own_path.ts";

/** Leads on as soon as somebody is logged in, here or in another tab. */
export function useWayBack(to: string | undefined): void {
  const { status } = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    if (status === "in") void navigate({ href: ownPath(to), replace: true });
  }, [status, to, navigate]);
}
