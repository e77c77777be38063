/**
 * Who runs this installation, as its public pages name them. It comes from the settings of the processes: the platform
 * knows no company of its own, and where nothing is entered its pages say so.
 */
export interface Operator {
  name: string;
  /** Postal address, one entry a line. */
  address: readonly string[];
  email: string;
  phone: string | null;
  /** Register entry and VAT number, as the operator words them. */
  registration: string | null;
  /** Where to report a vulnerability; the email address where none of its own is entered. */
  securityEmail: string;
}
