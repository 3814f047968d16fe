/** Somebody of the seed: the company's agents come first, then its customers. */
export interface SeedPerson {
  id: number;
  name: string;
  email: string;
  role: 'agent' | 'customer';
  /** What an agent does, or where a customer lives. */
  title: string;
}

const agents: [name: string, title: string][] = [
  ['Mara Lindqvist', 'Support lead'],
  ['Tomás Ferreira', 'Workshop'],
  ['Priya Raman', 'Orders and delivery'],
  ['Jonas Weber', 'Workshop'],
  ['Aïcha Benali', 'Billing'],
  ['Owen Hughes', 'Fleet customers'],
];

const customers: [name: string, title: string][] = [
  ['Hannah Brandt', 'Hamburg'],
  ['Luca Moretti', 'Milano'],
  ['Sofie Jansen', 'Utrecht'],
  ['Daniel Okafor', 'London'],
  ['Élise Marchand', 'Lyon'],
  ['Mikkel Sørensen', 'København'],
  ['Ingrid Haugen', 'Bergen'],
  ['Pablo Serrano', 'Sevilla'],
  ['Katarzyna Nowak', 'Kraków'],
  ['Thomas Keller', 'Zürich'],
  ['Fatima El Amrani', 'Brussels'],
  ['Joris de Vries', 'Groningen'],
  ['Clara Fontaine', 'Bordeaux'],
  ['Anton Bergström', 'Malmö'],
  ['Megan Lloyd', 'Cardiff'],
  ['Stefan Gruber', 'Graz'],
  ['Beatriz Almeida', 'Porto'],
  ['Niamh Gallagher', 'Dublin'],
  ['Ruben Mertens', 'Gent'],
  ['Yuki Tanaka', 'Berlin'],
  ['Oskar Lehmann', 'Leipzig'],
  ['Camille Roux', 'Nantes'],
  ['Arjun Mehta', 'Bristol'],
  ['Lotte Visser', 'Den Haag'],
  ['Paula Schneider', 'Köln'],
  ['Henrik Dahl', 'Oslo'],
  ['Giulia Conti', 'Bologna'],
  ['Samuel Wright', 'Leeds'],
  ['Agnieszka Zielińska', 'Gdańsk'],
  ['Maximilian Huber', 'München'],
  ['Zoé Lambert', 'Strasbourg'],
  ['Emre Yıldız', 'Stuttgart'],
  ['Freya Andersen', 'Aarhus'],
  ['Nils Hofmann', 'Freiburg'],
  ['Isabel Navarro', 'Valencia'],
  ['Tobias Meyer', 'Basel'],
  ['Charlotte Evans', 'Edinburgh'],
  ['Jan Kowalczyk', 'Poznań'],
  ['Amélie Dubois', 'Lille'],
  ['Viktor Nyström', 'Göteborg'],
  ['Rosa Greco', 'Torino'],
  ['Felix Baumann', 'Wien'],
  ['Eva Peeters', 'Antwerpen'],
  ['Liam Murphy', 'Cork'],
  ['Marta Silva', 'Lisboa'],
  ['Kaspar Frei', 'Bern'],
  ['Nora Lind', 'Uppsala'],
  ['Hugo Bernard', 'Paris'],
];

/** Everybody, with ids from 1. */
export const people: SeedPerson[] = [
  ...agents.map(([name, title]) => ({ name, title, role: 'agent' as const, host: 'larkcycles.example' })),
  ...customers.map(([name, title]) => ({ name, title, role: 'customer' as const, host: 'mail.example' })),
].map(({ host, ...person }, index) => ({
  id: index + 1,
  ...person,
  email: `${address(person.name)}@${host}`,
}));

function address(name: string): string {
  return name
    .replace(/ø/g, 'o')
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.');
}
