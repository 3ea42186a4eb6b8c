import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { profileQuery } from "../../api/account.ts";
import type { AccountKind } from "../../api/recovery.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { useSession } from "../../session/use_session.ts";
import { useApp } from "../../use_app.ts";
import { VerifyNote } from "./verify_note.tsx";

/** The way to another mail that verifies an address, for those whose link does not work. */
export function NewVerification({ kind }: { kind: AccountKind }) {
  const { api } = useApp();
  const { recovery } = useMessages();
  const session = useSession();
  const isIn = kind === "user" && session.status === "in";
  const { data: profile } = useQuery({
    ...profileQuery(api, isIn ? session.user.userId : ""),
    enabled: isIn,
  });
  if (kind === "organiser") return <p>{recovery.organiserNewLink}</p>;
  if (!isIn) {
    return (
      <Link className="btn btn--wide" to="/login" search={{ to: "/account" }}>
        {recovery.signInForNewLink}
      </Link>
    );
  }
  if (!profile) return null;
  return profile.email_verified
    ? <p>{recovery.alreadyVerified}</p>
    : <VerifyNote email={profile.email} />;
}
