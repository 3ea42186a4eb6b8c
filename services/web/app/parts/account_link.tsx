import { useMessages } from "../messages/use_messages.ts";
import { useSession } from "../session/use_session.ts";

/** The way to the reader's account, or to log in. Until it is known who reads, and without script, it is the latter. */
export function AccountLink() {
  const { common } = useMessages();
  const session = useSession();
  if (session.status === "in") return <a className="who" href="/account">{session.user.name}</a>;
  return <a href="/login">{common.signIn}</a>;
}
