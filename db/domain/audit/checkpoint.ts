/** The newest event of one tenant's chain that a checkpoint seals. */
export interface SealedChain {
  tenantId: string;
  seq: number;
  /** SHA-256 of the chain up to this event, in hex. */
  hash: string;
}

/** What the signature of a checkpoint covers. */
export interface CheckpointStatement {
  version: 1;
  /** 1 for the first; without gaps. */
  number: number;
  sealedAt: string;
  /** Hash of the statement before, in hex; empty for the first. */
  previous: string;
  /** Root of the Merkle tree over the chains that moved since the checkpoint before, in hex. */
  root: string;
  /** Leaves of that tree. */
  chains: number;
  /** Events sealed for the first time. */
  events: number;
  keyId: string;
}

/** A statement with its signature. */
export interface Checkpoint {
  statement: CheckpointStatement;
  /** Ed25519, in base64url. */
  signature: string;
}

/** A public key that checkpoints and exports are signed with. */
export interface AuditKey {
  /** First 16 hex digits of the key's SHA-256. */
  keyId: string;
  /** The 32 bytes of an Ed25519 public key, in base64url. */
  publicKey: string;
}

/** So many events are sealed at once; fewer wait for the next full minute. */
export const eventsPerSeal = 1_000;

/** Events that waited longer for their seal, in milliseconds, mean that sealing doesn't work. */
export const sealOverdueMs = 600_000;
