import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type Invitation,
  invitationsQuery,
  type OrganisationScope,
  organisationsKey,
  withdrawInvitation,
} from "../api/organisations.ts";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useClockText } from "../webhooks/use_clock_text.ts";

/** The invitations that nobody has accepted yet. */
export function Invitations({ scope, isOwner }: { scope: OrganisationScope; isOwner: boolean }) {
  const { api } = useConsole();
  const { team: texts } = useConsoleMessages();
  const clockText = useClockText();
  const queryClient = useQueryClient();
  const { organisationId, adminId } = scope;
  const { data } = useQuery(invitationsQuery(api, scope));
  const withdraw = useAction(async (invitationId: string) => {
    await withdrawInvitation(api, { organisationId, invitationId });
    return texts.withdrawn;
  }, { settled: () => queryClient.invalidateQueries({ queryKey: organisationsKey(adminId) }) });
  const columns: Column<Invitation>[] = [
    {
      key: "email",
      head: texts.email,
      isHead: true,
      cell: ({ email }) => <span className="address">{email}</span>,
    },
    { key: "role", head: texts.role, cell: ({ role }) => texts.roles[role] },
    { key: "by", head: texts.by, cell: ({ invited_by: name }) => name },
    {
      key: "until",
      head: texts.until,
      cell: ({ expires_at: at }) =>
        Date.parse(at) > Date.now()
          ? <time dateTime={at}>{clockText(at)}</time>
          : <span className="tag tag--bad">{texts.expired}</span>,
    },
    ...(isOwner
      ? [{
        key: "do",
        head: texts.do,
        cell: ({ invitation_id: id, email }: Invitation) => (
          <button
            className="link"
            type="button"
            onClick={() => void withdraw.act(id)}
          >
            {texts.withdraw}
            <span className="visually-hidden">{email}</span>
          </button>
        ),
      }]
      : []),
  ];
  return (
    <section className="stack" aria-labelledby="invitations">
      <h2 id="invitations">{texts.invitations}</h2>
      <OutcomeNote outcome={withdraw.outcome} />
      {data?.length === 0 ? <p className="soft">{texts.noInvitations}</p> : (
        <Table
          caption={texts.invitations}
          columns={columns}
          rows={data}
          keyOf={({ invitation_id }) => invitation_id}
        />
      )}
    </section>
  );
}
