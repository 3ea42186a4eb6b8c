/** What the address asks for. */
export interface Asked {
  count: number | undefined;
  ticketTypeId: string | undefined;
}

/** How the last place or offer has ended, as far as this page saw it. */
export type Ending =
  | { kind: "over"; at: string | undefined }
  | { kind: "passed_on" }
  | { kind: "left" };
