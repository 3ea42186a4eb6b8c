/** Texts that several pages of the console share. */
export const parts = {
  states: {
    draft: "Draft",
    onSale: "On sale",
    nearlyFull: "Nearly full",
    soldOut: "Sold out",
    notOnSale: "Not on sale",
    past: "Past",
    cancelled: "Cancelled",
  },
  sold: "Sold",
  held: "Held",
  free: "Free",
  setAside: "Set aside",
  /** A bar of seats, for those who do not see it. */
  seats: (sold: string, held: string, free: string, capacity: string) =>
    `${sold} sold, ${held} held, ${free} free of ${capacity}`,
  event: "Event",
  date: "Date",
  state: "State",
  seatsColumn: "Seats",
  doColumn: "Do",
  loadingRows: "Loading",
  previous: "Previous",
  next: "Next",
  pageOf: (page: string, pages: string) => `Page ${page} of ${pages}`,
  pages: "Pages",
  save: "Save",
  saving: "Saving…",
  close: "Close",
  failed: "That did not work. Try again, or tell us this number:",
  noAnswer: "We have no answer. Look at your connection, and try again.",
};
