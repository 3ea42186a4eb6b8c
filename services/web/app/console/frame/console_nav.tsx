import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import { useAddress, useFormat, useMessages } from "../../messages/use_messages.ts";
import { LanguageLinks } from "../../parts/language_links.tsx";
import { consoleOverviewQuery } from "../api/overview.ts";
import type { Organiser } from "../organiser.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganisation } from "../use_organisation.ts";
import { useOrganiserSession } from "../use_organiser_session.ts";
import { OrganisationSwitch } from "./organisation_switch.tsx";
import { LogOutButton } from "./log_out_button.tsx";

const MENU_ID = "console-menu";

/** The way to everything in the console: beside the page, or a menu that a button opens where there is little room. */
export function ConsoleNav() {
  const { common } = useMessages();
  const { account, frame, team } = useConsoleMessages();
  const session = useOrganiserSession();
  const shop = useAddress("/");
  const user = session.status === "in" ? session.user : undefined;
  return (
    <header className="console-bar">
      <Link className="mark" to="/console">{common.brand}</Link>
      <button className="menu-open" type="button" popoverTarget={MENU_ID}>{frame.menu}</button>
      <nav
        id={MENU_ID}
        popover="auto"
        className="console-nav"
        aria-label={frame.navigation}
        onClick={closeOnChoice}
      >
        <ul>
          <li>
            <Link to="/console" activeOptions={{ exact: true, includeSearch: false }}>
              {frame.overview}
            </Link>
          </li>
          <li>
            <Link to="/console/events" activeOptions={{ includeSearch: false }}>
              {frame.events}
              {user ? <EventCount adminId={user.adminId} /> : null}
            </Link>
          </li>
          <li>
            <Link to="/console/venues" activeOptions={{ includeSearch: false }}>
              {frame.venues}
            </Link>
          </li>
        </ul>
        <p className="console-nav__group">
          {user ? <WhoseConsole organiser={user} /> : <>&nbsp;</>}
        </p>
        {user ? <OrganisationSwitch adminId={user.adminId} /> : null}
        <ul>
          <li>
            <Link to="/console/team">{frame.team}</Link>
          </li>
          <li>
            <Link to="/console/changes" activeOptions={{ includeSearch: false }}>
              {team.changes}
            </Link>
          </li>
          <li>
            <Link to="/console/webhooks" activeOptions={{ includeSearch: false }}>
              {frame.webhooks}
            </Link>
          </li>
          <li>
            <Link to="/console/account">{account.title}</Link>
          </li>
          <li>
            <a href={shop}>{frame.shop}</a>
          </li>
          <li>
            <LogOutButton />
          </li>
        </ul>
        <LanguageLinks />
      </nav>
    </header>
  );
}

/** The organisation that is looked at; for the members of none or of several, who they are. */
function WhoseConsole({ organiser: { adminId, name, role } }: { organiser: Organiser }) {
  const { frame } = useConsoleMessages();
  const { all, chosen } = useOrganisation(adminId);
  if (all === undefined) return name ?? <>&nbsp;</>;
  const looked = all.length === 1 ? all[0] : chosen;
  return looked?.name ?? name ?? frame.roles[role];
}

/** How many events there are in any state. */
function EventCount({ adminId }: { adminId: string }) {
  const { api } = useConsole();
  const { number } = useFormat();
  const { data } = useQuery(consoleOverviewQuery(api, adminId));
  if (!data) return null;
  const count = Object.values(data.events).reduce((sum, some) => sum + some, 0);
  return <span className="console-nav__count">{number(count)}</span>;
}

/** A link in the menu leads to a page of the same document, so nothing else would close it. */
function closeOnChoice(event: MouseEvent<HTMLElement>): void {
  const isLink = (event.target as HTMLElement).closest("a");
  if (isLink && event.currentTarget.matches(":popover-open")) event.currentTarget.hidePopover();
}
