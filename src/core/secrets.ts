import type { SourceFile } from './document.ts';
import type { Skip } from './finding.ts';
import type { Place } from './place.ts';
import type { Repo } from './repo.ts';

/** Looks for secrets in plain text. Where something is filled in later it says so with a skip. */
export interface SecretScanner {
  /** What Secrets and the secret generators of kustomizations hold in plain text or base64. */
  readonly plaintextIn: (repo: Repo) => Iterable<PlaintextSecret | Skip>;
  /** Credentials whose form tells their provider, also in base64 in a Secret. */
  readonly tokensIn: (file: SourceFile) => Iterable<KnownToken | Skip>;
  /** Private keys, also in base64. */
  readonly privateKeysIn: (file: SourceFile) => Iterable<PrivateKey | Skip>;
  /** Passwords and tokens in URLs, headers and the settings of clients, but for those whose form tells their provider. */
  readonly credentialsIn: (file: SourceFile) => Iterable<Credential | Skip>;
}

/** A value of a Secret that everybody can read. */
export interface PlaintextSecret {
  readonly at: Place;
  readonly key: string;
  /** As in `Secret "db"` and `secret generator "db"`. */
  readonly holder: string;
  /** Where a file with the value goes into a Secret. */
  readonly usedAt?: Place;
}

export interface KnownToken {
  readonly at: Place;
  /** With its article, as in `a GitHub token`. */
  readonly name: string;
  /** Its first and last two characters, of longer ones. */
  readonly hint: string;
  /** Why it may not work or may do no harm, as a clause. */
  readonly doubt?: string;
  /** It certainly does no harm any more. */
  readonly isHarmless?: true;
}

export interface PrivateKey {
  readonly at: Place;
  /** With its article, as in `an RSA private key`. */
  readonly name: string;
  /** A passphrase protects it. */
  readonly isEncrypted: boolean;
  readonly isEncoded: boolean;
}

export interface Credential {
  readonly at: Place;
  /** With its article, as in `the password for "db.shop"`. */
  readonly name: string;
  /** Why it may be none, as a clause. */
  readonly doubt?: string;
}
