import { isUtf8 } from 'node:buffer';
import type { RepoPath } from '../core/place.ts';
import type { ReadResult } from './workspace.ts';

/** The text that the bytes of a file stand for, or why they are none. A byte order mark of UTF-8 stays: the parser knows it. */
export function decodeText(path: RepoPath, bytes: Buffer): ReadResult {
  if (isBinaryName(path)) return { skipped: 'binary' };
  if (bytes.subarray(0, gitCrypt.length).equals(gitCrypt)) return { skipped: 'encrypted' };
  if (isUtf16(bytes)) return { skipped: 'not UTF-8' };
  const text = isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  // Searching the string costs a tenth of searching the bytes.
  const zero = text === undefined ? bytes.indexOf(0) : text.indexOf('\0');
  if (zero >= 0 && zero < charactersToSniff) return { skipped: 'binary' };
  return text === undefined ? { skipped: 'not UTF-8' } : { text };
}

/** What git-crypt puts before what it has encrypted. */
const gitCrypt = Buffer.from('\0GITCRYPT\0');

/** About as many as Git looks at to tell binary from text. */
const charactersToSniff = 8000;

/** By its extension, so that it need not be opened. Keystores are: they may be encrypted, or kept elsewhere. */
export function isBinaryName(path: RepoPath): boolean {
  const dot = path.lastIndexOf('.');
  return dot > 0 && binaryExtensions.has(path.slice(dot + 1).toLowerCase());
}

const binaryExtensions = new Set(
  (
    'png jpg jpeg gif ico webp bmp tiff avif heic psd pdf eps ttf otf woff woff2 eot mp3 mp4 m4a wav ogg flac mov avi mkv webm ' +
    'zip gz tgz bz2 xz zst lz4 7z rar tar jar war ear whl gem deb rpm apk dmg iso qcow2 ' +
    'exe dll so dylib class pyc wasm sqlite sqlite3 parquet doc docx xls xlsx ppt pptx odt ods'
  ).split(' '),
);

/** Text as Windows tools write it; NUL bytes alone would call it binary. */
function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
