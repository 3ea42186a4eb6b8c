import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useOrganiserSession } from "../use_organiser_session.ts";
import { consolePathOf } from "./console_path_of.ts";

/** Leads on as soon as an organiser is logged in, here or in another tab. */
export function useWayIntoConsole(to: string | undefined): void {
  const { status } = useOrganiserSession();
  const navigate = useNavigate();
  useEffect(() => {
    if (status === "in") void navigate({ href: consolePathOf(to), replace: true });
  }, [status, to, navigate]);
}
