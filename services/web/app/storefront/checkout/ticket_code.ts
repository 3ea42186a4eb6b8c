/** The code in a ticket's address in the API: its last part. */
export function ticketCodeOf(ticketUrl: string): string {
  return decodeURIComponent(ticketUrl.slice(ticketUrl.lastIndexOf("/") + 1));
}
