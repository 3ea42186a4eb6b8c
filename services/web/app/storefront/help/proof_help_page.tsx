import { Link } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";
import { HelpPage } from "./help_page.tsx";

/** How anyone can tell that no seat is sold twice. */
export function ProofHelpPage() {
  const { help: { proof } } = useMessages();
  return (
    <HelpPage
      path="/help/proof"
      {...proof}
      after={
        <section>
          <p>{proof.look}</p>
          <p>
            <Link className="btn" to="/events">{proof.toEvents}</Link>
          </p>
        </section>
      }
    />
  );
}
