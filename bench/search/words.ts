/** A kind of event in an organiser's words. */
export interface Theme {
  name: string;
  type: string;
  about: string;
}

export const THEMES: readonly Theme[] = [
  { name: "Diwali Festival of Lights", type: "festival", about: "Lamps, sweets and fireworks." },
  { name: "दिवाली मेला", type: "festival", about: "दीपों का उत्सव, मिठाई और संगीत।" },
  { name: "Holi Colour Run", type: "festival", about: "Run through clouds of colour." },
  { name: "होली उत्सव", type: "festival", about: "रंगों का त्योहार पूरे परिवार के साथ।" },
  { name: "Jazz Night", type: "concert", about: "Saxophones and double bass until midnight." },
  { name: "Night Market", type: "fair", about: "Street food and crafts after dark." },
  { name: "Rock Legends Tribute", type: "concert", about: "Guitars, loud and long." },
  { name: "Rack and Ruin", type: "theatre", about: "A comedy of errors in three acts." },
  { name: "Sufi Qawwali Evening", type: "concert", about: "Devotional singing with harmonium." },
  { name: "Carnatic Classical Recital", type: "concert", about: "Veena and mridangam." },
  { name: "Symphony Orchestra", type: "concert", about: "Beethoven and Brahms." },
  { name: "Opera La Traviata", type: "opera", about: "Verdi, sung in Italian." },
  { name: "Música Flamenca", type: "dance", about: "Guitarra, cante y baile." },
  { name: "Fête de la Musique", type: "festival", about: "Des concerts dans toute la ville." },
  { name: "Oktoberfest Bierzelt", type: "festival", about: "Blasmusik, Brezn und Bier." },
  { name: "Ballet Swan Lake", type: "dance", about: "Tchaikovsky on points." },
  { name: "Bharatanatyam Dance Drama", type: "dance", about: "Stories of the epics, danced." },
  { name: "Stand-up Comedy Hour", type: "comedy", about: "New jokes, some of them good." },
  { name: "Improv Battle", type: "comedy", about: "Two teams and no script." },
  { name: "Tech Summit", type: "conference", about: "Talks on databases and networks." },
  { name: "Startup Founders Meetup", type: "conference", about: "Pitches and coffee." },
  { name: "Artificial Intelligence Workshop", type: "workshop", about: "Bring a laptop." },
  { name: "Pottery Workshop", type: "workshop", about: "Clay, wheel and glaze." },
  { name: "Photography Masterclass", type: "workshop", about: "Light, lens and patience." },
  { name: "City Marathon", type: "sport", about: "Forty-two kilometres through town." },
  { name: "Cricket Premier League", type: "sport", about: "Twenty overs a side." },
  { name: "Football Cup Final", type: "sport", about: "The two best teams of the season." },
  { name: "Kabaddi Championship", type: "sport", about: "Raiders and defenders." },
  { name: "Yoga Retreat", type: "wellness", about: "Breathing by the river." },
  { name: "Food Truck Carnival", type: "fair", about: "Forty kitchens on wheels." },
  { name: "Wine Tasting", type: "fair", about: "Reds of the Nashik valley." },
  { name: "Literature Festival", type: "festival", about: "Novelists read and argue." },
  { name: "Film Festival", type: "festival", about: "Premieres from thirty countries." },
  { name: "Shakespeare Hamlet", type: "theatre", about: "To be, or not to be." },
  { name: "Puppet Theatre for Children", type: "theatre", about: "Ages three and up." },
  { name: "Magic Show", type: "theatre", about: "Nothing up the sleeve." },
  { name: "Electronic Dance Music Festival", type: "concert", about: "Lasers and bass." },
  { name: "Garba Raas Navratri", type: "festival", about: "Nine nights of dance." },
  { name: "Ganesh Chaturthi Procession", type: "festival", about: "Drums down to the sea." },
  { name: "Board Games Afternoon", type: "meetup", about: "Dice, cards and cake." },
];

export const HEADLINERS: readonly string[] = [
  "Anoushka Rao",
  "Björn Ström",
  "Zoë Müller",
  "Kavita Deshpande",
  "The Monsoon Collective",
  "José Peña",
  "Arjun Mehra",
  "Łukasz Nowak",
  "Priya & the Lanterns",
  "DJ Tabla Rasa",
];

export interface City {
  name: string;
  latitude: number;
  longitude: number;
  quarters: readonly string[];
}

export const CITIES: readonly City[] = [
  { name: "Mumbai", latitude: 19.076, longitude: 72.8777, quarters: ["Bandra", "Colaba", "Juhu"] },
  { name: "Delhi", latitude: 28.6139, longitude: 77.209, quarters: ["Saket", "Dwarka"] },
  { name: "Bengaluru", latitude: 12.9716, longitude: 77.5946, quarters: ["Indiranagar", "Hebbal"] },
  {
    name: "Hyderabad",
    latitude: 17.385,
    longitude: 78.4867,
    quarters: ["Charminar", "Gachibowli"],
  },
  { name: "Chennai", latitude: 13.0827, longitude: 80.2707, quarters: ["Mylapore", "Adyar"] },
  { name: "Kolkata", latitude: 22.5726, longitude: 88.3639, quarters: ["Alipore", "Ballygunge"] },
  { name: "Pune", latitude: 18.5204, longitude: 73.8567, quarters: ["Koregaon", "Kothrud"] },
  { name: "Jaipur", latitude: 26.9124, longitude: 75.7873, quarters: ["Amber", "Malviya"] },
  { name: "Goa", latitude: 15.2993, longitude: 74.124, quarters: ["Anjuna", "Panjim"] },
  { name: "Kochi", latitude: 9.9312, longitude: 76.2673, quarters: ["Fort", "Marine"] },
  { name: "São Paulo", latitude: -23.5505, longitude: -46.6333, quarters: ["Jardins", "Moema"] },
  { name: "Zürich", latitude: 47.3769, longitude: 8.5417, quarters: ["Altstadt", "Oerlikon"] },
  { name: "Paris", latitude: 48.8566, longitude: 2.3522, quarters: ["Bastille", "Montmartre"] },
  { name: "München", latitude: 48.1351, longitude: 11.582, quarters: ["Schwabing", "Haidhausen"] },
  { name: "London", latitude: 51.5074, longitude: -0.1278, quarters: ["Camden", "Brixton"] },
];
