import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormat } from "../../messages/use_messages.ts";
import {
  changeRole,
  type Member,
  type MemberRole,
  membersQuery,
  type OrganisationScope,
  organisationsKey,
  ROLES,
} from "../api/organisations.ts";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { RemoveMember } from "./remove_member.tsx";

/** The members, with their roles, which owners change. */
export function Members({ scope, isOwner }: { scope: OrganisationScope; isOwner: boolean }) {
  const { api } = useConsole();
  const { team: texts } = useConsoleMessages();
  const { when } = useFormat();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const queryClient = useQueryClient();
  const { organisationId, adminId } = scope;
  const { data } = useQuery(membersQuery(api, scope));
  const change = useAction(async ({ member, role }: { member: Member; role: MemberRole }) => {
    await changeRole(api, { organisationId, memberId: member.admin_id, role });
    return texts.roleChanged(member.name, texts.roles[role]);
  }, {
    refusals: { LAST_OWNER: texts.lastOwner },
    settled: () => queryClient.invalidateQueries({ queryKey: organisationsKey(adminId) }),
  });
  const columns: Column<Member>[] = [
    {
      key: "member",
      head: texts.member,
      isHead: true,
      cell: ({ admin_id: id, name, email }) => (
        <span className="person">
          {name}
          <span className="soft small address">{email}</span>
          {id === adminId ? <span className="tag tag--info">{texts.you}</span> : null}
        </span>
      ),
    },
    {
      key: "role",
      head: texts.role,
      cell: (member) => (
        <span className="role field">
          {isOwner
            ? (
              <select
                aria-label={texts.roleOf(member.name)}
                value={member.role}
                onChange={({ target }) =>
                  void change.act({ member, role: target.value as MemberRole })}
              >
                {ROLES.map((role) => <option key={role} value={role}>{texts.roles[role]}</option>)}
              </select>
            )
            : texts.roles[member.role]}
          <span className="soft xs">{texts.rolesMean[member.role]}</span>
        </span>
      ),
    },
    {
      key: "since",
      head: texts.since,
      cell: ({ joined_at: at }) => <time dateTime={at}>{when(at, timeZone).short}</time>,
    },
    {
      key: "do",
      head: texts.do,
      cell: (member) =>
        isOwner || member.admin_id === adminId
          ? <RemoveMember scope={scope} member={member} />
          : null,
    },
  ];
  return (
    <section className="stack" aria-labelledby="members">
      <h2 id="members">{texts.members}</h2>
      <OutcomeNote outcome={change.outcome} />
      <Table
        caption={texts.members}
        columns={columns}
        rows={data}
        keyOf={({ admin_id }) => admin_id}
      />
    </section>
  );
}
