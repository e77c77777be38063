import { approvalsErrors } from './approvals/errors.ts';
import { billingErrors } from './billing/errors.ts';
import { identityErrors } from './identity/errors.ts';
import { integrationsErrors } from './integrations/errors.ts';
import { peopleErrors } from './people/errors.ts';
import { runsErrors } from './runs/errors.ts';
import { settingsErrors } from './settings/errors.ts';
import { tenantsErrors } from './tenants/errors.ts';
import { requestErrors } from './request-errors.ts';
import type { ErrorEntry } from './error-entry.ts';

/** Every error the platform can return, by capability. A code that isn't here doesn't exist. */
export const errorTable = {
  ...requestErrors,
  ...approvalsErrors,
  ...billingErrors,
  ...identityErrors,
  ...integrationsErrors,
  ...peopleErrors,
  ...runsErrors,
  ...settingsErrors,
  ...tenantsErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;

/** Whether an error of this code refuses a request instead of telling of a failure. */
export function isRefusalCode(code: string): boolean {
  return isErrorCode(code) && (errorTable[code] as ErrorEntry).refusal === true;
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}

export interface ErrorDetail {
  /** Replaces the table's text with a more specific one; public. */
  text?: string;
  /** Message per field path ("card.number"), public. */
  fields?: Record<string, string>;
  /** When the same call may be made again; milliseconds from now. */
  retryAfterMs?: number;
  /** Ids for the process that meets the error; never shown. */
  about?: Record<string, string>;
  /** For logs only; never shown. */
  cause?: unknown;
}

/** The only error that crosses layers: a code of the table and its public text. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterMs: number | undefined;
  readonly about: Record<string, string> | undefined;

  constructor(code: ErrorCode, detail: ErrorDetail = {}) {
    super(detail.text ?? errorTable[code].text, { cause: detail.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = detail.fields;
    this.retryAfterMs = detail.retryAfterMs;
    this.about = detail.about;
  }

  get status(): number {
    return errorTable[this.code].status;
  }
}
