/** A venue of the demo. */
export interface SeedVenue {
  key: string;
  name: string;
  address: string;
  city: string;
  state: string;
  postalCode: string;
  capacity: number;
  latitude: number;
  longitude: number;
}

/** A pool of a demo event besides its house. */
export interface SeedPool {
  key: string;
  name: string;
  capacity: number;
}

/** A ticket type of a demo event besides the default one. */
export interface SeedTicketType {
  key: string;
  name: string;
  description: string;
  /** 0: free. */
  priceMinor: number;
  /** Seats that one ticket takes; 1 by default. */
  gives?: number;
  /** Tickets in a pool of its own. */
  capacity?: number;
  /** Keys of shared pools. */
  pools?: readonly string[];
  maxPerOrder?: number;
  maxPerBuyer?: number;
}

/** An event of the demo. */
export interface SeedEvent {
  key: string;
  venue: string;
  name: string;
  eventType: string;
  description: string;
  accessNotes: string;
  /** Days from seeding to its start, … */
  inDays: number;
  /** … at this time of day in India. */
  at: `${number}:${number}`;
  hours: number;
  capacity: number;
  /** Of the default ticket type. */
  priceMinor: number;
  /** Of the default ticket type. */
  ticketName?: string;
  pools?: readonly SeedPool[];
  /** Besides the default one. */
  ticketTypes?: readonly SeedTicketType[];
  maxTickets: number;
  /** All of it is sold, and people wait for places. */
  isSoldOut?: true;
}

export const SEED_VENUES: readonly SeedVenue[] = [
  {
    key: "jln-stadium",
    name: "Jawaharlal Nehru Stadium",
    address: "Pragati Vihar, Lodhi Road",
    city: "New Delhi",
    state: "Delhi",
    postalCode: "110003",
    capacity: 60_000,
    latitude: 28.5828,
    longitude: 77.2344,
  },
  {
    key: "ncpa",
    name: "National Centre for the Performing Arts",
    address: "NCPA Marg, Nariman Point",
    city: "Mumbai",
    state: "Maharashtra",
    postalCode: "400021",
    capacity: 1_109,
    latitude: 18.9257,
    longitude: 72.8195,
  },
  {
    key: "biec",
    name: "Bangalore International Exhibition Centre",
    address: "10th Mile, Tumkur Road, Madavara Post",
    city: "Bengaluru",
    state: "Karnataka",
    postalCode: "562123",
    capacity: 8_000,
    latitude: 13.0627,
    longitude: 77.4748,
  },
  {
    key: "music-academy",
    name: "The Music Academy",
    address: "168 TTK Road, Royapettah",
    city: "Chennai",
    state: "Tamil Nadu",
    postalCode: "600014",
    capacity: 1_600,
    latitude: 13.0454,
    longitude: 80.2590,
  },
  {
    key: "eden-gardens",
    name: "Eden Gardens",
    address: "Maidan, B.B.D. Bagh",
    city: "Kolkata",
    state: "West Bengal",
    postalCode: "700021",
    capacity: 66_000,
    latitude: 22.5646,
    longitude: 88.3433,
  },
  {
    key: "amanora",
    name: "Amanora Park Grounds",
    address: "Amanora Park Town, Hadapsar",
    city: "Pune",
    state: "Maharashtra",
    postalCode: "411028",
    capacity: 5_000,
    latitude: 18.5189,
    longitude: 73.9346,
  },
];

export const SEED_EVENTS: readonly SeedEvent[] = [
  {
    key: "diwali-festival",
    venue: "jln-stadium",
    name: "Diwali Festival of Lights",
    eventType: "festival",
    description:
      "An evening of ten thousand diyas, folk dance from twelve states, street food from Old Delhi and " +
      "a quiet, drone-lit sky in place of fireworks. Families welcome; children under five come free. " +
      "Gates open half an hour before; the lamps are lit at seven, all at once, and everybody may light " +
      "one.",
    accessNotes:
      "Step-free from gate 2, with a viewing platform and companion seats beside the main stage. There is " +
      "a quiet tent behind gate 5, and ear protectors at every information desk.",
    inDays: 21,
    at: "17:30",
    hours: 5,
    capacity: 20_000,
    priceMinor: 79_900,
    maxTickets: 10,
  },
  {
    key: "tech-summit",
    venue: "biec",
    name: "Bengaluru Tech Summit",
    eventType: "conference",
    description:
      "Two days on distributed systems, databases and the craft of reliable software: forty talks, " +
      "hands-on workshops, and an expo hall where teams show what they run in production. " +
      "Lunch and coffee are included on both days, and the talks are recorded for ticket holders.",
    accessNotes:
      "All halls are step-free, with hearing loops in halls 1 and 2 and live captions of every talk. " +
      "Guide dogs are welcome; a quiet room is on the first floor, by lift.",
    inDays: 35,
    at: "09:00",
    hours: 33,
    capacity: 3_000,
    priceMinor: 499_900,
    ticketName: "Two days, all talks",
    ticketTypes: [
      {
        key: "expo",
        name: "Expo hall only",
        description: "Both days in the expo hall, without the talks. Free; bring your badge.",
        priceMinor: 0,
        capacity: 500,
        maxPerOrder: 2,
        maxPerBuyer: 2,
      },
    ],
    maxTickets: 5,
  },
  {
    key: "indie-concert",
    venue: "amanora",
    name: "Monsoon Echoes: Indie Live in Concert",
    eventType: "concert",
    description:
      "Six independent bands on one open-air stage, from Marathi folk-rock to electronica, until the " +
      "last train. Standing area only; bring a raincoat, as the music goes on in the rain. " +
      "Gates open at five. Food and water are sold on the grounds, and refill points are free.",
    accessNotes:
      "A raised platform with a ramp and seats is to the left of the stage; ask at the entrance for the " +
      "step-free way. Strobe lights are used in the last set.",
    inDays: 14,
    at: "18:00",
    hours: 6,
    capacity: 4_500,
    priceMinor: 149_900,
    ticketName: "Standing",
    pools: [{ key: "front", name: "Front of stage", capacity: 800 }],
    ticketTypes: [
      {
        key: "front",
        name: "Front of stage",
        description: "The area before the barrier, with an entrance of its own.",
        priceMinor: 249_900,
        pools: ["front"],
      },
      {
        key: "front-early-bird",
        name: "Front of stage, early bird",
        description: "The same area for the first two hundred who book it.",
        priceMinor: 199_900,
        capacity: 200,
        pools: ["front"],
        maxPerOrder: 4,
      },
    ],
    maxTickets: 8,
  },
  {
    key: "midsummer-theatre",
    venue: "ncpa",
    name: "A Midsummer Night's Dream",
    eventType: "theatre",
    description:
      "Shakespeare's comedy moved to a hill station of the 1930s, played in English and Hindi with live " +
      "tabla and cello. Two hours and a half with one interval; latecomers are seated at the interval. " +
      "The foyer bar opens an hour before, and the director talks to the audience after the Friday " +
      "performance.",
    accessNotes:
      "Step-free from the street, with wheelchair spaces in rows C and M. Infrared headsets are lent at " +
      "the cloakroom, and English surtitles are shown throughout.",
    inDays: 10,
    at: "19:30",
    hours: 3,
    capacity: 1_000,
    priceMinor: 119_900,
    maxTickets: 6,
  },
  {
    key: "standup-comedy",
    venue: "ncpa",
    name: "Laugh Track: Stand-up Comedy Night",
    eventType: "comedy",
    description:
      "Five comedians try their new hour in front of forty people in the Little Theatre. It sells out " +
      "every month, so join the waitlist: places do come back. For adults. " +
      "Doors open half an hour before; seats are not numbered.",
    accessNotes:
      "The Little Theatre is on the ground floor, and two wheelchair spaces are in the first row. An " +
      "accessible toilet is in the foyer.",
    inDays: 7,
    at: "21:00",
    hours: 2,
    capacity: 40,
    priceMinor: 59_900,
    maxTickets: 4,
    isSoldOut: true,
  },
  {
    key: "cricket-derby",
    venue: "eden-gardens",
    name: "Kolkata Cricket Derby",
    eventType: "sports",
    description:
      "Twenty overs a side under the lights of Eden Gardens, the loudest cricket ground there is. " +
      "Gates open two hours before the toss; no bags larger than a sheet of paper. " +
      "Children under three sit on a lap and need no ticket.",
    accessNotes:
      "Wheelchair places are in block L, by the lift at gate 14; a companion comes free with each. " +
      "Commentary by headset is in English, Hindi and Bengali.",
    inDays: 28,
    at: "19:00",
    hours: 4,
    capacity: 50_000,
    priceMinor: 99_900,
    maxTickets: 6,
  },
  {
    key: "food-carnival",
    venue: "amanora",
    name: "Great Indian Food Carnival",
    eventType: "food",
    description:
      "A hundred stalls, from Kashmiri wazwan to Chettinad kitchens, cooking demonstrations on the hour " +
      "and a long table for guests who come alone. The ticket includes five tastings. " +
      "Most stalls are vegetarian, and every dish names its allergens.",
    accessNotes:
      "The grounds are level, with firm paths between the stalls and benches every fifty metres. Each " +
      "hour begins without music, for those who like it quiet.",
    inDays: 18,
    at: "12:00",
    hours: 10,
    capacity: 2_500,
    priceMinor: 39_900,
    maxTickets: 10,
  },
  {
    key: "margazhi-classical",
    venue: "music-academy",
    name: "Margazhi Evening: Carnatic Classical",
    eventType: "classical",
    description:
      "A vocal recital in the December season's best hall, with violin, mridangam and ghatam, and a " +
      "ragam-tanam-pallavi in a raga that is chosen by the audience. " +
      "Filter coffee and tiffin are served in the canteen from five.",
    accessNotes:
      "A ramp leads in from TTK Road; wheelchair spaces are at the ends of rows F and G. There is a lift " +
      "to the balcony.",
    inDays: 30,
    at: "18:15",
    hours: 3,
    capacity: 1_500,
    priceMinor: 89_900,
    maxTickets: 6,
  },
  {
    key: "kids-science",
    venue: "biec",
    name: "Little Einsteins: Science Fair for Kids",
    eventType: "kids",
    description:
      "Build a rocket, hold a comet of dry ice, look at the sun through a real telescope: sixty " +
      "experiments for children from six to twelve. Every child comes with one adult, who needs a ticket too. " +
      "Entry is by the hour for the busiest experiments, so come early for the rockets.",
    accessNotes:
      "Every table can be reached by wheelchair, and experiments are explained in sign language at eleven " +
      "and at three. The first hour is calm: dimmed lights, no loudspeakers.",
    inDays: 24,
    at: "10:00",
    hours: 7,
    capacity: 1_200,
    priceMinor: 29_900,
    ticketTypes: [
      {
        key: "family",
        name: "Family of four",
        description: "One ticket for two adults and two children.",
        priceMinor: 99_900,
        gives: 4,
      },
    ],
    maxTickets: 8,
  },
  {
    key: "delhi-marathon",
    venue: "jln-stadium",
    name: "Delhi Winter Half Marathon",
    eventType: "marathon",
    description:
      "Twenty-one kilometres along closed roads from the stadium to India Gate and back, with pace " +
      "makers from 1:30 to 3:00, timing chips and a hot breakfast at the finish. " +
      "Bag drop opens at half past four, and the metro runs from four on race day.",
    accessNotes:
      "Wheelchair racers start at 05:50 from the same line. Guides of visually impaired runners start " +
      "with them and need no number of their own.",
    inDays: 42,
    at: "06:00",
    hours: 5,
    capacity: 12_000,
    priceMinor: 179_900,
    maxTickets: 2,
  },
];
