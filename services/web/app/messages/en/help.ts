/** Pages that explain, in plain words. */
export const help = {
  more: "More help",
  proof: {
    title: "How we prove that no seat is sold twice",
    lead: "You need not take our word for it. Each event has a record that anyone can read.",
    sections: [
      {
        title: "A seat is yours before you pay",
        paragraphs: [
          "When you press “Hold”, the seats are taken off the count at once and kept for you while you pay. Nobody else can hold or buy them in that time.",
          "If you do not pay, they go back, and the next person can have them.",
        ],
      },
      {
        title: "Every move is written down",
        paragraphs: [
          "Each time seats move (held, sold, given back or set aside) an entry is added to the event’s ledger. It says how many seats moved, from where to where, and how many are in each place after it.",
          "Entries are only ever added. None is changed or deleted.",
        ],
      },
      {
        title: "The entries are chained",
        paragraphs: [
          "Each entry carries a fingerprint, made of its own text and of the fingerprint of the entry before. A change of an old entry changes every fingerprint after it.",
          "The last fingerprint is the head of the chain. Each event shows it on its proof page. Note it down, and you can tell later that nothing before it was rewritten.",
        ],
      },
      {
        title: "The sum has to come out",
        paragraphs: [
          "The seats that are free, held, sold and set aside are together always as many as the event has. The proof page says whether they are, and shows the numbers unless the organiser hides them.",
        ],
      },
    ],
    look: "See it for an event: open the event, and follow “See the proof for this event”.",
    toEvents: "Choose an event",
  },
  refunds: {
    title: "Refunds",
    lead: "You see what you get back before you cancel, not after.",
    tableTitle: "Where an event says nothing else",
    table: {
      when: "You cancel",
      back: "You get back",
      rows: [
        ["More than 24 hours before the start", "Everything"],
        ["24 to 2 hours before the start", "Half"],
        ["Later than that", "Nothing"],
      ],
    },
    sections: [
      {
        title: "An event may have rules of its own",
        paragraphs: [
          "Organisers can set other hours and shares. The event’s page says which ones apply to it.",
        ],
      },
      {
        title: "The rules you bought with stay yours",
        paragraphs: [
          "A booking keeps the refund rules and the start that it was sold with. If the organiser changes the rules later, or moves the event, you get the better of the two.",
        ],
      },
      {
        title: "If the event is cancelled",
        paragraphs: [
          "When an organiser cancels an event, every booking of it is cancelled and refunded.",
        ],
      },
      {
        title: "How to cancel",
        paragraphs: [
          "Open “My tickets”, choose the booking and press “Cancel”. You are told the amount first. Once the event has ended, a booking can no longer be cancelled.",
          "Tickets that are only held cost nothing: let them go, or let the time run out.",
        ],
      },
    ],
  },
  accessibility: {
    title: "Accessibility",
    lead: "Everybody should be able to buy a ticket here, however they read, point or type.",
    sections: [
      {
        title: "What we build to",
        paragraphs: [
          "These pages are made to meet WCAG 2.2 at level AA. They are tested by machine on every page, in light and dark and on narrow and wide screens.",
        ],
      },
      {
        title: "What you can count on",
        paragraphs: [
          "A whole purchase works by keyboard alone. What has the focus is always marked, and never hidden behind something else.",
          "Nothing is told by colour alone: seats, states and errors have words.",
          "Text can be made twice as large, and pages fit a screen of 320 pixels without moving sideways.",
          "The pages follow your system’s settings for a dark screen, less motion and more contrast.",
          "Events can be found and read without script.",
        ],
      },
      {
        title: "The time limit while you pay",
        paragraphs: [
          "Tickets are held for a few minutes while you pay, as others want them too. You are told before it begins, you do all else before, and you can extend the time once. Screen readers hear it at half time, at one minute, at 30 seconds and at the end.",
        ],
      },
      {
        title: "At the event",
        paragraphs: [
          "What a place offers (steps, seats, companions) is the organiser’s to tell. Where they have told us, it is on the event’s page.",
        ],
      },
    ],
  },
};
