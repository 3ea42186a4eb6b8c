import { useQueryClient } from "@tanstack/react-query";
import { CONSOLE_KEY } from "../api/keys.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganisation } from "../use_organisation.ts";

/** Switches between organisations, for those who belong to several. */
export function OrganisationSwitch({ adminId }: { adminId: string }) {
  const { organisation } = useConsole();
  const { team: texts } = useConsoleMessages();
  const { all, chosen } = useOrganisation(adminId);
  const queryClient = useQueryClient();
  if (!all || all.length < 2) return null;

  function choose(id: string): void {
    organisation.choose(id === "" ? undefined : id);
    void queryClient.resetQueries({ queryKey: [CONSOLE_KEY, adminId] });
  }

  return (
    <p className="console-nav__switch field">
      <label htmlFor="organisation">{texts.choose}</label>
      <select
        id="organisation"
        value={chosen?.organisation_id ?? ""}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="">{texts.chooseAll}</option>
        {all.map(({ organisation_id: id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
    </p>
  );
}
