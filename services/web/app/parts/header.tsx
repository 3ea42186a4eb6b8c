import { Link } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import { useMessages } from "../messages/use_messages.ts";
import { AccountLink } from "./account_link.tsx";
import { LanguageLinks } from "./language_links.tsx";

const MENU_ID = "menu";

/** The brand, the way to everything, and who is logged in. Where there is little room the way is a popover. */
export function Header() {
  const { common } = useMessages();
  return (
    <header className="page top">
      <Link className="mark" to="/">{common.brand}</Link>
      <nav id={MENU_ID} popover="auto" aria-label={common.mainNavigation} onClick={closeOnChoice}>
        <Link to="/events" activeOptions={{ includeSearch: false }}>{common.events}</Link>
        <Link to="/account/bookings">{common.myTickets}</Link>
        <Link to="/help/proof" className="menu-only">{common.footerProof}</Link>
        <Link to="/help/refunds" className="menu-only">{common.footerRefunds}</Link>
        <Link to="/help/accessibility" className="menu-only">{common.footerAccessibility}</Link>
        <LanguageLinks className="menu-only" />
      </nav>
      <div className="end">
        <LanguageLinks className="wide-only" />
        <AccountLink />
        <button className="menu-open" type="button" popoverTarget={MENU_ID}>{common.menu}</button>
      </div>
    </header>
  );
}

/** A link in the menu leads to a page of the same document, so nothing else would close it. */
function closeOnChoice(event: MouseEvent<HTMLElement>): void {
  const isLink = (event.target as HTMLElement).closest("a");
  if (isLink && event.currentTarget.matches(":popover-open")) event.currentTarget.hidePopover();
}
