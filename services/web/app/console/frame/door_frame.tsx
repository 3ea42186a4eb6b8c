import { Outlet } from "@tanstack/react-router";
import { useAddress, useMessages } from "../../messages/use_messages.ts";
import { Connection } from "../../parts/connection.tsx";
import { LanguageLinks } from "../../parts/language_links.tsx";

/** What is around the pages that lead into the console. */
export function DoorFrame() {
  const { common } = useMessages();
  return (
    <>
      <a className="skip" href="#main">{common.skip}</a>
      <header className="page top">
        <a className="mark" href={useAddress("/")}>{common.brand}</a>
        <div className="end">
          <LanguageLinks />
        </div>
      </header>
      <Connection />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}
