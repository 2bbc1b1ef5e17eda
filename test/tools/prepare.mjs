/**
 * npm runs this after `npm ci` and before it packs, also for an install from Git. With `--global` such an install prepares
 * the clone without its development dependencies, because that setting reaches the inner install: they are installed here then.
 */
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const options = { stdio: 'inherit', env: { ...process.env, npm_config_global: 'false', npm_config_location: 'user' } };
if (!existsSync('node_modules/esbuild')) execSync('npm ci --include=dev --ignore-scripts --no-audit --no-fund', options);
execSync('npm run build', options);
