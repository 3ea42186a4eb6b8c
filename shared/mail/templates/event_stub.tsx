import { placeOf } from "../content.ts";
import type { MailFormat } from "../format.ts";
import type { MailEvent } from "../kinds.ts";
import { BIG_FACE, COLOURS } from "./colours.ts";

/** The event as a ticket: its day on the stub, what and where beside it. */
export function EventStub(
  { event, format, mark }: { event: MailEvent; format: MailFormat; mark: string | undefined },
) {
  const { day, month } = format.day(event.startsAt, event.timezone);
  const paper = mark === undefined ? COLOURS.marigold : COLOURS.stone;
  return (
    <table
      role="presentation"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      style={{ backgroundColor: paper, borderRadius: 10, margin: "24px 0", color: COLOURS.ink }}
    >
      <tbody>
        <tr>
          <td
            data-skip-in-text="true"
            style={{
              width: 84,
              padding: "18px 0",
              textAlign: "center",
              verticalAlign: "top",
              borderRight: `2px dashed ${COLOURS.ink}`,
              fontFamily: BIG_FACE,
              fontWeight: 700,
            }}
          >
            <div style={{ fontSize: 40, lineHeight: "40px" }}>{day}</div>
            <div style={{ fontSize: 18, lineHeight: "24px" }}>{month}</div>
          </td>
          <td style={{ padding: "18px 20px", verticalAlign: "top" }}>
            <p
              style={{
                ...line,
                fontFamily: BIG_FACE,
                fontSize: 24,
                lineHeight: "28px",
                fontWeight: 700,
              }}
            >
              {mark === undefined ? undefined : `${mark}: `}
              <bdi>{event.name}</bdi>
            </p>
            <p style={{ ...line, marginTop: 8 }}>{format.when(event.startsAt, event.timezone)}</p>
            <p style={line}>
              <bdi>{placeOf(event)}</bdi>
            </p>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const line = { margin: 0, fontSize: 16, lineHeight: "23px", overflowWrap: "anywhere" } as const;
