import { Link, useRouterState } from "@tanstack/react-router";
import { useMessages } from "../messages/use_messages.ts";
import { useSession } from "../session/use_session.ts";

/** Pages that are no place to come back to. */
const LOG_IN_PAGES = /^\/(login|register|forgot|reset|verify)\b/;

/**
 * The way to the reader's account, or to log in and back here. Until it is known who reads, and without script, it is
 * the latter.
 */
export function AccountLink() {
  const { common } = useMessages();
  const session = useSession();
  const here = useRouterState({ select: ({ location }) => location.href });
  if (session.status === "in") {
    return <Link className="who" to="/account">{session.user.name}</Link>;
  }
  const search = LOG_IN_PAGES.test(here) || here === "/" ? {} : { to: here };
  return <Link to="/login" search={search}>{common.signIn}</Link>;
}
