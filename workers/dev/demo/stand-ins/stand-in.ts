import type { Call } from '../../kit/http.ts';

/** A vendor's answer to one request. */
export interface VendorAnswer {
  status: number;
  body: unknown;
}

/** Plays one vendor for the demo: the few calls that its tools make, answered as the vendor's own description says. */
export interface StandIn {
  /** Name of the MCP server whose vendor it plays. */
  server: string;
  answer: (call: Call) => VendorAnswer;
}
