/** A value that an operation takes or gives. `name` is its place: `items[].email`. */
export interface ReferenceField {
  name: string;
  /** In words: "string", "one of active, suspended", "list of object". */
  type: string;
  required: boolean;
  /** Limits: "at most 120 characters". */
  limits: readonly string[];
}

export interface ReferenceProblem {
  code: string;
  status: number;
  text: string;
}

/** One JSON route, as its declaration says. */
export interface ReferenceOperation {
  /** Fragment of its address. */
  id: string;
  method: string;
  /** `/api/client/team/{userId}` */
  path: string;
  summary: string;
  access: 'public' | 'signed-in' | 'permission';
  /** The permission it needs, which is the scope of a key. */
  permission: string | null;
  /** Whether API keys work here. */
  byKey: boolean;
  /** Whether it asks to confirm who one is. */
  confirms: boolean;
  deprecated: boolean;
  parameters: readonly (ReferenceField & { place: 'path' | 'query' })[];
  body: readonly ReferenceField[];
  answer: readonly ReferenceField[];
  status: number;
  problems: readonly ReferenceProblem[];
}

/** Operations on one kind of thing: those whose paths begin alike. */
export interface ReferenceGroup {
  /** `admin-api-keys` */
  key: string;
  side: 'client' | 'admin' | 'account';
  title: string;
  operations: readonly ReferenceOperation[];
}
