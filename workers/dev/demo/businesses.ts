import type { SubmittableStep } from '../../../db/domain/onboarding/steps.ts';

/** One business of the demo. Ids come from the name, so that planting twice makes one. */
export interface DemoBusiness {
  name: string;
  owner: string;
  email: string;
  country: string;
  timezone: string;
  industry:
    'Retail' | 'Food and drink' | 'Professional services' | 'Health and care' | 'Software' | 'Education';
  /** The step the owner has yet to do; `live` when the onboarding is over. */
  until: SubmittableStep | 'live';
  plan?: 'starter' | 'growth' | 'scale';
  /** Charged at once or after the trial; the trial unless said. */
  start?: 'now' | 'trial';
  partner?: 'Northwind Partners' | 'Lakeside Digital';
  /** The owner has yet to open the link of the confirmation mail, and so can't begin. */
  unconfirmed?: true;
  /** What holds it up: its card is declined, now or when its trial ends, or an administrator has closed the account. */
  trouble?: 'declined' | 'overdue' | 'closed';
}

const at = (country: string, timezone: string) => ({ country, timezone });
const dublin = at('IE', 'Europe/Dublin');
const madrid = at('ES', 'Europe/Madrid');
const berlin = at('DE', 'Europe/Berlin');
const london = at('GB', 'Europe/London');
const denver = at('US', 'America/Denver');
const kolkata = at('IN', 'Asia/Kolkata');
const paris = at('FR', 'Europe/Paris');

/** The business whose owner the demo signs in as; planted before the portal is announced. */
export const ownBusiness = {
  name: 'Harbour Books',
  owner: 'Casey Client',
  ...dublin,
  industry: 'Retail',
  until: 'live',
  plan: 'growth',
  start: 'now',
} as const satisfies Omit<DemoBusiness, 'email'>;

/** Two dozen others: live, on trial, at each step of the setup, held up, closed; direct and of two partners. */
export const otherBusinesses: readonly DemoBusiness[] = [
  { name: 'Rivera Bakery', owner: 'Rosa Rivera', email: 'rosa@rivera-bakery.example', ...madrid, industry: 'Food and drink', until: 'live', plan: 'growth', start: 'now', partner: 'Northwind Partners' },
  { name: 'Nordlicht Fahrräder', owner: 'Jens Petersen', email: 'jens@nordlicht.example', ...berlin, industry: 'Retail', until: 'live', plan: 'starter', start: 'now' },
  { name: 'Okafor Physiotherapy', owner: 'Adaeze Okafor', email: 'adaeze@okafor-physio.example', ...london, industry: 'Health and care', until: 'live', plan: 'growth' },
  { name: 'Fjord Legal', owner: 'Ingrid Solberg', email: 'ingrid@fjord-legal.example', ...london, industry: 'Professional services', until: 'live', plan: 'scale', start: 'now', partner: 'Lakeside Digital' },
  { name: 'Chai & Chapters', owner: 'Priya Raman', email: 'priya@chai-chapters.example', ...kolkata, industry: 'Food and drink', until: 'live', plan: 'starter', trouble: 'overdue' },
  { name: 'Bright Minds Tutoring', owner: 'Hannah Weiss', email: 'hannah@brightminds.example', ...berlin, industry: 'Education', until: 'live', plan: 'growth', partner: 'Lakeside Digital' },
  { name: 'Cloudberry Software', owner: 'Mikko Lahtinen', email: 'mikko@cloudberry.example', ...london, industry: 'Software', until: 'live', plan: 'scale' },
  { name: 'Casa Azul Hostel', owner: 'Diego Fuentes', email: 'diego@casa-azul.example', ...madrid, industry: 'Professional services', until: 'live', plan: 'starter', start: 'now' },
  { name: 'Saffron Street Kitchen', owner: 'Arjun Mehta', email: 'arjun@saffron-street.example', ...kolkata, industry: 'Food and drink', until: 'review', plan: 'growth' },
  { name: 'Atelier Dubois', owner: 'Camille Dubois', email: 'camille@atelier-dubois.example', ...paris, industry: 'Retail', until: 'agents', plan: 'growth', partner: 'Northwind Partners' },
  { name: 'Greenfield Tree Surgeons', owner: 'Tom Ashworth', email: 'tom@greenfield.example', ...london, industry: 'Professional services', until: 'analytics', plan: 'starter' },
  { name: 'Harbour View Dental', owner: 'Mei-Ling Chen', email: 'meiling@harbourview.example', ...london, industry: 'Health and care', until: 'website', plan: 'growth' },
  { name: 'Piotr Nowak Carpentry', owner: 'Piotr Nowak', email: 'piotr@nowak-carpentry.example', ...berlin, industry: 'Professional services', until: 'website', plan: 'starter', partner: 'Lakeside Digital' },
  { name: 'Lumen Photo Studio', owner: 'Sofia Costa', email: 'sofia@lumen-photo.example', ...madrid, industry: 'Professional services', until: 'tools', plan: 'starter' },
  { name: 'Blue Heron Yoga', owner: 'Grace Kim', email: 'grace@blueheron.example', ...denver, industry: 'Health and care', until: 'tools', plan: 'growth' },
  { name: 'Summit Cycles', owner: 'Sam Summit', email: 'sam@summit-cycles.example', ...denver, industry: 'Retail', until: 'plan' },
  { name: 'Copper Kettle Coffee', owner: 'Lena Fischer', email: 'lena@copperkettle.example', ...berlin, industry: 'Food and drink', until: 'plan', trouble: 'declined' },
  { name: 'Delta Language School', owner: 'Marco Bianchi', email: 'marco@delta-school.example', ...paris, industry: 'Education', until: 'plan', trouble: 'declined' },
  { name: 'Paper Lantern Gifts', owner: 'Yuki Tanaka', email: 'yuki@paperlantern.example', ...london, industry: 'Retail', until: 'profile' },
  { name: 'Mosaic Interiors', owner: 'Elif Demir', email: 'elif@mosaic-interiors.example', ...berlin, industry: 'Retail', until: 'profile', partner: 'Northwind Partners' },
  { name: 'Redwood Veterinary Practice', owner: 'Olivia Brown', email: 'olivia@redwood-vets.example', ...denver, industry: 'Health and care', until: 'profile', unconfirmed: true },
  { name: 'Quill & Ink Translations', owner: 'Anna Kowalska', email: 'anna@quill-ink.example', ...berlin, industry: 'Professional services', until: 'tools', plan: 'starter', trouble: 'closed' },
  { name: 'Tidewater Surf Camp', owner: 'Noah Silva', email: 'noah@tidewater.example', ...madrid, industry: 'Professional services', until: 'profile', trouble: 'closed', unconfirmed: true },
]; // prettier-ignore
