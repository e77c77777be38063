import type { PaymentMethod } from '../../../db/domain/billing/cards.ts';
import type { Processes } from '../../../api/kit/processes/client.ts';
import type { ApiClient } from './api-client.ts';
import type { DemoBusiness } from './businesses.ts';

/** What the parts of the demo share. */
export interface Demo {
  processes: Processes;
  /** The business whose owner the demo signs in as. */
  own: DemoBusiness;
  tenantIdOf(name: string): Promise<string>;
  /** Exchanges a card number at the payment sandbox. */
  tokenizeCard(number: string): Promise<PaymentMethod>;
  /** Signed in as the owner of a business, or as the administrator. */
  as(person: { email: string } | 'admin'): Promise<ApiClient>;
  /** Hash of the one password that all owners of the demo share. */
  passwordHash: string;
  password: string;
  /** Where the portal answers on this machine. */
  origin: string;
  /** Links in the mails an address has received, newest first. */
  linksMailedTo(address: string): Promise<URL[]>;
}

/** One capability's part of the demo. Repeating it makes nothing twice. */
export interface DemoPart {
  /** Shown while it is planted, such as "Businesses". */
  title: string;
  /** `progress` says how far it is; both counts are of whatever the part makes. */
  plant: (demo: Demo, progress: (done: number, of: number) => void) => Promise<void>;
}
