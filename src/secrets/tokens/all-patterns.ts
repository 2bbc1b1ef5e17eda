import { applicationPatterns } from './applications.ts';
import { artificialIntelligencePatterns } from './artificial-intelligence.ts';
import { awsPatterns } from './aws.ts';
import { azurePatterns } from './azure.ts';
import { cloudPatterns } from './clouds.ts';
import { codeHostPatterns } from './code-hosts.ts';
import { continuousIntegrationPatterns } from './continuous-integration.ts';
import { databasePatterns } from './databases.ts';
import { googlePatterns } from './google.ts';
import { identityPatterns } from './identities.ts';
import { messagingPatterns } from './messaging.ts';
import { observabilityPatterns } from './observability.ts';
import { packageRegistryPatterns } from './package-registries.ts';
import { paymentPatterns } from './payment.ts';
import type { TokenPattern } from './token-pattern.ts';
import { vaultPatterns } from './vaults.ts';

/** Every pattern, in the order in which they are tried at one place. */
export const tokenPatterns: readonly TokenPattern[] = [
  ...awsPatterns,
  ...azurePatterns,
  ...googlePatterns,
  ...cloudPatterns,
  ...codeHostPatterns,
  ...continuousIntegrationPatterns,
  ...vaultPatterns,
  ...databasePatterns,
  ...packageRegistryPatterns,
  ...observabilityPatterns,
  ...messagingPatterns,
  ...paymentPatterns,
  ...artificialIntelligencePatterns,
  ...applicationPatterns,
  ...identityPatterns,
];
