import type { SearchDocument } from "../../services/search/index/document.ts";

/** Intent of a query: parts of an event's texts. */
export interface Wish {
  name?: string;
  city?: string;
  type?: string;
  venue?: string;
}

export interface JudgedQuery {
  text: string;
  wish: Wish;
}

/**
 * Relevance of an event: 3 matches the whole intent; 1 matches the name but not the place or the rest, or only the
 * description; 0 otherwise. Compares the catalogue's raw texts, independent of any engine.
 */
export function gradeOf(event: SearchDocument, { name, city, type, venue }: Wish): 0 | 1 | 3 {
  const named = name === undefined || event.name.includes(name);
  const there = (city === undefined || event.venueCity === city) &&
    (type === undefined || event.eventType === type) &&
    (venue === undefined || event.venueName.includes(venue));
  if (named && there) return 3;
  const mentioned = name !== undefined && (event.description ?? "").includes(name);
  return (named && name !== undefined) || mentioned ? 1 : 0;
}

function queries(group: readonly [string, Wish][]): JudgedQuery[] {
  return group.map(([text, wish]) => ({ text, wish }));
}

export const JUDGED_QUERIES: readonly JudgedQuery[] = [
  // exact
  ...queries([
    ["diwali festival", { name: "Diwali" }],
    ["jazz night", { name: "Jazz Night" }],
    ["night market", { name: "Night Market" }],
    ["tech summit", { name: "Tech Summit" }],
    ["rock", { name: "Rock" }],
    ["rack and ruin", { name: "Rack and Ruin" }],
    ["opera", { name: "Opera" }],
    ["hamlet", { name: "Hamlet" }],
    ["swan lake", { name: "Swan Lake" }],
    ["yoga retreat", { name: "Yoga" }],
    ["marathon", { name: "Marathon" }],
    ["stand-up comedy", { name: "Stand-up" }],
    ["comedy", { type: "comedy" }],
    ["workshop", { type: "workshop" }],
    ["kabaddi championship", { name: "Kabaddi" }],
    ["film festival", { name: "Film Festival" }],
    ["literature festival", { name: "Literature" }],
    ["artificial intelligence", { name: "Artificial Intelligence" }],
    ["board games afternoon", { name: "Board Games" }],
    ["electronic dance music", { name: "Electronic Dance Music" }],
  ]),
  // with a place
  ...queries([
    ["diwali mumbai", { name: "Diwali", city: "Mumbai" }],
    ["jazz pune", { name: "Jazz", city: "Pune" }],
    ["marathon delhi", { name: "Marathon", city: "Delhi" }],
    ["wine tasting goa", { name: "Wine", city: "Goa" }],
    ["comedy hour london", { name: "Stand-up", city: "London" }],
    ["oktoberfest munchen", { name: "Oktoberfest", city: "München" }],
    ["opera zurich", { name: "Opera", city: "Zürich" }],
    ["fete paris", { name: "Fête", city: "Paris" }],
    ["flamenca sao paulo", { name: "Flamenca", city: "São Paulo" }],
    ["bandra jazz", { name: "Jazz", venue: "Bandra" }],
    ["yoga kochi", { name: "Yoga", city: "Kochi" }],
    ["film festival in kolkata", { name: "Film Festival", city: "Kolkata" }],
    ["cricket chennai", { name: "Cricket", city: "Chennai" }],
    ["mumbai", { city: "Mumbai" }],
    ["charminar", { venue: "Charminar" }],
  ]),
  // misspelt
  ...queries([
    ["diwalli", { name: "Diwali" }],
    ["dewali festivl", { name: "Diwali" }],
    ["simphony orchestra", { name: "Symphony" }],
    ["marthon", { name: "Marathon" }],
    ["shakespear hamlet", { name: "Hamlet" }],
    ["photografy", { name: "Photography" }],
    ["criket premier leage", { name: "Cricket" }],
    ["bharatnatyam", { name: "Bharatanatyam" }],
    ["qawali", { name: "Qawwali" }],
    ["jaz nihgt", { name: "Jazz Night" }],
    ["octoberfest", { name: "Oktoberfest" }],
    ["startup fonders", { name: "Startup" }],
    ["bengalooru tech", { name: "Tech", city: "Bengaluru" }],
    ["hydrabad jazz", { name: "Jazz", city: "Hyderabad" }],
  ]),
  // incomplete
  ...queries([
    ["diw", { name: "Diwali" }],
    ["symph", { name: "Symphony" }],
    ["artificial intel", { name: "Artificial Intelligence" }],
    ["jazz ni", { name: "Jazz Night" }],
    ["oktob", { name: "Oktoberfest" }],
    ["kabad", { name: "Kabaddi" }],
    ["photogrphy mast", { name: "Photography" }],
  ]),
  // accents, other languages and scripts
  ...queries([
    ["दिवाली", { name: "दिवाली" }],
    ["होली उत्सव", { name: "होली" }],
    ["मेला", { name: "मेला" }],
    ["FÊTE DE LA MUSIQUE", { name: "Fête" }],
    ["musica flamenca", { name: "Flamenca" }],
    ["bjorn strom", { name: "Björn Ström" }],
    ["zoe muller", { name: "Zoë Müller" }],
    ["lukasz nowak", { name: "Łukasz" }],
    ["jose pena", { name: "José Peña" }],
  ]),
  // headliners, order, phrases, more words than needed
  ...queries([
    ["anoushka rao", { name: "Anoushka Rao" }],
    ["anushka rao", { name: "Anoushka Rao" }],
    ["tabla rasa", { name: "Tabla Rasa" }],
    ["lanterns priya", { name: "Priya & the Lanterns" }],
    ["orchestra symphony", { name: "Symphony Orchestra" }],
    ['"dance music"', { name: "Dance Music" }],
    ["classical carnatic recital", { name: "Carnatic" }],
    ["monsoon collective live jazz", { name: "Jazz Night with The Monsoon Collective" }],
    ["the ganesh procession", { name: "Ganesh" }],
    ["food trucks", { name: "Food Truck" }],
  ]),
];
