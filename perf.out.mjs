var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};

// src/core/fields.ts
function isFields(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function fieldsAt(fields, key) {
  const value = fields[key];
  return isFields(value) ? value : noFields;
}
function listAt(fields, key) {
  const value = fields[key];
  return Array.isArray(value) ? value : noItems;
}
var noFields, noItems;
var init_fields = __esm({
  "src/core/fields.ts"() {
    "use strict";
    noFields = {};
    noItems = [];
  }
});

// src/core/repo-path.ts
function folderOf(path) {
  const slash2 = path.lastIndexOf("/");
  return slash2 < 0 ? "" : path.slice(0, slash2);
}
function nameOf(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}
function joinPath(folder, relative) {
  if (!relative.includes("./") && !relative.endsWith(".") && !relative.includes("//") && !relative.endsWith("/")) {
    return folder === "" ? relative : relative === "" ? folder : `${folder}/${relative}`;
  }
  const segments = folder === "" ? [] : folder.split("/");
  for (const segment of relative.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === void 0) return void 0;
  }
  return segments.join("/");
}
function isWithin(path, folder) {
  return folder === "" || path === folder || path.length > folder.length && path.charCodeAt(folder.length) === 47 && path.startsWith(folder);
}
var init_repo_path = __esm({
  "src/core/repo-path.ts"() {
    "use strict";
  }
});

// src/core/document.ts
var nodeKind;
var init_document = __esm({
  "src/core/document.ts"() {
    "use strict";
    nodeKind = {
      /** No text at all: the value of `key:`. */
      empty: 0,
      blockMap: 1,
      blockSequence: 2,
      flowMap: 3,
      flowSequence: 4,
      plain: 5,
      singleQuoted: 6,
      doubleQuoted: 7,
      literal: 8,
      folded: 9,
      alias: 10
    };
  }
});

// src/core/plain-scalar.ts
function resolvePlainScalar(text) {
  const code = text.charCodeAt(0);
  if (code >= 48 && code <= 57 || code === 43 || code === 45 || code === 46) return resolveNumber(text);
  switch (text.length) {
    case 0:
      return null;
    case 1:
      return text === "~" ? null : text;
    case 4:
      if (text === "true" || text === "True" || text === "TRUE") return true;
      return text === "null" || text === "Null" || text === "NULL" ? null : text;
    case 5:
      return text === "false" || text === "False" || text === "FALSE" ? false : text;
    default:
      return text;
  }
}
function wholeNumber(text) {
  if (text.length > 9) return -1;
  let number2 = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    number2 = number2 * 10 + digit;
  }
  return number2;
}
function resolveNumber(text) {
  const whole = wholeNumber(text);
  if (whole >= 0) return whole;
  if (decimal.test(text) || otherRadix.test(text)) return Number(text);
  if (text === ".nan" || text === ".NaN" || text === ".NAN") return Number.NaN;
  return special.get(text) ?? text;
}
var decimal, otherRadix, special;
var init_plain_scalar = __esm({
  "src/core/plain-scalar.ts"() {
    "use strict";
    decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
    otherRadix = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
    special = new Map(
      ["inf", "Inf", "INF"].flatMap((word) => [
        [`.${word}`, Number.POSITIVE_INFINITY],
        [`+.${word}`, Number.POSITIVE_INFINITY],
        [`-.${word}`, Number.NEGATIVE_INFINITY]
      ])
    );
  }
});

// src/core/scalar-text.ts
function scalarText(source2, kind) {
  if (kind === nodeKind.plain) return foldLines(source2);
  if (kind === nodeKind.singleQuoted) return foldLines(source2.slice(1, -1)).replaceAll("''", "'");
  if (kind === nodeKind.doubleQuoted) return decodeDoubleQuoted(source2);
  return source2;
}
function foldLines(source2) {
  if (!source2.includes("\n")) return source2;
  const lines = source2.split(/\r?\n/);
  let text = trimBlanks(lines[0] ?? "", false, true);
  let emptyLines = 0;
  for (let index = 1; index < lines.length; index++) {
    const isLast = index === lines.length - 1;
    const line = trimBlanks(lines[index] ?? "", true, !isLast);
    if (line === "" && !isLast) {
      emptyLines++;
      continue;
    }
    text += (emptyLines === 0 ? " " : "\n".repeat(emptyLines)) + line;
    emptyLines = 0;
  }
  return text;
}
function trimBlanks(line, atStart, atEnd) {
  let start = 0;
  let end = line.length;
  if (atStart) while (isBlank(line.charCodeAt(start))) start++;
  if (atEnd) while (end > start && isBlank(line.charCodeAt(end - 1))) end--;
  return line.slice(start, end);
}
function isBlank(code) {
  return code === 32 || code === 9;
}
function decodeDoubleQuoted(source2) {
  const end = source2.length - 1;
  if (!source2.includes("\\") && !source2.includes("\n")) return source2.slice(1, end);
  let text = "";
  let copied = 1;
  let index = 1;
  while (index < end) {
    const code = source2.charCodeAt(index);
    if (code === 92) {
      const letter = source2.charAt(index + 1);
      const digits = hexDigits[letter];
      let decoded = escapes[letter];
      let next = index + 2;
      if (digits !== void 0) {
        decoded = fromHex(source2.slice(next, next + digits), digits);
        next += digits;
      } else if (letter === "\n" || letter === "\r" && source2.charAt(next) === "\n") {
        decoded = "";
        if (letter === "\r") next++;
        while (isBlank(source2.charCodeAt(next))) next++;
      }
      if (decoded === void 0 || next > end) return void 0;
      text += source2.slice(copied, index) + decoded;
      copied = index = next;
    } else if (code === 10 || code === 13 && source2.charCodeAt(index + 1) === 10) {
      const lines = lineBreaksFrom(source2, index);
      text += trimBlanksAfter(source2, copied, index) + (lines.count === 1 ? " " : "\n".repeat(lines.count - 1));
      copied = index = lines.end;
    } else {
      index++;
    }
  }
  return text + source2.slice(copied, end);
}
function fromHex(digits, length) {
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : Number.NaN;
  return code <= 1114111 ? String.fromCodePoint(code) : void 0;
}
function trimBlanksAfter(source2, start, end) {
  let last = end;
  while (last > start && isBlank(source2.charCodeAt(last - 1))) last--;
  return source2.slice(start, last);
}
function lineBreaksFrom(source2, start) {
  let count = 0;
  let index = start;
  for (; ; ) {
    const code = source2.charCodeAt(index);
    if (code === 10) count++;
    else if (!isBlank(code) && !(code === 13 && source2.charCodeAt(index + 1) === 10)) return { count, end: index };
    index++;
  }
}
var escapes, hexDigits;
var init_scalar_text = __esm({
  "src/core/scalar-text.ts"() {
    "use strict";
    init_document();
    escapes = {
      "0": "\0",
      a: "\x07",
      b: "\b",
      e: "\x1B",
      f: "\f",
      n: "\n",
      r: "\r",
      t: "	",
      v: "\v",
      N: "\x85",
      _: "\xA0",
      L: "\u2028",
      P: "\u2029",
      " ": " ",
      '"': '"',
      "/": "/",
      "\\": "\\",
      "	": "	"
    };
    hexDigits = { x: 2, u: 4, U: 8 };
  }
});

// src/core/tape.ts
function kindOf(tape, node) {
  return tape.cells[node] ?? nodeKind.empty;
}
function startOf(tape, node) {
  return tape.cells[node + 1] ?? 0;
}
function endOf(tape, node) {
  return tape.cells[node + 2] ?? 0;
}
function nextOf(tape, node) {
  return tape.cells[node + 3] ?? 0;
}
function isMapNode(tape, node) {
  const kind = kindOf(tape, node);
  return kind === nodeKind.blockMap || kind === nodeKind.flowMap;
}
function isSequenceNode(tape, node) {
  const kind = kindOf(tape, node);
  return kind === nodeKind.blockSequence || kind === nodeKind.flowSequence;
}
function childrenOf(tape, node) {
  const children = [];
  const end = nextOf(tape, node);
  for (let child2 = node + 4; child2 < end; child2 = nextOf(tape, child2)) children.push(child2);
  return children;
}
function targetOf(tape, node) {
  return tape.aliases?.get(node) ?? node;
}
function sourceText(tape, text, node) {
  return text.slice(startOf(tape, node), endOf(tape, node));
}
function keyText(tape, text, node) {
  const key = targetOf(tape, node);
  const kind = kindOf(tape, key);
  const written = sourceText(tape, text, key);
  const decoded = scalarText(written, kind) ?? written;
  return kind === nodeKind.plain ? String(resolvePlainScalar(decoded) ?? "") : decoded;
}
function walkTape(tape, text, visit) {
  walkNode(tape, text, visit, tape.root, [], void 0);
}
function walkNode(tape, text, visit, node, field, key) {
  visit(node, field, key);
  const end = nextOf(tape, node);
  if (isSequenceNode(tape, node)) {
    let index = 0;
    for (let item = node + 4; item < end; item = nextOf(tape, item)) {
      field.push(index++);
      walkNode(tape, text, visit, item, field, void 0);
      field.pop();
    }
  } else if (isMapNode(tape, node)) {
    for (let entry2 = node + 4; entry2 < end; ) {
      const value = nextOf(tape, entry2);
      field.push(keyText(tape, text, entry2));
      walkNode(tape, text, visit, value, field, entry2);
      field.pop();
      entry2 = nextOf(tape, value);
    }
  }
}
function entryAt(tape, text, field) {
  let entry2 = { value: tape.root };
  for (const part of field) {
    entry2 = childAt(tape, text, entry2.value, part);
    if (!entry2) return void 0;
  }
  return entry2;
}
function childAt(tape, text, collection, part) {
  const node = targetOf(tape, collection);
  const end = nextOf(tape, node);
  if (end - node > wide) return childOfWide(tape, text, node, String(part));
  if (isSequenceNode(tape, node)) {
    let index = 0;
    for (let item = node + 4; item < end; item = nextOf(tape, item)) {
      if (index++ === Number(part)) return { value: item };
    }
    return void 0;
  }
  if (!isMapNode(tape, node)) return void 0;
  const name = String(part);
  let found2;
  let merged2;
  for (let key = node + 4; key < end; ) {
    const value = nextOf(tape, key);
    if (isMergeKey(tape, text, key)) merged2 ??= childOfMerge(tape, text, value, name);
    else if (keyText(tape, text, key) === name) found2 = { key, value };
    key = nextOf(tape, value);
  }
  return found2 ?? merged2;
}
function childOfWide(tape, text, node, name) {
  const ofTape = indexes.get(tape) ?? /* @__PURE__ */ new Map();
  indexes.set(tape, ofTape);
  const { entries, merges } = ofTape.get(node) ?? indexChildren(tape, text, node);
  ofTape.set(node, { entries, merges });
  const own = entries.get(name);
  if (own) return own;
  for (const merge2 of merges) {
    const merged2 = childOfMerge(tape, text, merge2, name);
    if (merged2) return merged2;
  }
  return void 0;
}
function indexChildren(tape, text, node) {
  const entries = /* @__PURE__ */ new Map();
  const merges = [];
  const end = nextOf(tape, node);
  if (isSequenceNode(tape, node)) {
    for (let item = node + 4; item < end; item = nextOf(tape, item)) entries.set(String(entries.size), { value: item });
  } else if (isMapNode(tape, node)) {
    for (let key = node + 4; key < end; ) {
      const value = nextOf(tape, key);
      if (isMergeKey(tape, text, key)) merges.push(value);
      else entries.set(keyText(tape, text, key), { key, value });
      key = nextOf(tape, value);
    }
  }
  return { entries, merges };
}
function isMergeKey(tape, text, key) {
  const start = startOf(tape, key);
  return kindOf(tape, key) === nodeKind.plain && endOf(tape, key) - start === 2 && text.startsWith("<<", start);
}
function childOfMerge(tape, text, value, name) {
  const source2 = targetOf(tape, value);
  if (!isSequenceNode(tape, source2)) return childAt(tape, text, source2, name);
  for (const item of childrenOf(tape, source2)) {
    const found2 = childAt(tape, text, item, name);
    if (found2) return found2;
  }
  return void 0;
}
var wide, indexes;
var init_tape = __esm({
  "src/core/tape.ts"() {
    "use strict";
    init_document();
    init_plain_scalar();
    init_scalar_text();
    wide = 4096;
    indexes = /* @__PURE__ */ new WeakMap();
  }
});

// src/parse/duplicate-keys.ts
function findDuplicateKeys({ index, tape }, text) {
  const duplicates = [];
  walkTape(tape, text, (map, field) => {
    if (!isMapNode(tape, map)) return;
    const first = /* @__PURE__ */ new Map();
    for (let key = map + 4; key < nextOf(tape, map); key = nextOf(tape, nextOf(tape, key))) {
      const name = keyText(tape, text, key);
      const earlier = first.get(name);
      if (earlier === void 0) {
        first.set(name, key);
        continue;
      }
      const place = { start: startOf(tape, key), end: endOf(tape, key), firstStart: startOf(tape, earlier), firstEnd: endOf(tape, earlier) };
      duplicates.push({ document: index, field: [...field], key: name, ...place });
    }
  });
  return duplicates;
}
var init_duplicate_keys = __esm({
  "src/parse/duplicate-keys.ts"() {
    "use strict";
    init_tape();
  }
});

// src/parse/yaml/characters.ts
function isWhite(code) {
  return code === space || code === lineFeed || code === carriageReturn || code === tab || Number.isNaN(code);
}
function isFlowIndicator(code) {
  return code === comma || code === openBracket || code === closeBracket || code === openBrace || code === closeBrace;
}
var tab, lineFeed, carriageReturn, space, exclamationMark, doubleQuote, hash, percent, ampersand, singleQuote, asterisk, plus, comma, dash, dot, digitZero, digitNine, colon, greaterThan, questionMark, at, openBracket, backslash, closeBracket, backtick, openBrace, verticalBar, closeBrace, byteOrderMark;
var init_characters = __esm({
  "src/parse/yaml/characters.ts"() {
    "use strict";
    tab = 9;
    lineFeed = 10;
    carriageReturn = 13;
    space = 32;
    exclamationMark = 33;
    doubleQuote = 34;
    hash = 35;
    percent = 37;
    ampersand = 38;
    singleQuote = 39;
    asterisk = 42;
    plus = 43;
    comma = 44;
    dash = 45;
    dot = 46;
    digitZero = 48;
    digitNine = 57;
    colon = 58;
    greaterThan = 62;
    questionMark = 63;
    at = 64;
    openBracket = 91;
    backslash = 92;
    closeBracket = 93;
    backtick = 96;
    openBrace = 123;
    verticalBar = 124;
    closeBrace = 125;
    byteOrderMark = 65279;
  }
});

// src/parse/parsed-text.ts
var maxDepth, tooDeep, maxAliasedNodes;
var init_parsed_text = __esm({
  "src/parse/parsed-text.ts"() {
    "use strict";
    maxDepth = 1e3;
    tooDeep = `nested deeper than ${maxDepth} levels: flatten the document`;
    maxAliasedNodes = 5e5;
  }
});

// src/parse/yaml/scanner.ts
function createScanner(text, allowsShallowQuotes = false) {
  const start = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  const needed = text.length >> 1;
  if (needed > sharedCells.length - sharedUsed) {
    sharedCells = new Int32Array(Math.max(needed, leastCells));
    sharedUsed = 0;
  }
  return {
    text: text.endsWith("\n") ? text : `${text}
`,
    length: text.length,
    position: start,
    lineStart: start,
    column: noColumn,
    commentColumn: noComment,
    depth: 0,
    cells: sharedCells,
    used: sharedUsed,
    lastEnd: start,
    anchors: /* @__PURE__ */ new Map(),
    aliases: /* @__PURE__ */ new Map(),
    aliasedNodes: 0,
    hasMerges: false,
    mayHaveDuplicates: false,
    isReadAlike: true,
    allowsShallowQuotes
  };
}
function refuse(scanner, reason) {
  throw new Refusal(reason, scanner.position);
}
function addLeaf(scanner, kind, start, end) {
  const node = openNode(scanner, kind, start);
  scanner.cells[node + 2] = end;
  scanner.lastEnd = end;
}
function openNode(scanner, kind, start) {
  const node = scanner.used;
  const used = node + 4;
  if (used > scanner.cells.length) growCells(scanner);
  const { cells } = scanner;
  cells[node] = kind;
  cells[node + 1] = start;
  cells[node + 3] = used;
  scanner.used = used;
  return node;
}
function closeNode(scanner, node) {
  scanner.cells[node + 2] = scanner.lastEnd;
  scanner.cells[node + 3] = scanner.used;
}
function keepCells({ cells, used }) {
  sharedCells = cells;
  sharedUsed = used;
  return cells;
}
function growCells(scanner) {
  const cells = new Int32Array(scanner.cells.length * 2);
  cells.set(scanner.cells);
  scanner.cells = cells;
}
function enter(scanner) {
  if (++scanner.depth > maxDepth) throw new Refusal(tooDeep, scanner.position, true);
}
function leave(scanner) {
  scanner.depth--;
}
var noColumn, noComment, leastCells, sharedCells, sharedUsed, Refusal;
var init_scanner = __esm({
  "src/parse/yaml/scanner.ts"() {
    "use strict";
    init_parsed_text();
    init_characters();
    noColumn = -1;
    noComment = 1 << 30;
    leastCells = 1 << 16;
    sharedCells = new Int32Array(leastCells);
    sharedUsed = 0;
    Refusal = class extends Error {
      name = "Refusal";
      position;
      /** No other parser can help. */
      isFinal;
      constructor(message, position, isFinal = false) {
        super(message);
        this.position = position;
        this.isFinal = isFinal;
      }
    };
  }
});

// src/parse/yaml/mapping.ts
function plainKeyAt(scanner, start, end) {
  const { text } = scanner;
  const length = end - start;
  if (length > longestRecent) return plainKey(scanner, text.slice(start, end));
  const slot = (text.charCodeAt(start) << 5 ^ text.charCodeAt(end - 1) << 2 ^ text.charCodeAt(start + (length >> 1)) << 7 ^ length) & 1023;
  const recent = recentKeys[slot] ?? "";
  if (recent.length === length && text.startsWith(recent, start)) return recent;
  const written = text.slice(start, end);
  const key = plainKey(scanner, written);
  if (key === written) recentKeys[slot] = key;
  return key;
}
function plainKey(scanner, text) {
  const key = resolvePlainScalar(text);
  if (typeof key === "string") return key;
  return key === null ? refuse(scanner, "a key is null: expected quotes around it") : String(key);
}
function addEntry(scanner, mapping, key, keyNode, value, valueNode) {
  if (key === "<<" && scanner.cells[keyNode] === nodeKind.plain) mergeEntries(scanner, mapping, value, valueNode);
  else setEntry(scanner, mapping, key, value);
}
function setEntry(scanner, mapping, key, value) {
  if (mapping[key] === void 0 && key !== "__proto__") {
    mapping[key] = value;
    return;
  }
  if (Object.hasOwn(mapping, key)) scanner.mayHaveDuplicates = true;
  defineEntry(mapping, key, value);
}
function defineEntry(mapping, key, value) {
  Object.defineProperty(mapping, key, { value, writable: true, enumerable: true, configurable: true });
}
function mergeEntries(scanner, mapping, value, node) {
  scanner.hasMerges = true;
  scanner.mayHaveDuplicates = true;
  const source2 = scanner.aliases.get(node) ?? node;
  const kind = scanner.cells[source2];
  if (kind === nodeKind.blockMap || kind === nodeKind.flowMap) {
    mergeMapping(mapping, value);
    return;
  }
  if (kind !== nodeKind.blockSequence && kind !== nodeKind.flowSequence) refuse(scanner, 'the merge key "<<" has no mapping');
  let item = source2 + 4;
  for (const part of value) {
    const kindOfPart = scanner.cells[scanner.aliases.get(item) ?? item];
    if (kindOfPart !== nodeKind.blockMap && kindOfPart !== nodeKind.flowMap) refuse(scanner, 'the merge key "<<" has an item that is no mapping');
    mergeMapping(mapping, part);
    item = scanner.cells[item + 3] ?? item;
  }
}
function mergeMapping(mapping, source2) {
  for (const key of Object.keys(source2)) {
    if (!Object.hasOwn(mapping, key)) defineEntry(mapping, key, source2[key]);
  }
}
var recentKeys, longestRecent;
var init_mapping = __esm({
  "src/parse/yaml/mapping.ts"() {
    "use strict";
    init_document();
    init_plain_scalar();
    init_scanner();
    recentKeys = new Array(1024).fill("");
    longestRecent = 32;
  }
});

// src/parse/yaml/layout.ts
function nextContent(scanner) {
  const { text } = scanner;
  let { position } = scanner;
  let code = text.charCodeAt(position);
  scanner.commentColumn = noComment;
  for (; ; ) {
    while (code === space) code = text.charCodeAt(++position);
    if (code === hash) {
      scanner.commentColumn = Math.min(scanner.commentColumn, position - scanner.lineStart);
      position = text.indexOf("\n", position);
    } else if (code === carriageReturn) position++;
    code = text.charCodeAt(position);
    if (code !== lineFeed) break;
    scanner.lineStart = ++position;
    code = text.charCodeAt(position);
  }
  scanner.position = position;
  if (code === tab) refuse(scanner, "a tab is used as indentation: expected spaces");
  const column = position - scanner.lineStart;
  scanner.column = position >= scanner.length || column === 0 && isMarker(text, position) ? noColumn : column;
}
function isMarker(text, position) {
  const code = text.charCodeAt(position);
  if (code !== dash && code !== dot) return false;
  return text.charCodeAt(position + 1) === code && text.charCodeAt(position + 2) === code && isWhite(text.charCodeAt(position + 3));
}
function endLine(scanner) {
  const start = scanner.position;
  const code = skipBlanks(scanner);
  if (code === lineFeed || code === carriageReturn) return;
  if (code === hash && scanner.position > start) scanner.position = scanner.text.indexOf("\n", scanner.position);
  else refuse(scanner, "text follows after the end of a value: expected a line break or a comment");
}
function skipSpaces(scanner) {
  const { text } = scanner;
  let { position } = scanner;
  let code = text.charCodeAt(position);
  while (code === space) code = text.charCodeAt(++position);
  scanner.position = position;
  return code;
}
function skipBlanks(scanner) {
  let code = skipSpaces(scanner);
  while (code === tab) {
    scanner.position++;
    code = skipSpaces(scanner);
  }
  return code;
}
var init_layout = __esm({
  "src/parse/yaml/layout.ts"() {
    "use strict";
    init_characters();
    init_scanner();
  }
});

// src/parse/yaml/block-scalar.ts
function readBlockScalar(scanner, parentColumn) {
  const start = scanner.position;
  const isFolded = scanner.text.charCodeAt(start) === greaterThan;
  const header = readHeader(scanner);
  const firstLine = scanner.position;
  const indentation = findIndentation(scanner, parentColumn, header.indentation);
  const content = indentation === void 0 ? emptyContent(scanner, header) : readLines(scanner, indentation, isFolded, header.keepsLineBreaks);
  addLeaf(scanner, isFolded ? nodeKind.folded : nodeKind.literal, start, Math.min(content.end, scanner.length));
  scanner.position = Math.max(firstLine, content.end);
  scanner.lineStart = scanner.position;
  if (header.keepsLineBreaks) return content.text + "\n".repeat(content.emptyLinesAfter + 1);
  return header.stripsLineBreak || content.text === "" ? content.text : `${content.text}
`;
}
function readHeader(scanner) {
  const { text } = scanner;
  let chomping = 0;
  let indentation = 0;
  for (; ; ) {
    const code = text.charCodeAt(++scanner.position);
    if ((code === plus || code === dash) && chomping === 0) chomping = code;
    else if (code > digitZero && code <= digitNine && indentation === 0) indentation = code - digitZero;
    else break;
  }
  endLine(scanner);
  scanner.position = text.indexOf("\n", scanner.position) + 1;
  return { keepsLineBreaks: chomping === plus, stripsLineBreak: chomping === dash, indentation };
}
function findIndentation(scanner, parentColumn, explicit) {
  const { text } = scanner;
  const firstLine = scanner.position;
  let lineStart = firstLine;
  let deepestEmptyLine = 0;
  for (; ; ) {
    let position = lineStart;
    while (text.charCodeAt(position) === space) position++;
    const column = position - lineStart;
    const code = text.charCodeAt(position);
    const lineBreak = lineBreakLength(code);
    if (lineBreak > 0 && position < scanner.length) {
      deepestEmptyLine = Math.max(deepestEmptyLine, column);
      lineStart = position + lineBreak;
      continue;
    }
    if (column <= parentColumn && explicit === 0 && lineStart === firstLine) return void 0;
    const indentation = explicit > 0 ? Math.max(parentColumn, 0) + explicit : column;
    const isInside = position < scanner.length && column > parentColumn && column >= indentation;
    if (isInside && indentation > 0 && indentation >= deepestEmptyLine) return indentation;
    return refuse(scanner, "the lines of a block scalar are indented too little: expected them deeper than the key");
  }
}
function lineBreakLength(code) {
  return code === lineFeed ? 1 : code === carriageReturn ? 2 : 0;
}
function emptyContent(scanner, { keepsLineBreaks }) {
  if (keepsLineBreaks) refuse(scanner, "a block scalar that keeps its line breaks has no text");
  return { text: "", emptyLinesAfter: 0, end: scanner.position };
}
function readLines(scanner, indentation, isFolded, keepsLineBreaks) {
  const { text } = scanner;
  let value = "";
  let emptyLines = 0;
  let isFirst = true;
  let wasIndented = false;
  let end = scanner.position;
  let lineStart = scanner.position;
  while (lineStart < scanner.length) {
    let position = lineStart;
    const textStart = lineStart + indentation;
    while (position < textStart && text.charCodeAt(position) === space) position++;
    const code = text.charCodeAt(position);
    const lineBreak = lineBreakLength(code);
    if (lineBreak > 0) {
      emptyLines++;
      lineStart = position + lineBreak;
      continue;
    }
    if (position < textStart) break;
    const lineEnd = text.indexOf("\n", position);
    const contentEnd = text.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd;
    const isIndented = isFolded && (code === space || code === tab);
    value += isFirst ? "\n".repeat(emptyLines) : lineSeparator(emptyLines, isFolded && !isIndented && !wasIndented);
    value += text.slice(position, contentEnd);
    isFirst = false;
    wasIndented = isIndented;
    emptyLines = 0;
    end = lineStart = lineEnd + 1;
  }
  if (/[ \t\r]/.test(text.charAt(end - 2)) && isEmptyLine(text, end)) refuse(scanner, "a block scalar ends with a line of spaces");
  if (keepsLineBreaks && lineStart > scanner.length) refuse(scanner, "a block scalar that keeps its line breaks ends without one");
  return { text: value, emptyLinesAfter: emptyLines, end: keepsLineBreaks ? lineStart : end };
}
function isEmptyLine(text, end) {
  return text.slice(text.lastIndexOf("\n", end - 2) + 1, end).trim() === "";
}
function lineSeparator(emptyLines, isFolded) {
  if (!isFolded) return emptyLines === 0 ? "\n" : "\n".repeat(emptyLines + 1);
  return emptyLines === 0 ? " " : "\n".repeat(emptyLines);
}
var init_block_scalar = __esm({
  "src/parse/yaml/block-scalar.ts"() {
    "use strict";
    init_document();
    init_characters();
    init_layout();
    init_scanner();
  }
});

// src/parse/yaml/plain.ts
function startsPlain(text, position) {
  const code = text.charCodeAt(position);
  if (code === dash || code === questionMark || code === colon) return !isWhite(text.charCodeAt(position + 1));
  return code < 128 ? indicators[code] === 0 : code !== byteOrderMark;
}
function scanPlain(scanner) {
  const { text } = scanner;
  let { position } = scanner;
  let end = position;
  for (; ; ) {
    const code = text.charCodeAt(position);
    if (code > colon) {
      end = ++position;
    } else if (code === space || code === tab) {
      position++;
    } else if (code === lineFeed || code === carriageReturn) {
      break;
    } else if (code === colon && isWhite(text.charCodeAt(position + 1))) {
      break;
    } else if (code === hash && position > end) {
      break;
    } else {
      end = ++position;
    }
  }
  scanner.position = position;
  return end;
}
function readPlainLines(scanner, start, firstEnd, parentColumn) {
  const { text } = scanner;
  let value = text.slice(start, firstEnd);
  let end = firstEnd;
  for (; ; ) {
    const stop = text.charCodeAt(scanner.position);
    if (stop === colon) refuse(scanner, "a second colon stands on the line of a key, or a key spans several lines: expected quotes around the value");
    if (stop === hash) {
      scanner.position = end;
      break;
    }
    const breaks = skipLineBreaks(scanner);
    const line = scanner.position;
    const column = line - scanner.lineStart;
    const code = text.charCodeAt(line);
    if (line >= scanner.length || column <= parentColumn || code === hash || column === 0 && isMarker(text, line)) break;
    if (code === tab) refuse(scanner, "a tab is used as indentation: expected spaces");
    end = scanPlain(scanner);
    value += (breaks === 1 ? " " : "\n".repeat(breaks - 1)) + text.slice(line, end);
  }
  scanner.lastEnd = end;
  return value;
}
function skipLineBreaks(scanner) {
  const { text } = scanner;
  let { position } = scanner;
  let breaks = 0;
  let code = text.charCodeAt(position);
  while (code === lineFeed || code === carriageReturn) {
    position += code === lineFeed ? 1 : 2;
    breaks++;
    scanner.lineStart = position;
    code = text.charCodeAt(position);
    while (code === space) code = text.charCodeAt(++position);
  }
  scanner.position = position;
  return breaks;
}
function scanFlowPlain(scanner) {
  const { text } = scanner;
  let { position } = scanner;
  let end = position;
  for (; ; ) {
    const code = text.charCodeAt(position);
    if (code === space || code === tab) {
      position++;
      continue;
    }
    if (code === lineFeed || code === carriageReturn || isFlowIndicator(code)) break;
    if (code === hash && position > end) break;
    if (code === colon) {
      const next = text.charCodeAt(position + 1);
      if (isWhite(next) || isFlowIndicator(next)) break;
    }
    end = ++position;
  }
  scanner.position = position;
  return end;
}
function resolvePlain(scanner, text) {
  const value = resolvePlainScalar(text);
  const code = text.charCodeAt(0);
  if (code <= nine ? !isNumberToAll(text, code, value) : text.length <= 3 && yaml11Words.has(text)) scanner.isReadAlike = false;
  return value;
}
function isNumberToAll(text, code, value) {
  if (typeof value === "number") return Number.isFinite(value) && text.length < 16 && (code > zero || text.length === 1);
  const isSigned = code === plus || code === dash;
  const first = isSigned ? text.charCodeAt(1) : code;
  if (first !== dot && (first < zero || first > nine)) return true;
  const last = text.charCodeAt(text.length - 1);
  if (text.indexOf(".") !== text.lastIndexOf(".")) return true;
  return !(last <= nine || isHexLetter(last) || last === underscore);
}
function isHexLetter(code) {
  return code >= 65 && code <= 70 || code >= 97 && code <= 102;
}
var indicators, yaml11Words, zero, nine, underscore;
var init_plain = __esm({
  "src/parse/yaml/plain.ts"() {
    "use strict";
    init_plain_scalar();
    init_characters();
    init_layout();
    init_scanner();
    indicators = new Uint8Array(128);
    for (const code of [
      ampersand,
      asterisk,
      at,
      backtick,
      carriageReturn,
      closeBrace,
      closeBracket,
      comma,
      doubleQuote,
      exclamationMark,
      greaterThan,
      hash,
      lineFeed,
      openBrace,
      openBracket,
      percent,
      singleQuote,
      tab,
      verticalBar
    ])
      indicators[code] = 1;
    yaml11Words = new Set(
      ["y", "n", "no", "on", "yes", "off"].flatMap((word) => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)])
    );
    zero = 48;
    nine = 57;
    underscore = 95;
  }
});

// src/parse/yaml/properties.ts
function readProperties(scanner) {
  const { text } = scanner;
  let anchor;
  let tag;
  let code = text.charCodeAt(scanner.position);
  while (code === ampersand || code === exclamationMark) {
    if (code === ampersand) {
      if (anchor !== void 0) refuse(scanner, "a node has two anchors: expected at most one");
      anchor = readName(scanner);
    } else {
      if (tag !== void 0) refuse(scanner, "a node has two tags: expected at most one");
      tag = readTag(scanner);
    }
    if (!isWhite(text.charCodeAt(scanner.position))) refuse(scanner, "a tag or anchor is not followed by a space: expected a space");
    code = skipSpaces(scanner);
  }
  if (code === asterisk) refuse(scanner, "an alias has an anchor or a tag: remove it, an alias may have neither");
  return { ...anchor !== void 0 && { anchor }, ...tag !== void 0 && { tag } };
}
function readName(scanner) {
  const { text } = scanner;
  const start = scanner.position + 1;
  let end = start;
  for (let code = text.charCodeAt(end); !isWhite(code) && !isFlowIndicator(code); code = text.charCodeAt(end)) end++;
  if (end === start) refuse(scanner, 'an anchor or alias has no name: expected a name after "&" or "*"');
  scanner.position = end;
  return text.slice(start, end);
}
function readTag(scanner) {
  plainTag.lastIndex = scanner.position;
  const tag = plainTag.exec(scanner.text)?.[0];
  if (tag === void 0) return refuse(scanner, "a tag that is not known stands before a value");
  scanner.position += tag.length;
  return tag;
}
function readTagged(scanner, { anchor, tag }, read) {
  const node = scanner.used;
  const aliasedBefore = scanner.aliasedNodes;
  const anchored = { node, value: void 0, size: 0 };
  if (anchor !== void 0) scanner.anchors.set(anchor, anchored);
  const value = read();
  anchored.value = tag === void 0 ? value : applyTag(scanner, tag, node, value);
  anchored.size = (scanner.used - node) / 4 + scanner.aliasedNodes - aliasedBefore;
  return anchored.value;
}
function applyTag(scanner, tag, node, value) {
  const { cells, text } = scanner;
  const kind = cells[node];
  const isMap = kind === nodeKind.blockMap || kind === nodeKind.flowMap;
  const isSequence = kind === nodeKind.blockSequence || kind === nodeKind.flowSequence;
  const ownTag = isMap ? "!!map" : isSequence ? "!!seq" : "!!str";
  if (tag.startsWith("!!") && tag !== ownTag) refuse(scanner, "a tag stands before a value that is not of its kind");
  if (kind === nodeKind.empty) return "";
  return kind === nodeKind.plain ? scalarText(text.slice(cells[node + 1], cells[node + 2]), kind) : value;
}
function readAlias(scanner) {
  const start = scanner.position;
  const anchor = scanner.anchors.get(readName(scanner));
  if (!anchor || anchor.size === 0)
    return refuse(scanner, 'an alias has no anchor before it: expected "&" and its name on an earlier value, or quotes around the value');
  scanner.aliasedNodes += anchor.size;
  if (scanner.aliasedNodes > maxAliasedNodes) refuse(scanner, "the aliases stand for too many values");
  scanner.aliases.set(scanner.used, anchor.node);
  addLeaf(scanner, nodeKind.alias, start, scanner.position);
  return anchor.value;
}
var plainTag;
var init_properties = __esm({
  "src/parse/yaml/properties.ts"() {
    "use strict";
    init_document();
    init_scalar_text();
    init_parsed_text();
    init_characters();
    init_layout();
    init_scanner();
    plainTag = /!(?:!(?:str|map|seq)|[\w./:-]*)(?![^\s])/y;
  }
});

// src/parse/yaml/quoted.ts
function readQuoted(scanner, parentColumn) {
  const { text } = scanner;
  const start = scanner.position;
  const quote = text.charCodeAt(start);
  let isVerbatim = true;
  let position = start + 1;
  for (; ; position++) {
    const code = text.charCodeAt(position);
    if (code === quote) {
      if (quote === doubleQuote || text.charCodeAt(position + 1) !== singleQuote) break;
      position++;
      isVerbatim = false;
    } else if (code === lineFeed) {
      if (position + 1 >= scanner.length) refuseUnclosed(scanner);
      checkIndentation(scanner, position + 1, parentColumn);
      isVerbatim = false;
    } else if (code === backslash && quote === doubleQuote) {
      const next = text.charCodeAt(position + 1);
      if (next !== lineFeed && next !== carriageReturn) position++;
      isVerbatim = false;
    }
  }
  const end = position + 1;
  const kind = quote === doubleQuote ? nodeKind.doubleQuoted : nodeKind.singleQuoted;
  addLeaf(scanner, kind, start, end);
  scanner.position = end;
  if (isVerbatim) return text.slice(start + 1, position);
  return scalarText(text.slice(start, end), kind) ?? refuse(scanner, "a backslash in double quotes begins no escape that YAML knows");
}
function checkIndentation(scanner, lineStart, parentColumn) {
  const { text } = scanner;
  let position = lineStart;
  while (text.charCodeAt(position) === space) position++;
  const code = text.charCodeAt(position);
  scanner.lineStart = lineStart;
  if (code === lineFeed || code === carriageReturn) return;
  const isIndented = scanner.allowsShallowQuotes || position - lineStart > parentColumn;
  if (!isIndented || position === lineStart && isMarker(text, position)) refuseUnclosed(scanner);
}
function refuseUnclosed(scanner) {
  const isDouble = scanner.text.charCodeAt(scanner.position) === doubleQuote;
  refuse(scanner, isDouble ? 'a double quote is not closed: expected "' : "a single quote is not closed: expected '");
}
var init_quoted = __esm({
  "src/parse/yaml/quoted.ts"() {
    "use strict";
    init_document();
    init_scalar_text();
    init_characters();
    init_layout();
    init_scanner();
  }
});

// src/parse/yaml/flow.ts
function readFlowCollection(scanner, parentColumn, level = 1) {
  enter(scanner);
  const isMap = scanner.text.charCodeAt(scanner.position) === openBrace;
  const node = openNode(scanner, isMap ? nodeKind.flowMap : nodeKind.flowSequence, scanner.position++);
  const value = isMap ? readFlowMapping(scanner, parentColumn, level) : readFlowSequence(scanner, parentColumn, level);
  scanner.lastEnd = ++scanner.position;
  closeNode(scanner, node);
  leave(scanner);
  return value;
}
function readFlowSequence(scanner, parentColumn, level) {
  const items = [];
  while (skipFlowSpace(scanner, parentColumn, level) !== closeBracket) {
    items.push(readFlowValue(scanner, parentColumn, level));
    if (!skipComma2(scanner, parentColumn, level, closeBracket)) break;
  }
  return items;
}
function readFlowMapping(scanner, parentColumn, level) {
  const mapping = {};
  while (skipFlowSpace(scanner, parentColumn, level) !== closeBrace) {
    const keyNode = scanner.used;
    const key = readFlowKey(scanner, parentColumn);
    const valueNode = scanner.used;
    const value = readFlowEntryValue(scanner, parentColumn, level);
    addEntry(scanner, mapping, key, keyNode, value, valueNode);
    if (!skipComma2(scanner, parentColumn, level, closeBrace)) break;
  }
  return mapping;
}
function skipComma2(scanner, parentColumn, level, closing) {
  const code = skipFlowSpace(scanner, parentColumn, level);
  if (code === closing) return false;
  if (code !== comma) refuse(scanner, `two values follow each other in brackets: expected a comma or "${String.fromCharCode(closing)}"`);
  scanner.position++;
  return true;
}
function readFlowKey(scanner, parentColumn) {
  const { text, lineStart } = scanner;
  const start = scanner.position;
  const code = text.charCodeAt(start);
  let key;
  if (code === doubleQuote || code === singleQuote) {
    key = readQuoted(scanner, parentColumn);
  } else {
    key = plainKey(scanner, readFlowPlain(scanner));
  }
  if (skipSpaces(scanner) !== colon || scanner.lineStart !== lineStart) refuse(scanner, 'a key in braces has no colon: expected "key: value"');
  scanner.position++;
  return key;
}
function readFlowPlain(scanner) {
  const { text } = scanner;
  const start = scanner.position;
  const code = text.charCodeAt(start);
  const isIndicator = code === questionMark || code === colon || code === dash && isFlowIndicator(text.charCodeAt(start + 1));
  if (isIndicator || !startsPlain(text, start)) refuse(scanner, "a value in brackets starts with an indicator: expected quotes around it");
  const end = scanFlowPlain(scanner);
  addLeaf(scanner, nodeKind.plain, start, end);
  return text.slice(start, end);
}
function readFlowEntryValue(scanner, parentColumn, level) {
  const code = skipSpaces(scanner);
  if (code === comma || code === closeBrace) {
    addLeaf(scanner, nodeKind.empty, scanner.position, scanner.position);
    return null;
  }
  skipFlowSpace(scanner, parentColumn, level);
  return readFlowValue(scanner, parentColumn, level);
}
function readFlowValue(scanner, parentColumn, level) {
  switch (scanner.text.charCodeAt(scanner.position)) {
    case openBracket:
    case openBrace:
      return readFlowCollection(scanner, parentColumn, level + 1);
    case doubleQuote:
    case singleQuote:
      return readQuoted(scanner, parentColumn);
    case asterisk:
      return readAlias(scanner);
    case ampersand:
    case exclamationMark:
      return readTagged(scanner, readProperties(scanner), () => readFlowValue(scanner, parentColumn, level));
    default:
      return resolvePlain(scanner, readFlowPlain(scanner));
  }
}
function skipFlowSpace(scanner, parentColumn, level) {
  const { text } = scanner;
  let code = skipSpaces(scanner);
  let isNewLine = false;
  while (code === lineFeed || code === carriageReturn || code === hash) {
    if (code === hash && !isNewLine && text.charCodeAt(scanner.position - 1) !== space)
      refuse(scanner, 'a comment follows without a space: expected a space before "#"');
    scanner.position = text.indexOf("\n", scanner.position) + 1;
    if (scanner.position >= scanner.length) refuse(scanner, "a bracket is not closed");
    scanner.lineStart = scanner.position;
    isNewLine = true;
    code = skipSpaces(scanner);
    if (code === hash && scanner.position === scanner.lineStart)
      refuse(scanner, 'a comment between brackets is not indented: expected spaces before "#"');
  }
  if (isNewLine) checkFlowIndentation(scanner, code, parentColumn, level);
  return code;
}
function checkFlowIndentation(scanner, code, parentColumn, level) {
  const { position, text } = scanner;
  const column = position - scanner.lineStart;
  const mayClose = level === 1 && column === parentColumn && (code === closeBracket || code === closeBrace);
  if (code === tab || column <= parentColumn && !mayClose || column === 0 && isMarker(text, position)) {
    refuse(scanner, "a bracket is not closed, or its lines are indented too little");
  }
}
var init_flow = __esm({
  "src/parse/yaml/flow.ts"() {
    "use strict";
    init_document();
    init_characters();
    init_layout();
    init_mapping();
    init_plain();
    init_properties();
    init_quoted();
    init_scanner();
  }
});

// src/parse/yaml/block.ts
function readNode(scanner, parentColumn) {
  if (isAtDash(scanner)) return readSequence(scanner, scanner.column);
  if (isAtKey(scanner, parentColumn)) return readMapping(scanner, scanner.column);
  if (scanner.commentColumn <= parentColumn) refuse(scanner, "a comment that is indented too little stands between a key and its value");
  return readValue2(scanner, parentColumn);
}
function isAtDash({ text, position }) {
  return text.charCodeAt(position) === dash && isWhite(text.charCodeAt(position + 1));
}
function isAtKey(scanner, parentColumn) {
  const { text, position, used, lineStart, lastEnd } = scanner;
  const code = text.charCodeAt(position);
  if (code === doubleQuote || code === singleQuote) {
    readQuoted(scanner, parentColumn);
    skipSpaces(scanner);
  } else if (startsPlain(text, position)) {
    scanPlain(scanner);
  } else {
    return text.startsWith(taggedMerge, position);
  }
  const isKey = text.charCodeAt(scanner.position) === colon && scanner.lineStart === lineStart;
  scanner.position = position;
  scanner.used = used;
  scanner.lineStart = lineStart;
  scanner.lastEnd = lastEnd;
  return isKey;
}
function readSequence(scanner, column) {
  enter(scanner);
  const node = openNode(scanner, nodeKind.blockSequence, scanner.position);
  const items = [];
  do {
    scanner.position++;
    items.push(readItem(scanner, column));
  } while (scanner.column === column && isAtDash(scanner));
  if (scanner.column > column) refuse(scanner, "the indentation of this item fits no sequence around it: expected the column of its siblings");
  closeNode(scanner, node);
  leave(scanner);
  return items;
}
function readItem(scanner, column) {
  const code = skipSpaces(scanner);
  if (code !== lineFeed && code !== hash && code !== carriageReturn) {
    scanner.column = scanner.position - scanner.lineStart;
    scanner.commentColumn = noComment;
    return readNode(scanner, column);
  }
  const emptyAt = scanner.position;
  nextContent(scanner);
  return scanner.column > column ? readNode(scanner, column) : addEmpty(scanner, emptyAt);
}
function addEmpty(scanner, position) {
  addLeaf(scanner, nodeKind.empty, position, position);
  return null;
}
function readMapping(scanner, column) {
  enter(scanner);
  const mapping = {};
  const node = openNode(scanner, nodeKind.blockMap, scanner.position + tagLength(scanner));
  do {
    const keyNode = scanner.used;
    const key = readKey(scanner);
    const valueNode = scanner.used;
    const value = readEntryValue(scanner, column);
    addEntry(scanner, mapping, key, keyNode, value, valueNode);
  } while (scanner.column === column);
  if (scanner.column > column) refuse(scanner, "the indentation of this key fits no mapping around it: expected the column of its siblings");
  closeNode(scanner, node);
  leave(scanner);
  return mapping;
}
function tagLength({ text, position }) {
  return text.charCodeAt(position) === exclamationMark && text.startsWith(taggedMerge, position) ? taggedMerge.length - 2 : 0;
}
function readKey(scanner) {
  const { text, lineStart } = scanner;
  const tag = tagLength(scanner);
  const start = scanner.position + tag;
  scanner.position = start;
  const code = text.charCodeAt(start);
  let key;
  if (code === doubleQuote || code === singleQuote) {
    key = readQuoted(scanner, scanner.column);
    skipSpaces(scanner);
  } else {
    if (!startsPlain(text, start)) refuse(scanner, "a key starts with an indicator: expected quotes around it");
    const end = scanPlain(scanner);
    addLeaf(scanner, nodeKind.plain, start, end);
    key = plainKeyAt(scanner, start, end);
  }
  const { position } = scanner;
  if (text.charCodeAt(position) !== colon || !isWhite(text.charCodeAt(position + 1)) || scanner.lineStart !== lineStart) {
    refuse(scanner, 'this line is no "key: value": expected a colon and a space after the key');
  }
  if (tag > 0 && key !== "<<") refuse(scanner, 'the tag "!!merge" stands before another key than "<<"');
  if (position - start > maxKeyLength) refuse(scanner, `a key is longer than ${maxKeyLength} characters: expected the colon earlier`);
  scanner.position++;
  return key;
}
function readEntryValue(scanner, column) {
  const code = skipBlanks(scanner);
  if (code !== lineFeed && code !== hash && code !== carriageReturn) return readValue2(scanner, column, true);
  const emptyAt = scanner.position;
  nextContent(scanner);
  if (scanner.column > column) return readNode(scanner, column);
  return scanner.column === column && isAtDash(scanner) ? readSequence(scanner, column) : addEmpty(scanner, emptyAt);
}
function readValue2(scanner, parentColumn, isOnLineOfKey = false) {
  const { text } = scanner;
  let value;
  switch (text.charCodeAt(scanner.position)) {
    case ampersand:
    case exclamationMark:
      return readTagged(scanner, readProperties(scanner), () => readAfterProperties(scanner, parentColumn, isOnLineOfKey));
    case verticalBar:
    case greaterThan:
      value = readBlockScalar(scanner, parentColumn);
      nextContent(scanner);
      return value;
    case doubleQuote:
    case singleQuote:
      value = readQuoted(scanner, parentColumn);
      break;
    case openBracket:
    case openBrace:
      value = readFlowCollection(scanner, parentColumn);
      break;
    case asterisk:
      value = readAlias(scanner);
      break;
    default:
      value = resolvePlain(scanner, readPlain(scanner, parentColumn));
      if (scanner.position > scanner.lastEnd) {
        nextContent(scanner);
        return value;
      }
  }
  endLine(scanner);
  nextContent(scanner);
  return value;
}
function readPlain(scanner, parentColumn) {
  const { text } = scanner;
  const start = scanner.position;
  if (!startsPlain(text, start)) refuse(scanner, `a value without quotes starts with "${text.charAt(start)}": expected quotes around the value`);
  const node = openNode(scanner, nodeKind.plain, start);
  const value = readPlainLines(scanner, start, scanPlain(scanner), parentColumn);
  scanner.cells[node + 2] = scanner.lastEnd;
  return value;
}
function readAfterProperties(scanner, parentColumn, isOnLineOfKey) {
  const code = skipSpaces(scanner);
  if (code !== lineFeed && code !== hash && code !== carriageReturn) return readValue2(scanner, parentColumn);
  const emptyAt = scanner.position;
  nextContent(scanner);
  const next = scanner.text.charCodeAt(scanner.position);
  if (scanner.column > parentColumn) {
    if (next === ampersand || next === exclamationMark || next === asterisk) refuse(scanner, "a node has properties on two lines");
    return readNode(scanner, parentColumn);
  }
  const isSequence = isOnLineOfKey && scanner.column === parentColumn && isAtDash(scanner);
  return isSequence ? readSequence(scanner, parentColumn) : addEmpty(scanner, emptyAt);
}
var taggedMerge, maxKeyLength;
var init_block = __esm({
  "src/parse/yaml/block.ts"() {
    "use strict";
    init_document();
    init_block_scalar();
    init_characters();
    init_flow();
    init_layout();
    init_mapping();
    init_plain();
    init_properties();
    init_quoted();
    init_scanner();
    taggedMerge = "!!merge <<";
    maxKeyLength = 1024;
  }
});

// src/parse/yaml/documents.ts
function readDocuments(path, text, allowsShallowQuotes = false) {
  const scanner = createScanner(text, allowsShallowQuotes);
  const read = [];
  let hasOpenDocument = false;
  if (text.includes("\r") && /\r(?!\n)/.test(text)) refuse(scanner, 'a carriage return stands without a line feed: expected "\\n" or "\\r\\n"');
  nextContent(scanner);
  while (scanner.position < scanner.length) {
    if (scanner.column === noColumn && text.charCodeAt(scanner.position) === dot) {
      if (!hasOpenDocument) refuse(scanner, '"..." without a document before it: remove it');
      skipMarker(scanner);
      hasOpenDocument = false;
    } else {
      const root = scanner.used;
      const value = readDocument(scanner);
      read.push({ value, root, aliases: scanner.aliases, isReadAlike: scanner.isReadAlike });
      forgetAnchors(scanner);
      hasOpenDocument = true;
    }
  }
  const cells = keepCells(scanner);
  const documents = read.map(({ value, root, aliases, isReadAlike }, index) => ({
    path,
    index,
    value,
    tape: { cells, root, ...aliases.size > 0 && { aliases } },
    isReadAlike
  }));
  const duplicateKeys = scanner.mayHaveDuplicates ? documents.flatMap((document) => findDuplicateKeys(document, text)) : [];
  if (scanner.hasMerges && duplicateKeys.length > 0) refuse(scanner, "keys stand twice beside merge keys");
  return { documents, problems: [], duplicateKeys };
}
function readDocument(scanner) {
  const emptyAt = scanner.column === noColumn ? skipMarker(scanner) : scanner.position;
  if (scanner.column === noColumn) {
    addLeaf(scanner, nodeKind.empty, emptyAt, emptyAt);
    return null;
  }
  const value = readNode(scanner, noColumn);
  if (scanner.column !== noColumn) refuse(scanner, 'text follows after the end of a document: expected "---"');
  return value;
}
function skipMarker(scanner) {
  scanner.position += 3;
  const start = scanner.position;
  skipBlanks(scanner);
  const emptyAt = scanner.position;
  scanner.position = start;
  endLine(scanner);
  nextContent(scanner);
  return emptyAt;
}
function forgetAnchors(scanner) {
  scanner.isReadAlike = true;
  if (scanner.anchors.size > 0) scanner.anchors = /* @__PURE__ */ new Map();
  if (scanner.aliases.size > 0) scanner.aliases = /* @__PURE__ */ new Map();
  scanner.aliasedNodes = 0;
}
var init_documents = __esm({
  "src/parse/yaml/documents.ts"() {
    "use strict";
    init_document();
    init_duplicate_keys();
    init_block();
    init_characters();
    init_layout();
    init_scanner();
  }
});

// src/parse/syntax-messages.ts
function describeYamlError(text, error) {
  const keyStart = startOfDeepKey(text, error);
  if (keyStart !== void 0) return { message: keyOutOfLine, start: keyStart, end: keyStart + 1 };
  const opening = startOfOpenBracket(text, error);
  if (opening !== void 0) return { message: messageOf(error), start: opening, end: opening + 1 };
  const start = startOf2(text, error);
  return { message: messageOf(error), start, end: Math.min(Math.max(error.pos[1], start + 1), text.length) };
}
function startOfOpenBracket(text, { message, pos: [end] }) {
  if (!/^Flow (?:map|sequence) in block collection/.test(message)) return void 0;
  const [open, close] = message.startsWith("Flow map") ? ["{", "}"] : ["[", "]"];
  let closed = 0;
  for (let start = end - 1; start >= 0; start--) {
    if (text[start] === close) closed++;
    else if (text[start] === open && closed-- === 0) return start;
  }
  return void 0;
}
function startOfDeepKey(text, { message, pos: [start] }) {
  const [firstLine = "", ...lines] = message.startsWith("Nested mappings") ? text.slice(start, start + 1e4).split("\n") : [];
  if (/^["'[{]|:(?:\s|$)/.test(firstLine)) return void 0;
  let lineStart = start + firstLine.length + 1;
  for (const line of lines) {
    if (/:(?:\s|$)/.test(line)) return lineStart + line.search(/\S/);
    lineStart += line.length + 1;
  }
  return void 0;
}
function startOf2(text, { code, pos: [start] }) {
  const white = code === "BAD_INDENT" ? /^\s*(?=\S)/.exec(text.slice(start))?.[0].length ?? 0 : 0;
  return Math.min(start + white, text.length);
}
function messageOf({ message: text }) {
  for (const [pattern, message] of messages) {
    const match = pattern.exec(text);
    if (match) return message.replace('%"', `${match.groups?.sign ?? (/flow map/i.test(text) ? "}" : "]")}"`);
  }
  return "this is no YAML: check the indentation, the quotes and the brackets";
}
var keyOutOfLine, messages;
var init_syntax_messages = __esm({
  "src/parse/syntax-messages.ts"() {
    "use strict";
    keyOutOfLine = "the indentation of this key fits no mapping around it: expected the column of its siblings";
    messages = [
      [/^All mapping items/, keyOutOfLine],
      [/^All sequence items/, "the indentation of this item fits no sequence around it: expected the column of its siblings"],
      [/^Sequence item without -/, 'this line is part of a sequence but no item: expected "- " or another indentation'],
      [/^Nested mappings/, "a second colon on the line of a key: expected the value in quotes, or a nested key on the next line"],
      [/^A block sequence may not/, "a sequence stands where a key is expected: check the indentation"],
      [/^Unexpected block-seq-ind/, 'a sequence begins on the line of its key: expected "- " on the next line'],
      [/^Implicit map keys/, 'this line is no "key: value": expected a colon and a space after the key'],
      [/^Implicit keys/, 'this line is no "key: value", and the next one goes on with it: expected a colon and a space after the key'],
      [/^The : indicator must be/, 'a key is longer than 1024 characters: expected the colon earlier, or "? " before the key'],
      [/^Missing closing "/, 'a double quote is not closed: expected "'],
      [/^Missing closing '/, "a single quote is not closed: expected '"],
      [/^Invalid escape/, "a backslash in double quotes begins no escape that YAML knows: double the backslash or use single quotes"],
      [/^Plain value cannot start with a tab/, "a value starts with a tab: expected a space"],
      [/^Plain value cannot start with .*(?<sign>\S)$/, 'a value without quotes starts with "%": expected quotes around the value'],
      [/^Comments must be separated/, 'a comment follows without a space: expected a space before "#"'],
      [/^Tags and anchors must be separated/, "a tag or anchor is not followed by a space: expected a space"],
      [/^Anchors and tags must be after/, "an anchor or tag stands before the indicator: put it after the indicator"],
      [/^A node can have at most one anchor/, "a node has two anchors: expected at most one"],
      [/^A node can have at most one tag/, "a node has two tags: expected at most one"],
      [/^An alias node must not/, "an alias has an anchor or a tag: remove it, an alias may have neither"],
      [/^Anchor cannot be an empty/, 'an anchor has no name: expected a name after "&"'],
      [/^Alias cannot be an empty/, 'an alias has no name: expected a name after "*"'],
      [
        /^(?:Could not resolve tag|Not a valid tag|Verbatim tags|The .* tag has no suffix)/,
        'a tag cannot be resolved: expected "!name", or a %TAG directive'
      ],
      [/directive should contain|^Unsupported YAML version/, 'a directive is incomplete: expected "%YAML 1.2" or "%TAG", a handle and a prefix'],
      [/^Missing directives-end/, 'a directive is not followed by a document: expected "---"'],
      [/^Missing newline after block sequence props/, 'a sequence begins on the line of its tag or anchor: expected "- " on the next line'],
      [/^Block collection cannot start/, 'a mapping or sequence begins on the line of "---": expected it on the next line'],
      [/^Block collections are not/, "a block collection stands inside a flow collection: expected a comma or the closing bracket"],
      [
        /^Block scalars with more-indented/,
        'a block scalar begins with empty lines that are indented deeper than its text: expected an indicator such as "|2"'
      ],
      [/^Block scalar values in collections/, "a block scalar is not indented: expected its lines deeper than the key"],
      [/^Block scalar lines must not/, "a line of a block scalar is indented less than its first line: expected the same indentation"],
      [/^(?:Block scalar header|Not a YAML token)/, 'text follows after "|" or ">": expected the end of the line'],
      [/^Tabs are not allowed/, "a tab is used as indentation: expected spaces"],
      [/^Unexpected flow-(?:seq|map)-end/, "a closing bracket closes nothing: expected no bracket, or quotes around the value"],
      [/^Unexpected doc-end/, '"..." without a document before it: remove it'],
      [/^Unexpected (?:,|empty item) in/, 'an item is missing before the comma: expected a value or "%"'],
      [/^Unexpected .* in YAML (?:stream|document)/, 'this is no part of the document before it: check the indentation, or expected "---"'],
      [/^Unexpected/, "text follows after the end of a value: expected a line break or a comment"],
      [/^Missing space after :/, 'a colon is not followed by a space: expected ": "'],
      [/^Missing , or :/, 'two values follow each other: expected a comma, a colon or "%"'],
      [/^Missing ,/, 'two items follow each other: expected a comma or "%"'],
      [/^Flow (?:map|sequence)/, 'a bracket is not closed, or its lines are indented too little: expected "%"']
    ];
  }
});

// src/parse/yaml-package.ts
function yaml() {
  loaded ??= process.getBuiltinModule("node:module").createRequire(import.meta.url)("yaml");
  return loaded;
}
var loaded;
var init_yaml_package = __esm({
  "src/parse/yaml-package.ts"() {
    "use strict";
  }
});

// src/parse/yaml-tape.ts
function tapeOf(contents) {
  const builder = { cells: [], aliases: /* @__PURE__ */ new Map(), anchors: /* @__PURE__ */ new Map(), anchorCount: 0, aliasedNodes: 0 };
  add(builder, contents);
  const { cells, aliases, problem } = builder;
  return problem ?? { cells: Int32Array.from(cells), root: 0, ...aliases.size > 0 && { aliases } };
}
function add(builder, node) {
  const { cells } = builder;
  const index = cells.length;
  const [start, end] = node.range ?? [0, 0];
  const kind = kindOfNode(node);
  cells.push(kind, start, end, 0);
  const anchored = registerAnchor(builder, node, index);
  const size = yaml().isAlias(node) ? addAlias(builder, node, index) : 1 + (yaml().isCollection(node) ? addItems(builder, node) : 0);
  if (kind === nodeKind.blockMap || kind === nodeKind.blockSequence) cells[index + 2] = endOfLastChild(cells, index);
  cells[index + 3] = cells.length;
  if (anchored) anchored.size = size;
  return size;
}
function kindOfNode(node) {
  if (yaml().isAlias(node)) return nodeKind.alias;
  if (yaml().isMap(node)) return node.flow ? nodeKind.flowMap : nodeKind.blockMap;
  if (yaml().isSeq(node)) return node.flow ? nodeKind.flowSequence : nodeKind.blockSequence;
  const [start, end] = node.range ?? [0, 0];
  return start === end ? nodeKind.empty : scalarKinds.get(node.type) ?? nodeKind.plain;
}
function registerAnchor(builder, node, index) {
  if (!("anchor" in node) || typeof node.anchor !== "string") return void 0;
  const anchored = { node, index };
  builder.anchors.set(node.anchor, anchored);
  builder.anchorCount++;
  return anchored;
}
function addAlias(builder, alias, index) {
  const { aliases, anchors, anchorCount } = builder;
  const target = anchors.get(alias.source);
  if (!target)
    return refuse2(builder, 'an alias has no anchor before it: expected "&" and its name on an earlier value, or quotes around the value', alias);
  if (target.size === void 0) return refuse2(builder, "an alias stands inside the value that it refers to: move it out", alias);
  aliases.set(index, target.index);
  if (aliases.size * (aliases.size + anchorCount) > maxAliasComparisons) return refuse2(builder, "the document has too many aliases: split it", alias);
  builder.aliasedNodes += target.size;
  if (builder.aliasedNodes > maxAliasedNodes)
    return refuse2(builder, `the aliases stand for more than ${maxAliasedNodes} values: write fewer of them`, alias);
  return target.size;
}
function addItems(builder, collection) {
  let size = 0;
  for (const item of collection.items) {
    if (builder.problem) return size;
    size += yaml().isPair(item) ? addPair(builder, item) : add(builder, item);
  }
  return size;
}
function addPair(builder, { key, value }) {
  if (isMergeKey2(key) && value && !isMergeSource(builder, value)) {
    return refuse2(builder, 'the merge key "<<" has no mapping: expected an alias of a mapping, or a list of them', value);
  }
  const size = add(builder, key);
  if (value) return size + add(builder, value);
  const { cells } = builder;
  const end = key.range?.[1] ?? 0;
  cells.push(nodeKind.empty, end, end, cells.length + 4);
  return size + 1;
}
function isMergeKey2(key) {
  return yaml().isScalar(key) && typeof key.value === "symbol";
}
function isMergeSource(builder, value) {
  const source2 = follow(builder, value);
  return yaml().isSeq(source2) ? source2.items.every((item) => yaml().isMap(follow(builder, item))) : yaml().isMap(source2);
}
function follow({ anchors }, node) {
  return yaml().isAlias(node) ? anchors.get(node.source)?.node ?? node : node;
}
function endOfLastChild(cells, index) {
  let end = 0;
  for (let child2 = index + 4; child2 < cells.length; child2 = cells[child2 + 3] ?? cells.length) end = cells[child2 + 2] ?? 0;
  return end;
}
function refuse2(builder, message, node) {
  const [start, end] = node.range ?? [0, 0];
  builder.problem ??= { message, start, end };
  return 1;
}
var scalarKinds, maxAliasComparisons;
var init_yaml_tape = __esm({
  "src/parse/yaml-tape.ts"() {
    "use strict";
    init_document();
    init_parsed_text();
    init_yaml_package();
    scalarKinds = /* @__PURE__ */ new Map([
      ["QUOTE_SINGLE", nodeKind.singleQuoted],
      ["QUOTE_DOUBLE", nodeKind.doubleQuoted],
      ["BLOCK_LITERAL", nodeKind.literal],
      ["BLOCK_FOLDED", nodeKind.folded]
    ]);
    maxAliasComparisons = 5e7;
  }
});

// src/parse/yaml-fallback.ts
function parseWithYaml(path, text, refusal) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return readText(path, text, refusal);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
function readText(path, text, refusal) {
  const documents = [];
  for (const step of composeDocuments(text, refusal)) {
    const document = "contents" in step ? readDocument2(path, documents.length, step) : step;
    if ("message" in document) return { documents, problems: [document] };
    documents.push(document);
  }
  return { documents, problems: [] };
}
function* composeDocuments(text, refusal) {
  const parser = new (yaml()).Parser();
  const composer = new (yaml()).Composer({ merge: true, uniqueKeys: false, logLevel: "silent" });
  parser.offset = text.startsWith("\uFEFF") ? 1 : 0;
  let lexemes = 0;
  for (const lexeme of new (yaml()).Lexer().lex(text.slice(parser.offset))) {
    if (++lexemes > maxLexemes) return yield refusal;
    for (const token of parser.next(lexeme)) yield* firstErrors(text, composer.next(token));
    if (parser.stack.length > maxDepth) return yield { message: tooDeep, start: parser.offset, end: parser.offset + 1 };
  }
  for (const token of parser.end()) yield* firstErrors(text, composer.next(token));
  yield* firstErrors(text, composer.end());
  const [error] = composer.streamInfo().errors;
  if (error) yield describeYamlError(text, error);
}
function* firstErrors(text, documents) {
  for (const document of documents) {
    const [error] = document.errors.sort((a, b) => a.pos[0] - b.pos[0]);
    yield error ? describeYamlError(text, error) : document;
  }
}
function readDocument2(path, index, document) {
  const tape = tapeOf(document.contents);
  if ("message" in tape) return tape;
  try {
    return { path, index, value: document.toJS({ maxAliasCount: -1 }), tape };
  } catch (error) {
    const [start, end] = document.contents?.range ?? document.range;
    return { message: error instanceof Error ? error.message : String(error), start, end };
  }
}
var maxLexemes;
var init_yaml_fallback = __esm({
  "src/parse/yaml-fallback.ts"() {
    "use strict";
    init_parsed_text();
    init_syntax_messages();
    init_yaml_package();
    init_yaml_tape();
    maxLexemes = 2e5;
  }
});

// src/parse/parse-yaml.ts
function parseYaml(path, text) {
  try {
    return readDocuments(path, text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problem = { message: error.message, start: error.position, end: Math.min(error.position + 1, text.length) };
    const { documents, problems } = error.isFinal ? { documents: [], problems: [problem] } : parseWithYaml(path, text, problem);
    const read = problems.length > 0 ? readAsGoDoes(path, text) : void 0;
    if (read) return read;
    const placed2 = problems.map((found2) => found2.message === problem.message && problem.start < found2.start ? problem : found2);
    return { documents, problems: placed2, duplicateKeys: documents.flatMap((document) => findDuplicateKeys(document, text)) };
  }
}
function readAsGoDoes(path, text) {
  try {
    return readDocuments(path, text, true);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return void 0;
  }
}
var init_parse_yaml = __esm({
  "src/parse/parse-yaml.ts"() {
    "use strict";
    init_duplicate_keys();
    init_documents();
    init_scanner();
    init_yaml_fallback();
  }
});

// src/core/place.ts
function isFieldPlace(place) {
  return "field" in place;
}
var init_place = __esm({
  "src/core/place.ts"() {
    "use strict";
  }
});

// src/render/kustomize/refusal.ts
var Refusal2;
var init_refusal = __esm({
  "src/render/kustomize/refusal.ts"() {
    "use strict";
    Refusal2 = class extends Error {
      at;
      /** It may be so only because something is missing that cannot be read here. */
      isOpen;
      constructor(at2, message, isOpen = false) {
        super(message);
        this.at = at2;
        this.isOpen = isOpen;
      }
    };
  }
});

// src/core/rendering.ts
function childProvenance({ children, writers }, key) {
  const listed = children !== void 0 && Object.hasOwn(children, key) ? children[key] : void 0;
  return listed ?? { writers: writersBelow(writers, key) };
}
function writersBelow({ writer, earlier }, key) {
  return earlier === void 0 ? { writer: writerBelow(writer, key) } : { writer: writerBelow(writer, key), earlier: writersBelow(earlier, key) };
}
function writerBelow(writer, key) {
  if (writer.isWhole || !isFieldPlace(writer.at)) return writer;
  if (writer.inline) return { ...writer, inline: { yaml: writer.inline.yaml, field: [...writer.inline.field, key] } };
  return { by: writer.by, at: { ...writer.at, field: [...writer.at.field, key] } };
}
var init_rendering = __esm({
  "src/core/rendering.ts"() {
    "use strict";
    init_place();
    init_tape();
  }
});

// src/render/kustomize/traced.ts
function child({ value, provenance }, key) {
  const held = entryOf(value, key);
  return held === void 0 ? void 0 : { value: held, provenance: childProvenance(provenance, key) };
}
function tracedAt(traced, field) {
  let found2 = traced;
  for (const key of field) found2 = found2 && child(found2, key);
  return found2;
}
function entryOf(value, key) {
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : void 0;
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : void 0;
}
function lookUp(value, field) {
  let found2 = value;
  for (const key of field) found2 = entryOf(found2, key);
  return found2;
}
function writeAt(traced, field, value, writer) {
  return replaceAt(traced, field, writer, (before) => ({ value, provenance: { writers: writtenOver(writer, before) } }));
}
function writtenOver(writer, before) {
  return before === void 0 ? { writer } : { writer, earlier: before.provenance.writers };
}
function replaceAt(traced, field, writer, replace) {
  return replaceBelow(traced, field, 0, writer, replace) ?? traced;
}
function replaceBelow(traced, field, depth, writer, replace) {
  const key = field[depth];
  if (key === void 0) return replace(traced);
  const isCollection2 = typeof traced?.value === "object" && traced.value !== null;
  const collection = isCollection2 && traced ? traced : { value: {}, provenance: { writers: writtenOver(writer, traced) } };
  const before = child(collection, key);
  const after = replaceBelow(before, field, depth + 1, writer, replace);
  if (after === before) return traced;
  return after === void 0 ? without(collection, key, writer) : withEntry(collection, key, after, before === void 0 ? writer : void 0);
}
function withEntry({ value, provenance }, key, entry2, addedBy) {
  return { value: withValue(value, key, entry2.value), provenance: withChild(addedBy ? { ...provenance, ...changedBy(addedBy, provenance) } : provenance, key, entry2.provenance) };
}
function withChild(provenance, key, listed) {
  return { ...provenance, children: { ...provenance.children, [key]: listed } };
}
function withValue(collection, key, value) {
  if (!Array.isArray(collection)) return { ...collection, [key]: value };
  const copy = collection.slice();
  copy[Number(key)] = value;
  return copy;
}
function without({ value, provenance }, key, writer) {
  if (Array.isArray(value)) {
    const items = itemsOf({ value, provenance });
    return { value: value.toSpliced(Number(key), 1), provenance: listProvenance(provenance, items.toSpliced(Number(key), 1), writer) };
  }
  const { [key]: _gone, ...rest } = value;
  return { value: rest, provenance: { ...provenance, ...changedBy(writer, provenance) } };
}
function itemsOf({ value, provenance }) {
  return value.map((item, index) => ({ value: item, provenance: childProvenance(provenance, index) }));
}
function listOf(before, items, writer) {
  return { value: items.map((item) => item.value), provenance: listProvenance(before, items, writer) };
}
function listProvenance(before, items, writer) {
  return { ...before, ...changedBy(writer, before), children: Object.fromEntries(items.map((item, index) => [index, item.provenance])) };
}
function changedBy(writer, { changes, writers }) {
  return { changes: { writer, earlier: changes ?? writers } };
}
var init_traced = __esm({
  "src/render/kustomize/traced.ts"() {
    "use strict";
    init_fields();
    init_rendering();
  }
});

// src/render/kustomize/resource.ts
function makeResource({ value, provenance }, bookkeeping = noBookkeeping) {
  const fields = value;
  const { previous, prefixes, suffixes, behavior, needsHash, steps, variables: variables2 } = bookkeeping;
  return {
    value: fields,
    provenance,
    id: identityOf(fields),
    previous,
    prefixes,
    suffixes,
    variables: variables2,
    ...behavior !== void 0 && { behavior },
    ...needsHash !== void 0 && { needsHash },
    ...steps !== void 0 && { steps }
  };
}
function withContent(resource, content) {
  if (content.value === resource.value && content.provenance === resource.provenance) return resource;
  const { value, provenance } = content;
  return { ...resource, value, provenance, id: identityOf(value) };
}
function rememberIdentity(resource, isClusterScoped) {
  const { name, kind } = resource.id;
  const namespace2 = effectiveNamespace(resource.id, isClusterScoped);
  return { ...resource, previous: [...resource.previous, { name, kind, namespace: namespace2 }] };
}
function hasOwnAnnotations({ previous, prefixes, suffixes, behavior, needsHash, steps }) {
  return steps !== void 0 || previous.length > 0 || prefixes.length > 0 || suffixes.length > 0 || behavior !== void 0 || needsHash === true;
}
function identityOf(value) {
  const gvk2 = knownGvk(scalar(entryOf(value, "apiVersion")), scalar(entryOf(value, "kind")));
  const metadata2 = entryOf(value, "metadata");
  return {
    gvk: gvk2,
    group: gvk2.group,
    version: gvk2.version,
    kind: gvk2.kind,
    name: scalar(entryOf(metadata2, "name")),
    namespace: scalar(entryOf(metadata2, "namespace"))
  };
}
function knownGvk(apiVersion, kind) {
  let ofVersion = knownGvks.get(apiVersion);
  if (ofVersion === void 0) {
    ofVersion = /* @__PURE__ */ new Map();
    knownGvks.set(apiVersion, ofVersion);
  }
  let gvk2 = ofVersion.get(kind);
  if (gvk2 === void 0) {
    gvk2 = { ...splitApiVersion(apiVersion), kind, apiVersion };
    ofVersion.set(kind, gvk2);
  }
  return gvk2;
}
function splitApiVersion(apiVersion) {
  const slash2 = apiVersion.indexOf("/");
  return slash2 < 0 ? { group: "", version: apiVersion } : { group: apiVersion.slice(0, slash2), version: apiVersion.slice(slash2 + 1) };
}
function scalar(value) {
  return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
function identities({ id, previous }) {
  return previous.length === 0 ? [id] : [...previous.map((before) => asPrevious(id, before)), id];
}
function asPrevious(id, before) {
  return { ...id, ...before, gvk: before.kind === id.kind ? id.gvk : knownGvk(id.gvk.apiVersion, before.kind) };
}
function wasSelected({ id, previous }, selector2) {
  if (previous.length === 0 || selector2.group && selector2.group !== id.group || selector2.version && selector2.version !== id.version) return false;
  return !selector2.kind || previous.some(({ kind }) => kind === selector2.kind);
}
function originalIdentity({ id, previous }) {
  const [first] = previous;
  return first === void 0 ? id : asPrevious(id, first);
}
function effectiveNamespace(id, isClusterScoped) {
  if (isClusterScoped(id)) return noNamespace;
  return id.namespace === "" ? defaultNamespace : id.namespace;
}
function sameGvk(a, b) {
  return a.kind === b.kind && a.group === b.group && a.version === b.version;
}
function isSelectedGvk(gvk2, selector2) {
  return (!selector2.group || selector2.group === gvk2.group) && (!selector2.version || selector2.version === gvk2.version) && (!selector2.kind || selector2.kind === gvk2.kind);
}
function describeIdentity({ group, version: version2, kind, name, namespace: namespace2 }) {
  return `${kind || "[noKind]"}.${version2 || "[noVer]"}.${group || "[noGrp]"}/${name || "[noName]"}.${namespace2 || "[noNs]"}`;
}
function annotationsOf2(resource) {
  return stringMapAt(resource, "annotations");
}
function labelsOf(resource) {
  return stringMapAt(resource, "labels");
}
function stringMapAt({ value }, key) {
  const map = lookUp(value, ["metadata", key]);
  return typeof map === "object" && map !== null && !Array.isArray(map) ? map : {};
}
var noBookkeeping, knownGvks, defaultNamespace, noNamespace;
var init_resource = __esm({
  "src/render/kustomize/resource.ts"() {
    "use strict";
    init_traced();
    noBookkeeping = { previous: [], prefixes: [], suffixes: [], variables: [] };
    knownGvks = /* @__PURE__ */ new Map();
    defaultNamespace = "default";
    noNamespace = "_non_namespaceable_";
  }
});

// src/render/kustomize/accumulator.ts
function identityKey(id, isClusterScoped) {
  return `${id.gvk.apiVersion}/${id.kind}/${effectiveNamespace(id, isClusterScoped)}/${id.name}`;
}
function appendResources(present, added, isClusterScoped, areUnique = false) {
  if (added.length === 0) return present;
  if (areUnique && present.length === 0) return added;
  const keys = new Set(present.map(({ id }) => identityKey(id, isClusterScoped)));
  for (const resource of added) {
    const key = identityKey(resource.id, isClusterScoped);
    if (keys.has(key)) {
      const { at: at2 } = resource.provenance.writers.writer;
      throw new Refusal2(at2, `the object "${describeIdentity(resource.id)}" is there twice: remove one of them, or give it another name`);
    }
    keys.add(key);
  }
  return present.length === 0 ? added : [...present, ...added];
}
function findByAnyIdentity(resources, id, isClusterScoped) {
  const namespace2 = effectiveNamespace(id, isClusterScoped);
  return resources.filter(
    (resource) => (
      // Most objects differ in their name already.
      (resource.id.name === id.name || resource.previous.some(({ name }) => name === id.name)) && identities(resource).some((other) => other.name === id.name && sameGvk(other, id) && effectiveNamespace(other, isClusterScoped) === namespace2)
    )
  );
}
function replaceResources(resources, replacements) {
  if (replacements.size === 0) return resources;
  const result = [];
  for (const resource of resources) {
    const next = replacements.has(resource) ? replacements.get(resource) : resource;
    if (next !== void 0) result.push(next);
  }
  return result;
}
var init_accumulator = __esm({
  "src/render/kustomize/accumulator.ts"() {
    "use strict";
    init_refusal();
    init_resource();
  }
});

// src/render/kustomize/field-specs.ts
function specsFor(specs, { gvk: gvk2 }) {
  let ofList = byList.get(specs);
  if (ofList === void 0) {
    ofList = /* @__PURE__ */ new Map();
    byList.set(specs, ofList);
  }
  let found2 = ofList.get(gvk2);
  if (found2 === void 0) {
    found2 = specs.filter((spec) => isSelectedGvk(gvk2, spec));
    ofList.set(gvk2, found2);
  }
  return found2;
}
function findFields(object2, spec, createsNothing = false) {
  let parts = splitSpecs.get(spec);
  if (parts === void 0) {
    parts = splitPath(spec.path ?? "");
    splitSpecs.set(spec, parts);
  }
  const creates = spec.create === true && !createsNothing;
  const first = parts[0] ?? "";
  if (!creates && isFields(object2) && entryOf(object2, first.endsWith("[]") ? first.slice(0, -2) : first) === void 0) return noFields2;
  const found2 = [];
  const problem = follow2(object2, parts, 0, [], creates, found2);
  return problem === void 0 ? found2 : { wrongWay: problem };
}
function follow2(value, parts, depth, field, creates, into) {
  const part = parts[depth];
  if (part === void 0) {
    into.push({ field, value });
    return void 0;
  }
  if (value === null || value === void 0) return void 0;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const problem = follow2(value[index], parts, depth, [...field, index], creates, into);
      if (problem !== void 0) return problem;
    }
    return void 0;
  }
  if (!isFields(value)) return `"${field.join(".")}" is neither a mapping nor a list`;
  const isList = part.endsWith("[]");
  const name = isList ? part.slice(0, -2) : part;
  const held = entryOf(value, name);
  if (held === void 0 || held === null) {
    if (creates && !isList) {
      const rest = parts.slice(depth);
      if (rest.slice(1).some((next) => next.endsWith("[]"))) return void 0;
      into.push({ field: [...field, ...rest], value: void 0 });
    } else if (held === null && depth === parts.length - 1) {
      into.push({ field: [...field, name], value: null });
    }
    return void 0;
  }
  return follow2(held, parts, depth + 1, [...field, name], creates, into);
}
function splitPath(path, delimiter = "/") {
  let split = splitPaths.get(delimiter + path);
  if (split === void 0) {
    split = splitAt(path, delimiter);
    if (splitPaths.size > mostSplitPaths) splitPaths.clear();
    splitPaths.set(delimiter + path, split);
  }
  return split;
}
function splitAt(path, delimiter) {
  const pieces = path.split(delimiter);
  if (pieces.length > 1 && pieces[0] === "") pieces.shift();
  const parts = [];
  for (const piece of pieces) {
    const last = parts.at(-1);
    if (last?.endsWith("\\")) parts[parts.length - 1] = `${last.slice(0, -1)}${delimiter}${piece}`;
    else parts.push(piece);
  }
  return parts;
}
var byList, noFields2, splitSpecs, splitPaths, mostSplitPaths;
var init_field_specs = __esm({
  "src/render/kustomize/field-specs.ts"() {
    "use strict";
    init_fields();
    init_resource();
    init_traced();
    byList = /* @__PURE__ */ new WeakMap();
    noFields2 = [];
    splitSpecs = /* @__PURE__ */ new WeakMap();
    splitPaths = /* @__PURE__ */ new Map();
    mostSplitPaths = 1e4;
  }
});

// src/render/kustomize/shared-nodes.ts
function replaceShared(traced, node, replacement2) {
  return mapShared(traced, (held) => held.provenance === node ? replacement2 : held);
}
function unshare(traced) {
  return mapShared(traced, ({ value, provenance: { isShared: _, ...provenance } }) => ({ value, provenance }));
}
function mapShared(traced, map) {
  const { children, isShared } = traced.provenance;
  if (isShared) return map(traced);
  if (children === void 0) return traced;
  let mapped = traced;
  for (const name of Object.keys(children)) {
    const key = Array.isArray(mapped.value) ? Number(name) : name;
    const held = child(mapped, key);
    const next = held && mapShared(held, map);
    if (held === void 0 || next === void 0 || next === held || next.value === held.value && next.provenance === held.provenance) continue;
    const value = Array.isArray(mapped.value) ? mapped.value.with(Number(key), next.value) : { ...mapped.value, [key]: next.value };
    mapped = { value, provenance: withChild(mapped.provenance, key, next.provenance) };
  }
  return mapped;
}
var init_shared_nodes = __esm({
  "src/render/kustomize/shared-nodes.ts"() {
    "use strict";
    init_traced();
  }
});

// src/render/kustomize/add-labels.ts
function labelTransform(pairs, specs, by, at2) {
  const entries = Object.entries(pairs).map(([key, value]) => {
    const writer = { by, at: by === "build-metadata" ? at2 : { ...at2, field: [...at2.field, key] }, isWhole: true };
    return { key, value, writer };
  });
  return (resources) => entries.length === 0 ? resources : resources.map((resource) => withContent(resource, label(resource, specs, entries, at2)));
}
function label(resource, specs, entries, at2) {
  let labelled = resource;
  const [first] = entries;
  if (first === void 0) return resource;
  const fresh = entries.map(({ writer }) => ({ writers: { writer }, isShared: true }));
  for (const spec of specsFor(specs, resource.id)) {
    const found2 = findFields(labelled.value, spec);
    if ("wrongWay" in found2) throw new Refusal2(at2, `"${describeIdentity(resource.id)}" cannot be labelled at "${spec.path}": ${found2.wrongWay}`);
    for (const { field, value } of found2) {
      if (value !== void 0 && value !== null && !isFields(value)) {
        throw new Refusal2(at2, `"${field.join(".")}" of "${describeIdentity(resource.id)}" is no mapping: nothing can be added to it`);
      }
      if (value === null && !spec.create) continue;
      if (entries.every(({ key }) => entryOf(value, key) === void 0)) {
        labelled = replaceAt(labelled, field, first.writer, (before) => withNewEntries(before, entries, fresh));
        continue;
      }
      for (const [index, entry2] of entries.entries()) labelled = setEntry2(labelled, [...field, entry2.key], entry2, fresh[index]);
    }
  }
  return labelled;
}
function withNewEntries(before, entries, fresh) {
  const [first] = fresh;
  if (first === void 0) return before;
  const added = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  const children = {};
  for (const [index, { key }] of entries.entries()) children[key] = fresh[index] ?? first;
  if (before === void 0 || !isFields(before.value)) return { value: added, provenance: { writers: first.writers, children } };
  const { provenance } = before;
  return {
    value: { ...before.value, ...added },
    provenance: { ...provenance, ...changedBy(first.writers.writer, provenance), children: { ...provenance.children, ...children } }
  };
}
function setEntry2(labelled, field, { value, writer }, fresh) {
  const before = tracedAt(labelled, field);
  if (before === void 0) return replaceAt(labelled, field, writer, () => ({ value, provenance: fresh ?? { writers: { writer } } }));
  if (before.provenance === fresh) return labelled;
  if (before.provenance.isShared) return replaceShared(labelled, before.provenance, { value, provenance: fresh ?? before.provenance });
  return writeAt(labelled, field, value, writer);
}
var init_add_labels = __esm({
  "src/render/kustomize/add-labels.ts"() {
    "use strict";
    init_fields();
    init_field_specs();
    init_refusal();
    init_resource();
    init_shared_nodes();
    init_traced();
  }
});

// src/parse/readings.ts
function readAs(document, file, reader) {
  const reading = { document, text: file.text, resolve: resolvers[reader] };
  return differs(reading) ? readNode2(reading, document.tape.root, document.value) : document.value;
}
function resolveAs(text, reader) {
  return resolvers[reader](text);
}
function differs({ document: { tape }, text, resolve }) {
  const { cells } = tape;
  const end = nextOf(tape, tape.root);
  for (let node = tape.root; node < end; node += 4) {
    if (cells[node] !== nodeKind.plain || !mayDiffer(text, cells[node + 1] ?? 0, cells[node + 2] ?? 0)) continue;
    const plain = plainText(tape, text, node);
    if (!Object.is(resolve(plain), resolvePlainScalar(plain))) return true;
  }
  return false;
}
function mayDiffer(text, start, end) {
  const code = text.charCodeAt(start);
  if (code >= 58) return end - start <= 3 && (code === 89 || code === 121 || code === 78 || code === 110 || code === 79 || code === 111);
  return code < 49 ? end - start > 1 : !isPlainNumber(text, start, end);
}
function isPlainNumber(text, start, end) {
  if (end - start > 9) return false;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
function plainText(tape, text, node) {
  return scalarText(sourceText(tape, text, node), nodeKind.plain) ?? "";
}
function readNode2(reading, alias, value) {
  const { tape } = reading.document;
  const node = targetOf(tape, alias);
  if (isSequenceNode(tape, node)) return childrenOf(tape, node).map((item, index) => readNode2(reading, item, childValue(value, index)));
  if (isMapNode(tape, node)) return readMap(reading, node, value);
  if (kindOf(tape, node) !== nodeKind.plain) return value;
  const text = plainText(tape, reading.text, node);
  return isTagged(reading.text, startOf(tape, node)) ? value : reading.resolve(text);
}
function isTagged(text, start) {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return line.includes("!") && /(?:^|[\s[{,])!\S*\s+(?:&\S+\s+)?$/.test(line);
}
function readMap(reading, node, value) {
  const { tape } = reading.document;
  const entries = /* @__PURE__ */ new Map();
  const children = childrenOf(tape, node);
  for (let index = 0; index < children.length; index += 2) {
    const key = children[index] ?? node;
    const child2 = children[index + 1] ?? node;
    if (isMergeKey(tape, reading.text, key)) {
      for (const [name, merged2] of mergedEntries(reading, child2, value)) if (!entries.has(name)) entries.set(name, merged2);
    } else {
      const name = keyText(tape, reading.text, key);
      const isPlain = kindOf(tape, key) === nodeKind.plain;
      entries.set(
        isPlain ? String(reading.resolve(plainText(tape, reading.text, key)) ?? "") : name,
        readNode2(reading, child2, childValue(value, name))
      );
    }
  }
  return Object.fromEntries(entries);
}
function mergedEntries(reading, alias, value) {
  const { tape } = reading.document;
  const source2 = targetOf(tape, alias);
  const maps = isSequenceNode(tape, source2) ? childrenOf(tape, source2) : [source2];
  return maps.flatMap((map) => Object.entries(readMap(reading, targetOf(tape, map), value)));
}
function childValue(value, part) {
  return typeof value === "object" && value !== null ? value[part] : void 0;
}
function resolveAsGo(text) {
  return words2.get(text) ?? letters.get(text) ?? resolveGoNumber(text);
}
function resolveGoNumber(text) {
  if (!startsNumber(text)) return resolvePlainScalar(text);
  const digits = text.startsWith(".") ? text : text.replaceAll("_", "");
  const whole = wholeNumber2(digits, /^[-+]?0[xX]([0-9a-fA-F]+)$/, /^[-+]?0[oO]?([0-7]+)$/, /^[-+]?0[bB]([01]+)$/);
  if (whole !== void 0 && Math.abs(whole) <= 2 ** 64) return whole;
  if (!goFloat.test(digits)) return special2(text);
  const float = Number(digits);
  if (!Number.isFinite(float)) return text;
  return /^-0+$/.test(digits) ? 0 : float;
}
function resolveAsKustomize(text) {
  return (startsDate(text) ? pointInTime(text) : void 0) ?? resolveGoNumber(text);
}
function startsDate(text) {
  return text.charCodeAt(4) === 45 && /^[0-9]{4}-[0-9]{1,2}-/.test(text);
}
function pointInTime(text) {
  const parts = date.exec(text);
  if (!parts) return void 0;
  const [, year = "", month = "", day = ""] = parts;
  const [hour = "0", minute = "0", second = "0"] = [parts[4] ?? parts[9], parts[5] ?? parts[10], parts[6] ?? parts[11]];
  const fraction = (parts[7] ?? parts[12] ?? "").slice(0, 10).replace(/\.?0+$/, "");
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return void 0;
  const two = (digits) => digits.padStart(2, "0");
  const zone = parts[8] ?? "Z";
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${zone === "+00:00" ? "Z" : zone}`;
}
function resolveAsPyYaml(text) {
  const word = words2.get(text);
  if (word !== void 0) return word;
  if (!startsNumber(text)) return resolvePlainScalar(text);
  const digits = text.replaceAll("_", "");
  const whole = wholeNumber2(text, /^[-+]?0x([0-9a-fA-F_]+)$/, /^[-+]?0([0-7_]+)$/, /^[-+]?0b([01_]+)$/);
  if (whole !== void 0) return whole;
  if (pyYamlInteger.test(text)) return Number(digits) + 0;
  if (pyYamlFloat.test(text)) return Number(digits);
  const isDecimalHead = !/^[-+]?0/.test(text) || text.includes(".");
  return pyYamlBase60.test(text) && isDecimalHead ? base60(digits) : special2(text);
}
function startsNumber(text) {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57 || code === 43 || code === 45 || code === 46;
}
function wholeNumber2(text, hexadecimal, octal, binary) {
  for (const [radix, notation] of [
    [16, hexadecimal],
    [8, octal],
    [2, binary]
  ]) {
    const digits = notation.exec(text)?.[1]?.replaceAll("_", "");
    if (digits) return Number.parseInt(digits, radix) * (text.startsWith("-") ? -1 : 1) + 0;
  }
  return void 0;
}
function special2(text) {
  return /^[-+]?\.(?:inf|nan)$/i.test(text) ? resolvePlainScalar(text) : text;
}
function base60(text) {
  const sign = text.startsWith("-") ? -1 : 1;
  return sign * text.replace(/^[-+]/, "").split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}
var words2, letters, resolvers, goFloat, date, pyYamlInteger, pyYamlFloat, pyYamlBase60;
var init_readings = __esm({
  "src/parse/readings.ts"() {
    "use strict";
    init_document();
    init_plain_scalar();
    init_scalar_text();
    init_tape();
    words2 = new Map([
      ...["yes", "Yes", "YES", "on", "On", "ON"].map((word) => [word, true]),
      ...["no", "No", "NO", "off", "Off", "OFF"].map((word) => [word, false])
    ]);
    letters = /* @__PURE__ */ new Map([
      ["y", true],
      ["Y", true],
      ["n", false],
      ["N", false]
    ]);
    resolvers = { go: resolveAsGo, pyyaml: resolveAsPyYaml, kustomize: resolveAsKustomize };
    goFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
    date = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2}))|(?: ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?))?$/;
    pyYamlInteger = /^[-+]?(?:0|[1-9][0-9_]*)$/;
    pyYamlFloat = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/;
    pyYamlBase60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
  }
});

// src/render/kustomize/go-details.ts
function checkText({ path, text }) {
  if (text.startsWith("%")) throw new Refusal2({ path, start: 0, end: 1 }, "the file begins with a directive: remove it");
  if (path.endsWith(".json")) {
    const slash2 = text.indexOf("\\/");
    if (slash2 >= 0) throw new Refusal2({ path, start: slash2, end: slash2 + 2 }, '"\\/" is no escape to Kustomize: write "/"');
  }
  for (let line = text.indexOf("\n---"); line >= 0; line = text.indexOf("\n---", line + 1)) {
    const end = text.indexOf("\n", line + 1);
    const rest = text.slice(line + 4, end < 0 ? line + 4 : end).trim();
    if (rest !== "" && !rest.startsWith("#")) throw new Refusal2({ path, start: line + 1, end }, 'text follows "---" on its line: begin a new line');
  }
}
function detailsOf({ tape, value: root }, text) {
  const details = [];
  const { cells } = tape;
  const field = [];
  const walk = (node) => {
    const end = nextOf(tape, node);
    if (isSequenceNode(tape, node)) {
      let index = 0;
      for (let item = node + 4; item < end; item = cells[item + 3] ?? end) {
        field.push(index++);
        visit(item, false);
        field.pop();
      }
    } else if (isMapNode(tape, node)) {
      const isFlow = kindOf(tape, node) === nodeKind.flowMap;
      for (let key = node + 4; key < end; ) {
        const held = cells[key + 3] ?? end;
        if (!isSimple(cells, held) || !isPlainWord(text, cells, key)) {
          const isMerge = isMergeKey(tape, text, key);
          field.push(isMerge ? "<<" : keyText(tape, text, key));
          if (!isMerge) checkKey(key);
          visit(held, isFlow);
          field.pop();
        }
        key = cells[held + 3] ?? end;
      }
    }
  };
  const checkKey = (key) => {
    const kind = kindOf(tape, key);
    if (kind === nodeKind.empty) details.push({ field: [...field], problem: "a key is empty" });
    if (kind !== nodeKind.plain) return;
    const resolved = resolveAs(sourceText(tape, text, key), "kustomize");
    const written = sourceText(tape, text, key);
    if (typeof resolved !== "string" || resolved !== written.trim()) {
      details.push({ field: [...field], problem: `the key "${written}" is no text: put it in quotes` });
    }
  };
  const visit = (node, isInFlowMap) => {
    const kind = cells[node] ?? 0;
    if (kind === nodeKind.empty && isInFlowMap) details.push({ field: [...field], value: "", isLate: true });
    else if (kind === nodeKind.plain) {
      const code = text.charCodeAt(startOf(tape, node));
      if (code !== 46 && code !== 45 && code !== 43) return;
      const resolved = resolveAs(sourceText(tape, text, node), "kustomize");
      if (typeof resolved === "number" && !Number.isFinite(resolved)) details.push({ field: [...field], problem: "JSON has no such number" });
    } else if (kind >= nodeKind.blockMap && kind <= nodeKind.flowSequence) walk(node);
  };
  walk(tape.root);
  const last = lastBlock(tape, text);
  if (last !== void 0 && typeof root === "object") {
    const at2 = lastField(root);
    const held = at2.reduce((value, key) => value[key], root);
    if (typeof held === "string" && held.endsWith("\n")) details.push({ field: at2, value: held.slice(0, -1) });
  }
  return details;
}
function isSimple(cells, node) {
  const kind = cells[node] ?? 0;
  return kind >= nodeKind.singleQuoted;
}
function isPlainWord(text, cells, key) {
  if (cells[key] !== nodeKind.plain) return (cells[key] ?? 0) > nodeKind.plain;
  const code = text.charCodeAt(cells[key + 1] ?? 0);
  return code >= 97 && code <= 122 && code !== 110 && code !== 116 && code !== 102;
}
function lastBlock(tape, text) {
  if (text.endsWith("\n")) return void 0;
  let node = tape.root;
  for (; ; ) {
    const kind = kindOf(tape, node);
    if (kind === nodeKind.literal || kind === nodeKind.folded) return endOf(tape, node) >= text.length ? node : void 0;
    if (kind !== nodeKind.blockMap && kind !== nodeKind.blockSequence) return void 0;
    const end = nextOf(tape, node);
    let last = node + 4;
    if (last >= end) return void 0;
    for (let next = last; next < end; next = nextOf(tape, next)) last = next;
    node = last;
  }
}
function lastField(root) {
  const field = [];
  let value = root;
  while (typeof value === "object" && value !== null) {
    const key = Array.isArray(value) ? value.length - 1 : Object.keys(value).at(-1);
    if (key === void 0 || key === -1) break;
    field.push(key);
    value = value[key];
  }
  return field;
}
var init_go_details = __esm({
  "src/render/kustomize/go-details.ts"() {
    "use strict";
    init_document();
    init_tape();
    init_readings();
    init_refusal();
  }
});

// src/render/kustomize/read-yaml.ts
function readDocuments2(file, by, reader) {
  const { documents, problems } = parsedFile(file);
  const [problem] = problems;
  if (problem) throw new Refusal2({ path: file.path, start: problem.start, end: problem.end }, problem.message);
  if (reader === "kustomize") checkText(file);
  return documents.map((document, index) => {
    const place = { path: file.path, document: index, field: [], part: "value" };
    return { value: reader === "go" ? valueOf(document, file, "go") : objectValue(document, file, place), provenance: { writers: { writer: { by, at: place } } } };
  });
}
function objectValue(document, file, place) {
  let known = objectValues.get(document);
  if (known === void 0) {
    known = readObject2(document, file, place);
    objectValues.set(document, known);
  }
  if (known instanceof Refusal2) throw known;
  return known.value;
}
function readObject2(document, { text }, place) {
  let value = readAs(document, { text }, "kustomize");
  if (text.includes("!!binary")) value = decodeBinary(value);
  for (const detail of detailsOf(document, text)) {
    const { field, problem, value: read, isLate } = detail;
    if (isLate) {
      lateDetails.set(document, [...lateDetails.get(document) ?? [], field]);
      continue;
    }
    if (problem !== void 0) return new Refusal2({ ...place, field: [...place.field, ...field] }, problem);
    value = setIn(value, field, read);
  }
  return { value };
}
function emptyTexts(document) {
  return lateDetails.get(document) ?? [];
}
function setIn(value, [key, ...rest], held) {
  if (key === void 0) return held;
  if (Array.isArray(value)) return value.map((item, index) => index === key ? setIn(item, rest, held) : item);
  if (!isFields(value)) return value;
  return { ...value, [key]: setIn(value[String(key)], rest, held) };
}
function decodeBinary(value) {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  if (Array.isArray(value)) return value.map(decodeBinary);
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, decodeBinary(held)])) : value;
}
function readInline(text, container, file, by, reader) {
  const { documents, problems } = parseYaml(container.path, text);
  if (problems.length > 0) return void 0;
  const lines = linesOf(text, container, file);
  return documents.map((document) => {
    const yaml2 = { text, tape: document.tape, lines };
    const writer = { by, at: container, inline: { yaml: yaml2, field: [] } };
    return { value: reader === "go" ? readAs(document, { text }, "go") : objectValue(document, { text }, container), provenance: { writers: { writer } } };
  });
}
function valueOf(document, file, reader) {
  let known = values2.get(document);
  if (known === void 0) {
    known = /* @__PURE__ */ new Map();
    values2.set(document, known);
  }
  if (!known.has(reader)) known.set(reader, readAs(document, file, reader));
  return known.get(reader);
}
function parsedFile(file) {
  if (file.documents.length > 0 || file.problems.length > 0 || file.classification.template !== void 0) return file;
  let parsed = parsedFiles.get(file);
  if (parsed === void 0) {
    parsed = parseYaml(file.path, file.text);
    parsedFiles.set(file, parsed);
  }
  return parsed;
}
function linesOf(text, container, file) {
  const document = file.documents[container.document];
  const entry2 = document && entryAt(document.tape, file.text, container.field);
  if (document === void 0 || entry2 === void 0) return [];
  const node = targetOf(document.tape, entry2.value);
  const start = startOf(document.tape, node);
  const kind = kindOf(document.tape, node);
  const source2 = file.text.slice(start, endOf(document.tape, node));
  if (kind === nodeKind.literal) return linesOfBlock(text, source2, start);
  if (source2.includes("\n")) return [];
  if (kind === nodeKind.plain) return source2 === text ? [[0, start]] : [];
  return source2.slice(1, -1) === text ? [[0, start + 1]] : [];
}
function linesOfBlock(text, source2, start) {
  const lines = [];
  const indentation = /\n( *)[^\s]/.exec(source2)?.[1]?.length ?? 0;
  const shift = indentation - (/^( *)\S/m.exec(text)?.[1]?.length ?? 0);
  let inline = 0;
  let line = source2.indexOf("\n") + 1;
  while (inline < text.length && line > 0) {
    const lineEnd = source2.indexOf("\n", line);
    lines.push([inline, start + Math.min(line + shift, lineEnd < 0 ? source2.length : lineEnd)]);
    const inlineEnd = text.indexOf("\n", inline);
    if (inlineEnd < 0) break;
    inline = inlineEnd + 1;
    line = lineEnd < 0 ? 0 : lineEnd + 1;
  }
  return lines;
}
var objectValues, lateDetails, values2, parsedFiles;
var init_read_yaml = __esm({
  "src/render/kustomize/read-yaml.ts"() {
    "use strict";
    init_document();
    init_fields();
    init_tape();
    init_parse_yaml();
    init_readings();
    init_go_details();
    init_refusal();
    objectValues = /* @__PURE__ */ new WeakMap();
    lateDetails = /* @__PURE__ */ new WeakMap();
    values2 = /* @__PURE__ */ new WeakMap();
    parsedFiles = /* @__PURE__ */ new WeakMap();
  }
});

// src/render/kustomize/shapes.ts
function fit(value, shape, isStrict, field = []) {
  if (value === null || value === void 0) return { value: void 0 };
  if (shape === "anything") return { value };
  if (shape === "string" || shape === "boolean") return typeof value === shape ? { value } : misfit(field, value, `a ${shape}`);
  if (shape === "integer") return Number.isInteger(value) ? { value } : misfit(field, value, "a whole number");
  if (shape === "strings") return fitStrings(value, field);
  if ("list" in shape) return fitList(value, shape.list, isStrict, field);
  return fitFields(value, shape.fields, isStrict, field);
}
function misfit(field, value, expected) {
  return { field, message: `"${field.join(".")}" is ${describe(value)}: expected ${expected}` };
}
function describe(value) {
  if (Array.isArray(value)) return "a list";
  if (value === null || typeof value === "object") return "a mapping";
  return `a ${typeof value}`;
}
function fitStrings(value, field) {
  if (!isFields(value)) return misfit(field, value, "a mapping");
  const strings2 = [];
  for (const [key, entry2] of Object.entries(value)) {
    if (entry2 !== null && typeof entry2 !== "string") return misfit([...field, key], entry2, "a string");
    strings2.push([key, entry2 ?? ""]);
  }
  return { value: Object.fromEntries(strings2) };
}
function fitList(value, shape, isStrict, field) {
  if (!Array.isArray(value)) return misfit(field, value, "a list");
  const items = [];
  for (const [index, item] of value.entries()) {
    const fitted = fit(item, shape, isStrict, [...field, index]);
    if ("message" in fitted) return fitted;
    items.push(fitted.value ?? (shape === "string" ? "" : {}));
  }
  return { value: items };
}
function fitFields(value, shapes, isStrict, field) {
  if (!isFields(value)) return misfit(field, value, "a mapping");
  const fields = {};
  for (const [key, entry2] of Object.entries(value)) {
    const name = nameIn(shapes, key);
    if (name === void 0) {
      if (isStrict) return { field: [...field, key], message: `unknown field "${key}": remove it or correct its name` };
      continue;
    }
    const fitted = fit(entry2, shapes[name] ?? "anything", isStrict, [...field, key]);
    if ("message" in fitted) return fitted;
    if (fitted.value !== void 0) fields[name] = fitted.value;
  }
  return { value: fields };
}
function nameIn(shapes, key) {
  if (Object.hasOwn(shapes, key)) return key;
  const lowered = key.toLowerCase();
  return Object.keys(shapes).find((name) => name.toLowerCase() === lowered);
}
var gvk, object, selector, fieldOptions, fieldSpec, strings, generatorOptions, generator, image, patch, replacementFields, replacement, metadata, typeMeta, fieldSpecs, sortOptions, kustomizationShape, replacementShape, configurationShape, pluginShapes;
var init_shapes = __esm({
  "src/render/kustomize/shapes.ts"() {
    "use strict";
    init_fields();
    gvk = { group: "string", version: "string", kind: "string" };
    object = { ...gvk, name: "string", namespace: "string" };
    selector = { fields: { ...object, labelSelector: "string", annotationSelector: "string" } };
    fieldOptions = { fields: { delimiter: "string", index: "integer", encoding: "string", create: "boolean" } };
    fieldSpec = { fields: { ...gvk, path: "string", create: "boolean" } };
    strings = { list: "string" };
    generatorOptions = {
      fields: { labels: "strings", annotations: "strings", disableNameSuffixHash: "boolean", immutable: "boolean" }
    };
    generator = {
      name: "string",
      namespace: "string",
      behavior: "string",
      literals: strings,
      files: strings,
      envs: strings,
      env: "string",
      options: generatorOptions
    };
    image = { fields: { name: "string", newName: "string", tagSuffix: "string", newTag: "string", digest: "string" } };
    patch = {
      fields: {
        path: "string",
        patch: "string",
        target: selector,
        options: { fields: { allowNameChange: "boolean", allowKindChange: "boolean" } }
      }
    };
    replacementFields = {
      source: { fields: { ...object, fieldPath: "string", options: fieldOptions } },
      sourceValue: "string",
      targets: {
        list: { fields: { select: selector, reject: { list: selector }, fieldPaths: strings, options: fieldOptions } }
      }
    };
    replacement = { fields: { ...replacementFields, path: "string" } };
    metadata = { fields: { name: "string", namespace: "string", labels: "strings", annotations: "strings" } };
    typeMeta = { apiVersion: "string", kind: "string" };
    fieldSpecs = { list: fieldSpec };
    sortOptions = { fields: { order: "string", legacySortOptions: { fields: { orderFirst: strings, orderLast: strings } } } };
    kustomizationShape = {
      fields: {
        ...typeMeta,
        metadata,
        openapi: "strings",
        namePrefix: "string",
        nameSuffix: "string",
        namespace: "string",
        commonLabels: "strings",
        labels: {
          list: {
            fields: {
              pairs: "strings",
              includeSelectors: "boolean",
              includeTemplates: "boolean",
              includeVolumeClaimTemplates: "boolean",
              fields: fieldSpecs
            }
          }
        },
        commonAnnotations: "strings",
        patchesStrategicMerge: strings,
        patchesJson6902: { list: patch },
        patches: { list: patch },
        images: { list: image },
        imageTags: { list: image },
        replacements: { list: replacement },
        replicas: { list: { fields: { name: "string", count: "integer" } } },
        vars: {
          list: {
            fields: {
              name: "string",
              objref: { fields: { ...object, apiVersion: "string" } },
              fieldref: { fields: { fieldPath: "string" } }
            }
          }
        },
        sortOptions,
        resources: strings,
        components: strings,
        crds: strings,
        bases: strings,
        configMapGenerator: { list: { fields: generator } },
        secretGenerator: { list: { fields: { ...generator, type: "string" } } },
        helmGlobals: { fields: { chartHome: "string", configHome: "string" } },
        helmCharts: { list: "anything" },
        helmChartInflationGenerator: { list: "anything" },
        generatorOptions,
        configurations: strings,
        generators: strings,
        transformers: strings,
        validators: strings,
        buildMetadata: strings
      }
    };
    replacementShape = { fields: replacementFields };
    configurationShape = {
      fields: {
        namePrefix: fieldSpecs,
        nameSuffix: fieldSpecs,
        namespace: fieldSpecs,
        commonLabels: fieldSpecs,
        labels: fieldSpecs,
        templateLabels: fieldSpecs,
        volumeClaimTemplateLabels: fieldSpecs,
        commonAnnotations: fieldSpecs,
        nameReference: { list: { fields: { ...gvk, fieldSpecs } } },
        varReference: fieldSpecs,
        images: fieldSpecs,
        replicas: fieldSpecs
      }
    };
    pluginShapes = new Map(
      Object.entries({
        AnnotationsTransformer: { annotations: "strings", fieldSpecs },
        HashTransformer: {},
        ImageTagTransformer: { imageTag: image, fieldSpecs },
        LabelTransformer: { labels: "strings", fieldSpecs },
        NamespaceTransformer: { fieldSpecs, unsetOnly: "boolean", setRoleBindingSubjects: "string" },
        PatchJson6902Transformer: { target: selector, path: "string", jsonOp: "string" },
        PatchStrategicMergeTransformer: { paths: strings, patches: "string" },
        PatchTransformer: { path: "string", patch: "string", target: selector, options: { fields: { allowNameChange: "boolean", allowKindChange: "boolean" } } },
        PrefixTransformer: { prefix: "string", fieldSpecs },
        SuffixTransformer: { suffix: "string", fieldSpecs },
        PrefixSuffixTransformer: { prefix: "string", suffix: "string", fieldSpecs },
        ReplacementTransformer: { replacements: { list: replacement } },
        ReplicaCountTransformer: { replica: { fields: { name: "string", count: "integer" } }, fieldSpecs },
        ValueAddTransformer: {
          value: "string",
          targets: { list: { fields: { selector, fieldPath: "string", filePathPosition: "integer" } } },
          targetFilePath: "string"
        },
        ConfigMapGenerator: { ...generator },
        SecretGenerator: { ...generator, type: "string" }
      }).map(([kind, fields]) => [kind, { fields: { metadata, ...fields } }])
    );
  }
});

// src/render/kustomize/read-kustomization.ts
function readKustomization(folder, repository) {
  const paths2 = names.map((name) => folder === "" ? name : `${folder}/${name}`).filter((path2) => repository.find(path2) === "file");
  const [path, second] = paths2;
  if (path === void 0) throw new Refusal2({ path: folder }, `the folder "${folder || "."}" has no kustomization.yaml`);
  if (second !== void 0) throw new Refusal2({ path: second }, `the folder "${folder || "."}" has two kustomizations: keep one of "${path}" and "${second}"`);
  const file = repository.read(path);
  if (typeof file === "string") return { path, unknown: `the kustomization cannot be read: ${file}` };
  if (file.classification.template !== void 0) return { path, unknown: "the kustomization is a template" };
  const { documents, problems } = parsedFile(file);
  const [document] = documents;
  if (document === void 0 || problems.length > 0) {
    const { message = "the kustomization is empty", start = 0, end = 0 } = problems[0] ?? {};
    throw new Refusal2({ path: file.path, start, end }, message);
  }
  const fitted = fit(valueOf(document, file, "go"), kustomizationShape, true);
  if ("message" in fitted) throw new Refusal2(placeIn(file, fitted.field), fitted.message);
  const fields = fitted.value ?? {};
  checkFields(file, fields);
  return { folder, file, fields, isComponent: fields.kind === "Component" };
}
function checkFields(file, fields) {
  const { apiVersion, kind, ...rest } = fields;
  if (kind !== void 0 && kind !== "Kustomization" && kind !== "Component") {
    throw new Refusal2(placeIn(file, ["kind"]), `"kind" is "${kind}": expected "Kustomization" or "Component"`);
  }
  const expected = `kustomize.config.k8s.io/${kind === "Component" ? "v1alpha1" : "v1beta1"}`;
  if (apiVersion !== void 0 && apiVersion !== "" && apiVersion !== expected) {
    throw new Refusal2(placeIn(file, ["apiVersion"]), `"apiVersion" is "${apiVersion}": expected "${expected}"`);
  }
  const isEmpty = Object.values(rest).every((value) => value === "");
  if (isEmpty) throw new Refusal2({ path: file.path }, "the kustomization is empty: list what belongs to it");
}
function placeIn(file, field) {
  return { path: file.path, document: 0, field, part: "value" };
}
var names;
var init_read_kustomization = __esm({
  "src/render/kustomize/read-kustomization.ts"() {
    "use strict";
    init_read_yaml();
    init_refusal();
    init_shapes();
    names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
  }
});

// src/render/kustomize/build-metadata.ts
function addBuildMetadata(resources, { fields, file, folder }, tables2, context) {
  let marked = resources;
  for (const [index, option] of (fields.buildMetadata ?? []).entries()) {
    const at2 = placeIn(file, ["buildMetadata", index]);
    if (option === "managedByLabel") {
      const label2 = { "app.kubernetes.io/managed-by": `kustomize-${tables2.version}` };
      marked = labelTransform(label2, [{ path: "metadata/labels", create: true }], "build-metadata", at2)(marked, context);
    } else if (option === "originAnnotations") {
      marked = marked.map((resource) => annotate(resource, "config.kubernetes.io/origin", originText(resource, folder, context), at2));
    } else if (option === "transformerAnnotations") {
      marked = marked.map((resource) => annotate(resource, "alpha.config.kubernetes.io/transformations", stepsText(resource, folder), at2));
    }
  }
  return marked;
}
function annotate(resource, key, text, at2) {
  const writer = { by: "build-metadata", at: at2, isWhole: true };
  return text === "" ? resource : withContent(resource, writeAt(resource, ["metadata", "annotations", key], text, writer));
}
function originText(resource, folder, { repository }) {
  const { by, at: at2 } = firstWriter(resource.provenance.writers);
  const path = relativePath(folder, at2.path);
  if (by !== "generator") return `path: ${yamlText(path)}
`;
  const kind = `${resource.id.kind}Generator`;
  const isListed = isFieldPlace(at2) && (at2.field[0] === "configMapGenerator" || at2.field[0] === "secretGenerator");
  const plugin = isFieldPlace(at2) ? repository.files.get(at2.path)?.documents[at2.document]?.value : void 0;
  const name = isListed || !isFields(plugin) ? void 0 : lookUp(plugin, ["metadata", "name"]);
  return `configuredIn: ${yamlText(path)}
${configuredBy(kind, typeof name === "string" ? name : void 0, "")}`;
}
function firstWriter(writers) {
  return writers.earlier === void 0 ? writers.writer : firstWriter(writers.earlier);
}
function stepsText({ steps = [] }, folder) {
  return steps.map(({ path, kind, name }) => `- configuredIn: ${yamlText(relativePath(folder, path))}
${configuredBy(kind, name, "  ")}`).join("");
}
function configuredBy(kind, name, indentation) {
  const lines = ["configuredBy:", "  apiVersion: builtin", `  kind: ${kind}`, ...name === void 0 ? [] : [`  name: ${yamlText(name)}`]];
  return lines.map((line) => `${indentation}${line}
`).join("");
}
function relativePath(folder, path) {
  let up = "";
  let above = folder;
  while (above !== "" && !path.startsWith(`${above}/`)) {
    above = folderOf(above);
    up += "../";
  }
  return up + (above === "" ? path : path.slice(above.length + 1));
}
function yamlText(text) {
  return /^[\w./-]*[A-Za-z][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}
var init_build_metadata = __esm({
  "src/render/kustomize/build-metadata.ts"() {
    "use strict";
    init_fields();
    init_place();
    init_repo_path();
    init_add_labels();
    init_read_kustomization();
    init_traced();
    init_resource();
  }
});

// src/render/kustomize/json-patch.ts
function applyJsonPatch(target, patch3) {
  let result = target;
  for (const operation of itemsOf(patch3)) result = apply(result, operation);
  return result;
}
function apply(target, operation) {
  const kind = entryOf(operation.value, "op");
  const path = pointer(operation, "path");
  switch (kind) {
    case "add":
      return change(target, operation, path, (parent, key) => add2(parent, key, valueOf2(operation), operation));
    case "remove":
      return change(target, operation, path, (parent, key) => remove(parent, key, operation));
    case "replace":
      if (path === "") return replaceRoot(target, operation);
      return change(target, operation, path, (parent, key) => set(parent, key, valueOf2(operation), operation));
    case "move": {
      const from = pointer(operation, "from");
      const moved = found(target, operation, from);
      const rest = change(target, operation, from, (parent, key) => remove(parent, key, operation));
      return change(rest, operation, path, (parent, key) => add2(parent, key, moved, operation));
    }
    case "copy": {
      const copied = found(target, operation, pointer(operation, "from"));
      return change(target, operation, path, (parent, key) => add2(parent, key, copied, operation));
    }
    case "test":
      check(target, operation, path);
      return target;
    default:
      throw refuse3(operation, `"${String(kind)}" is no operation of a JSON patch: expected add, remove, replace, move, copy or test`);
  }
}
function pointer(operation, key) {
  const held = entryOf(operation.value, key);
  if (typeof held !== "string") throw refuse3(operation, `the operation has no "${key}"`);
  return held;
}
function valueOf2(operation) {
  return child(operation, "value") ?? { value: null, provenance: operation.provenance };
}
function writerOf(operation) {
  return (child(operation, "path") ?? operation).provenance.writers.writer;
}
function refuse3(operation, message) {
  return new Refusal2(writerOf(operation).at, message);
}
function replaceRoot(target, operation) {
  const written = valueOf2(operation);
  if (typeof written.value !== "object" || written.value === null) throw refuse3(operation, "the whole document is replaced by a scalar: expected a mapping");
  return put(written, target);
}
function put({ value, provenance }, before) {
  return { value, provenance: { ...provenance, writers: writtenOver(provenance.writers.writer, before) } };
}
function change(target, operation, path, edit) {
  const parts = path.split("/");
  if (parts.length < 2) throw missing(operation, path);
  return changeBelow(target, parts.slice(1, -1).map(decode), 0, decode(parts.at(-1) ?? ""), edit, () => missing(operation, path));
}
function changeBelow(target, parents, depth, key, edit, refusal) {
  const parent = parents[depth];
  if (parent === void 0) {
    if (!isCollection(target.value)) throw refusal();
    return edit(target, key);
  }
  const place = Array.isArray(target.value) ? itemIndex(target.value, parent) : parent;
  const next = place === void 0 ? void 0 : child(target, place);
  if (next === void 0 || place === void 0) throw refusal();
  const after = changeBelow(next, parents, depth + 1, key, edit, refusal);
  return after === next ? target : withEntry(target, place, after);
}
function missing(operation, path) {
  return refuse3(operation, `there is no "${path}" in the object: add what leads there first`);
}
function isCollection(value) {
  return Array.isArray(value) || isFields(value);
}
function decode(part) {
  return part.includes("~") ? part.replaceAll("~1", "/").replaceAll("~0", "~") : part;
}
function itemIndex(items, text, last = items.length - 1) {
  if (!/^[-+]?[0-9]{1,9}$/.test(text)) return void 0;
  const index = Number(text);
  const counted = index < 0 ? index + last + 1 : index;
  return counted >= 0 && counted <= last ? counted : void 0;
}
function add2(parent, key, value, operation) {
  if (!Array.isArray(parent.value)) return set(parent, key, value, operation);
  const index = key === "-" ? parent.value.length : itemIndex(parent.value, key, parent.value.length);
  if (index === void 0) throw refuse3(operation, `"${key}" is no index of the list, which has ${parent.value.length} items`);
  return listOf(parent.provenance, itemsOf(parent).toSpliced(index, 0, value), writerOf(operation));
}
function set(parent, key, value, operation) {
  if (!Array.isArray(parent.value)) {
    const before = child(parent, key);
    return withEntry(parent, key, put(value, before), before === void 0 ? writerOf(operation) : void 0);
  }
  const index = itemIndex(parent.value, key);
  if (index === void 0) throw refuse3(operation, `"${key}" is no index of the list, which has ${parent.value.length} items`);
  return withEntry(parent, index, put(value, child(parent, index)));
}
function remove(parent, key, operation) {
  const place = Array.isArray(parent.value) ? itemIndex(parent.value, key) : key;
  if (place === void 0 || child(parent, place) === void 0) throw refuse3(operation, `there is no "${key}" to remove`);
  return without(parent, place, writerOf(operation));
}
function found(target, operation, path) {
  let value;
  change(target, operation, path, (parent, key) => {
    const place = Array.isArray(parent.value) ? itemIndex(parent.value, key) : key;
    value = place === void 0 ? void 0 : child(parent, place);
    if (place === void 0) throw missing(operation, path);
    return parent;
  });
  return value ?? { value: null, provenance: operation.provenance };
}
function check(target, operation, path) {
  const held = path === "" ? target : found(target, operation, path);
  if (!isEqual(held.value, valueOf2(operation).value)) throw refuse3(operation, `the test of "${path}" fails: the value is another one`);
}
function isEqual(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  if (!isFields(a) || !isFields(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key]));
}
var init_json_patch = __esm({
  "src/render/kustomize/json-patch.ts"() {
    "use strict";
    init_fields();
    init_refusal();
    init_traced();
  }
});

// src/render/kustomize/load-objects.ts
function loadObjects(file) {
  let loaded3 = loadedFiles.get(file);
  if (loaded3 === void 0) {
    loaded3 = readObjects(readDocuments2(file, "resource", "kustomize")).map((traced) => makeResource(traced));
    const [duplicate] = parsedFile(file).duplicateKeys;
    if (duplicate) {
      throw new Refusal2({ path: file.path, start: duplicate.start, end: duplicate.end }, `the key "${duplicate.key}" stands twice: remove one of them`);
    }
    loadedFiles.set(file, loaded3);
  }
  return loaded3;
}
function readObjects(documents) {
  const objects2 = [];
  const queue = documents.filter(isThere);
  for (const document of queue) checkObject(document);
  for (let index = 0; index < queue.length; index++) {
    const document = queue[index];
    if (document === void 0) break;
    const kind = entryOf(document.value, "kind");
    const items = child(document, "items");
    if (typeof kind !== "string" || !kind.endsWith("List") || items === void 0) objects2.push(document);
    else if (Array.isArray(items.value)) {
      const inner = itemsOf(items).filter(isThere);
      for (const item of inner) checkObject(item);
      queue.push(...inner);
    } else if (items.value !== null) {
      throw new Refusal2(items.provenance.writers.writer.at, `the "items" of the ${kind} are no list`);
    }
  }
  return objects2;
}
function isThere({ value }) {
  if (value === null || value === void 0 || value === "") return false;
  return typeof value !== "object" || (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
}
function checkObject({ value, provenance }) {
  const { at: at2 } = provenance.writers.writer;
  if (!isFields(value)) throw new Refusal2(at2, "the document is no object: expected a mapping with a kind and a name");
  const kind = entryOf(value, "kind");
  if (kind === void 0 || kind === null || kind === "") throw new Refusal2(at2, "the object has no kind");
  if (String(kind).endsWith("List")) return;
  const name = lookUp(value, ["metadata", "name"]);
  if (name === void 0 || name === null || name === "") throw new Refusal2(at2, `the ${String(kind)} has no name: add "metadata.name"`);
}
function objectsOrUndefined(documents) {
  try {
    return readObjects(documents);
  } catch (error) {
    if (error instanceof Refusal2) return void 0;
    throw error;
  }
}
var loadedFiles;
var init_load_objects = __esm({
  "src/render/kustomize/load-objects.ts"() {
    "use strict";
    init_fields();
    init_read_yaml();
    init_refusal();
    init_resource();
    init_traced();
    loadedFiles = /* @__PURE__ */ new WeakMap();
  }
});

// src/render/kustomize/source-text.ts
function textOf(traced, files3, isAsWritten = false) {
  const value = traced?.value;
  if (typeof value === "string" && !(isAsWritten && traced && !isQuoted(traced, files3))) return value;
  if (traced === void 0 || typeof value === "object" && value !== null) return "";
  return writtenScalar(traced.provenance, files3)?.text ?? String(value);
}
function isQuoted({ provenance }, files3) {
  const kind = writtenScalar(provenance, files3)?.kind;
  return kind !== void 0 && kind >= nodeKind.singleQuoted && kind <= nodeKind.folded;
}
function writtenScalar({ writers: { writer } }, files3) {
  const { at: at2, inline, isWhole } = writer;
  if (isWhole || !isFieldPlace(at2)) return void 0;
  const field = inline?.field ?? at2.field;
  const file = files3.get(at2.path);
  const tape = inline ? inline.yaml.tape : file && parsedFile(file).documents[at2.document]?.tape;
  const text = inline ? inline.yaml.text : file?.text;
  if (tape === void 0 || text === void 0) return void 0;
  const entry2 = entryAt(tape, text, field);
  if (entry2 === void 0) return void 0;
  const node = targetOf(tape, entry2.value);
  return { kind: kindOf(tape, node), text: sourceText(tape, text, node) };
}
var init_source_text = __esm({
  "src/render/kustomize/source-text.ts"() {
    "use strict";
    init_document();
    init_place();
    init_tape();
    init_read_yaml();
  }
});

// src/render/kustomize/merge-patch.ts
function mergePatch(target, patch3, context) {
  if (directiveOf(patch3) === "replace") return target;
  const overwritten = [];
  let merged2 = merge(target, patch3, void 0, { ...context, overwritten });
  for (const { node, by } of overwritten) merged2 &&= replaceShared(merged2, node, by);
  return merged2;
}
function merge(target, patch3, field, context) {
  const leading = target?.value ?? patch3?.value ?? null;
  const isOther = (kind) => patch3 !== void 0 && patch3.value !== null && !kind(patch3.value);
  if (Array.isArray(leading)) {
    if (isOther(Array.isArray)) throw wrongKind(patch3, "a list");
    return field?.keys ? mergeList(target, patch3, field.keys, field.items, context) : overwrite(target, patch3);
  }
  if (leading === null || isFields(leading)) {
    if (isOther(isFields)) throw wrongKind(patch3, "a mapping");
    return mergeMap(target, patch3, field?.value, context);
  }
  if (isOther((value) => typeof value !== "object")) throw wrongKind(patch3, "a scalar");
  const written = overwrite(target, keepQuotes(target, patch3, context));
  if (target?.provenance.isShared && written !== void 0 && written !== target) {
    const by = { value: written.value, provenance: { ...written.provenance, isShared: true } };
    context.overwritten.push({ node: target.provenance, by });
    return by;
  }
  return written;
}
function wrongKind(patch3, expected) {
  const at2 = patch3?.provenance.writers.writer.at ?? { path: "" };
  return new Refusal2(at2, `the patch changes what is ${expected} into something else: expected ${expected}`);
}
function overwrite(target, patch3) {
  if (patch3 === void 0 || patch3 === target) return target;
  if (patch3.value === null) return void 0;
  return target === void 0 ? patch3 : { value: patch3.value, provenance: over(patch3.provenance, target.provenance) };
}
function over(provenance, before) {
  return { ...provenance, writers: append(provenance.writers, before.writers) };
}
function append(writers, earlier) {
  return { writer: writers.writer, earlier: writers.earlier === void 0 ? earlier : append(writers.earlier, earlier) };
}
function keepQuotes(target, patch3, { files: files3 }) {
  if (typeof target?.value !== "string" || typeof patch3?.value !== "number" && typeof patch3?.value !== "boolean") return patch3;
  return isQuoted(target, files3) ? { ...patch3, value: textOf(patch3, files3) } : patch3;
}
function directiveOf(patch3) {
  const held = entryOf(patch3?.value, directiveKey);
  if (held === void 0 || patch3 === void 0) return void 0;
  if (held === "delete" || held === "replace" || held === "merge") return held;
  throw new Refusal2(patch3.provenance.writers.writer.at, `"$patch" is "${String(held)}": expected "delete", "replace" or "merge"`);
}
function mergeMap(target, patch3, definition, context) {
  if (target === void 0 || target.value === null) {
    if (patch3 === void 0) return textOf(target, context.files) === "" ? void 0 : target;
    if (patch3.value === null) return void 0;
    if (patch3 !== target) {
      if (directiveOfNew(patch3) === "delete") return void 0;
      const added = withoutDirective(patch3);
      return mergeEntries2(added, added, definition, context);
    }
  }
  if (target === void 0 || patch3?.value === null) return void 0;
  const directive = directiveOf(patch3);
  if (directive === "delete") return void 0;
  if (patch3 === void 0 || directive === void 0) return mergeEntries2(target, patch3, definition, context);
  const rest = withoutDirective(patch3);
  return directive === "replace" || patch3 === target ? mergeEntries2(rest, rest, definition, context) : mergeEntries2(target, rest, definition, context);
}
function directiveOfNew(patch3) {
  return entryOf(patch3.value, directiveKey);
}
function withoutDirective(patch3) {
  const { [directiveKey]: directive, ...rest } = patch3.value;
  const isKnown = directive === "delete" || directive === "replace" || directive === "merge";
  return isKnown ? { value: rest, provenance: patch3.provenance } : patch3;
}
function mergeEntries2(target, patch3, definition, context) {
  if (patch3 === void 0 && isSettled(target.value, definition === void 0 ? void 0 : { value: definition }, context.schema)) return target;
  const fields = definitionOf(target.value, definition, context.schema);
  const targetFields = target.value;
  const patchFields = patch3?.value ?? {};
  const isNew = patch3 === target;
  const value = {};
  const children = { ...target.provenance.children };
  let changes = target.provenance.changes;
  let isChanged = false;
  for (const key of Object.keys(targetFields)) {
    const field = fieldOf(fields, key);
    const held = targetFields[key];
    const isPatched = patch3 !== void 0 && Object.hasOwn(patchFields, key);
    if (!isPatched && isSettled(held, field, context.schema)) {
      set2(value, key, held);
      continue;
    }
    const before = entry(target, key);
    const own = isNew ? before : isPatched ? entry(patch3, key) : void 0;
    const after = merge(before, own, field, context);
    if (after === before) {
      set2(value, key, held);
      continue;
    }
    isChanged = true;
    if (after === void 0) {
      delete children[key];
      if (own !== void 0 && !isNew) changes = { writer: own.provenance.writers.writer, earlier: changes ?? target.provenance.writers };
    } else {
      set2(value, key, after.value);
      set2(children, key, after.provenance);
    }
  }
  for (const key of Object.keys(patchFields)) {
    if (isNew || patch3 === void 0 || Object.hasOwn(targetFields, key)) continue;
    const own = entry(patch3, key);
    const after = merge(void 0, own, fieldOf(fields, key), context);
    if (after === void 0) continue;
    isChanged = true;
    set2(value, key, after.value);
    set2(children, key, after.provenance);
    changes = { writer: own.provenance.writers.writer, earlier: changes ?? target.provenance.writers };
  }
  if (!isChanged) return target;
  return { value, provenance: { writers: target.provenance.writers, ...changes && { changes }, children } };
}
function fieldOf(fields, key) {
  return fields && (Object.hasOwn(fields, key) ? fields[key] : fields["*"]);
}
function entry({ value, provenance }, key) {
  return { value: value[key], provenance: childProvenance(provenance, key) };
}
function set2(fields, key, value) {
  if (key === "__proto__") Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });
  else fields[key] = value;
}
function definitionOf(value, definition, schema) {
  if (definition !== void 0) return schema.definitions[definition];
  const apiVersion = entryOf(value, "apiVersion");
  const kind = entryOf(value, "kind");
  if (typeof apiVersion !== "string" || typeof kind !== "string") return void 0;
  const name = entryOf(schema.kinds[apiVersion], kind);
  return typeof name === "string" ? schema.definitions[name] : void 0;
}
function isSettled(value, field, schema) {
  if (typeof value !== "object" || value === null) return value !== null;
  if (Array.isArray(value) && !field?.keys) return true;
  let known = settled.get(schema);
  if (known === void 0) {
    known = /* @__PURE__ */ new WeakMap();
    settled.set(schema, known);
  }
  let answer = known.get(value);
  if (answer === void 0) {
    answer = Array.isArray(value) ? isSettledList(value, field ?? {}, schema) : areEntriesSettled(value, field?.value, schema);
    known.set(value, answer);
  }
  return answer;
}
function areEntriesSettled(value, definition, schema) {
  const fields = definitionOf(value, definition, schema);
  return Object.entries(value).every(([key, held]) => isSettled(held, fieldOf(fields, key), schema));
}
function isSettledList(items, { keys = [], items: definition }, schema) {
  if (keys.length === 0) return items.every((item) => typeof item === "string") && new Set(items).size === items.length;
  const field = definition === void 0 ? void 0 : { value: definition };
  return items.every((item) => isFields(item) && isSettled(item, field, schema)) && haveKeys([items], keys);
}
function haveKeys(lists2, keys) {
  const used = keys.filter((key) => lists2.some((items) => items.some((item) => keyOf(item, key) !== void 0)));
  return used.length > 0 && lists2.every((items) => {
    const seen = new Set(items.map((item) => identifier(item, used)));
    return seen.size === items.length && !seen.has(void 0);
  });
}
function identifier(item, keys) {
  if (keys.length === 1) return keyOf(item, keys[0] ?? "");
  const parts = keys.map((key) => keyOf(item, key));
  return parts.includes(void 0) ? void 0 : JSON.stringify(parts);
}
function keyOf(item, key) {
  const held = entryOf(item, key);
  if (typeof held === "string") return held === "" ? void 0 : held;
  return typeof held === "number" || typeof held === "boolean" ? String(held) : void 0;
}
function mergeList(target, patch3, keys, definition, context) {
  if (patch3?.value === null) return void 0;
  if (target === void 0 || target.value === null) {
    if (patch3 === void 0) return target;
    return mergeItems(withoutListDirective(patch3)?.rest ?? patch3, void 0, true, keys, definition, context);
  }
  if (patch3 === void 0) return mergeItems(target, void 0, false, keys, definition, context);
  const found2 = withoutListDirective(patch3);
  if (found2?.directive === "delete") return void 0;
  const rest = found2?.rest ?? patch3;
  const isNew = patch3 === target || found2?.directive === "replace";
  return isNew ? mergeItems(rest, void 0, true, keys, definition, context) : mergeItems(target, rest, false, keys, definition, context);
}
function withoutListDirective(patch3) {
  const items = itemsOf(patch3);
  const first = items.find(({ value }) => entryOf(value, directiveKey) !== void 0);
  if (first === void 0 || Object.keys(first.value).length > 1) return void 0;
  const directive = directiveOf(first);
  if (directive === void 0) return void 0;
  const rest = items.filter(({ value }) => entryOf(value, directiveKey) !== directive);
  return { directive, rest: listOf(patch3.provenance, rest, patch3.provenance.writers.writer) };
}
function mergeItems(target, patch3, isNew, keys, definition, context) {
  const field = definition === void 0 ? void 0 : { value: definition };
  const mergeItem = (before, own) => merge(before, isNew ? before : own, field, context);
  const writer = (patch3 ?? target).provenance.writers.writer;
  const targetValues = target.value;
  const patchValues = patch3?.value ?? [];
  if (!isNew && patch3 === void 0 && isSettledList(targetValues, { keys, ...definition !== void 0 && { items: definition } }, context.schema)) return target;
  if (keys.length === 0) return mergeSets(target, patch3, writer, context.files);
  return haveKeys([targetValues, patchValues], keys) ? mergeKeyed(target, patch3, keys, mergeItem, writer) : mergeOdd(target, patch3, keys, mergeItem, writer, context.files);
}
function mergeSets(target, patch3, writer, files3) {
  const items = /* @__PURE__ */ new Map();
  for (const item of [...patch3 ? itemsOf(patch3) : [], ...itemsOf(target)]) {
    const text = textOf(item, files3);
    if (!items.has(text)) items.set(text, item);
  }
  return listOf(target.provenance, [...items.values()], writer);
}
function mergeKeyed(target, patch3, keys, mergeItem, writer) {
  const before = itemsOf(target);
  const own = patch3 ? itemsOf(patch3) : [];
  const used = keys.filter((key) => [...before, ...own].some(({ value }) => keyOf(value, key) !== void 0));
  const byIdentifier = new Map(before.map((item) => [identifier(item.value, used), item]));
  const items = [];
  const merged2 = /* @__PURE__ */ new Map();
  for (const item of own) {
    const old = byIdentifier.get(identifier(item.value, used));
    const after = old !== void 0 && directiveOf(item) === "replace" ? old : mergeItem(old, item);
    if (old) merged2.set(old, after);
    if (after !== void 0 && !isEmptyMap(after.value) && (old === void 0 || used.length === 1)) items.push(after);
  }
  for (const item of before) {
    if (used.length === 1 && merged2.has(item)) continue;
    const after = merged2.has(item) ? merged2.get(item) : mergeItem(item, void 0);
    if (after !== void 0 && !isEmptyMap(after.value)) items.push(after);
  }
  return listOf(target.provenance, items, writer);
}
function isEmptyMap(value) {
  return value === null || isFields(value) && Object.keys(value).length === 0;
}
function mergeOdd(target, patch3, keys, mergeItem, writer, files3) {
  let before = itemsOf(target).map((item) => ({ item }));
  const own = patch3 ? itemsOf(patch3).map((item) => ({ item })) : [];
  if ((before.length + own.length) ** 2 > mostComparisons) {
    throw new Refusal2(target.provenance.writers.writer.at, "the list has too many items without their keys to be merged", true);
  }
  const textAt = ({ item }, key) => {
    const held = isFields(item.value) ? child(item, key) : void 0;
    return held === void 0 ? void 0 : textOf(held, files3);
  };
  const keyTexts = (handle) => keys.map((key) => keyOf(handle.item.value, key) === void 0 ? "" : textAt(handle, key) ?? "");
  const tuples = [];
  for (const handle of [...own, ...before]) {
    const tuple = keyTexts(handle);
    if (!tuples.some((known) => known.every((text, index) => text === tuple[index]))) tuples.push(tuple);
  }
  if (keys.length > 1) completeTuples(tuples);
  const matches = (handle, wanted, texts, isLoose) => wanted.every((key, index) => {
    const text = texts[index];
    if (text === void 0) return index > 0;
    const held = textAt(handle, key);
    return held !== void 0 && (isLoose && text === "" || held === text);
  });
  const setItem = (handles, wanted, texts, replacement2) => {
    const result = [];
    let isFound = false;
    for (const handle of handles) {
      if (isEmptyMap(handle.item.value)) continue;
      if (!matches(handle, wanted, texts, true)) {
        if (texts.length > 0) result.push(handle);
      } else {
        isFound = true;
        if (replacement2) result.push(replacement2);
      }
    }
    if (!isFound && replacement2) result.push(replacement2);
    return result;
  };
  let items = [];
  let lastKeys = keys;
  for (const tuple of tuples) {
    const [wanted, texts] = usedKeys(tuples, tuple, keys);
    lastKeys = wanted;
    const [named, names2] = usedKeys([texts], texts, wanted);
    const old = before.find((handle2) => matches(handle2, named, names2, false));
    const patched = own.find((handle2) => matches(handle2, named, names2, false));
    const after = mergeItem(old?.item, patched?.item);
    if (after === void 0 || isEmptyMap(after.value)) {
      before = setItem(before, wanted, texts, void 0);
      continue;
    }
    const staysAsItWas = old !== void 0 && patched !== void 0 && directiveOf(patched.item) === "replace";
    const handle = old !== void 0 && !staysAsItWas ? old : { item: after };
    handle.item = withKeys(after, wanted, texts);
    items = setItem(items, wanted, texts, handle);
  }
  for (const handle of before) {
    const texts = [];
    for (const key of lastKeys) {
      const text = textAt(handle, key);
      if (text === void 0) items = [...items, handle];
      else texts.push(text);
    }
    if (lastKeys.length > 1) items = setItem(items, lastKeys, texts, void 0);
    items = setItem(items, lastKeys, texts, handle);
  }
  return listOf(
    target.provenance,
    items.map(({ item }) => item),
    writer
  );
}
function completeTuples(tuples) {
  for (const [i, first] of tuples.entries()) {
    for (const [j, second] of tuples.entries()) {
      const isSame = first.every((text, index) => text === second[index] || text === "" || second[index] === "");
      if (!isSame || !first.some((text, index) => text === second[index])) continue;
      const completed = first.map((text, index) => text || (second[index] ?? ""));
      tuples[i] = completed;
      tuples[j] = completed;
    }
  }
}
function usedKeys(tuples, tuple, keys) {
  const used = keys.map((_, index) => tuples.some((other) => (other[index] ?? "") !== ""));
  if (!used.includes(true)) return [keys, tuple];
  return [keys.filter((_, index) => used[index]), tuple.filter((text, index) => text !== "" || used[index])];
}
function withKeys(item, keys, texts) {
  let complete = item;
  for (const [index, key] of keys.entries()) {
    const text = texts[index] ?? "";
    if (text === "" || entryOf(complete.value, key) !== void 0) continue;
    complete = { value: { ...complete.value, [key]: plainScalar(text) }, provenance: complete.provenance };
  }
  return complete;
}
function plainScalar(text) {
  return /^-?[0-9]+$/.test(text) ? Number(text) : text;
}
var directiveKey, settled, mostComparisons;
var init_merge_patch = __esm({
  "src/render/kustomize/merge-patch.ts"() {
    "use strict";
    init_fields();
    init_rendering();
    init_refusal();
    init_shared_nodes();
    init_source_text();
    init_traced();
    directiveKey = "$patch";
    settled = /* @__PURE__ */ new WeakMap();
    mostComparisons = 25e6;
  }
});

// src/model/multimap.ts
function addTo(lists2, key, value) {
  const list = lists2.get(key);
  if (list) list.push(value);
  else lists2.set(key, [value]);
}
var init_multimap = __esm({
  "src/model/multimap.ts"() {
    "use strict";
  }
});

// src/model/tree.ts
function buildTree(listing2) {
  const entries = /* @__PURE__ */ new Map([["", "folder"]]);
  const filesIn = /* @__PURE__ */ new Map();
  const foldersIn = /* @__PURE__ */ new Map();
  const skipped = new Map(listing2.skipped.map(({ path, reason }) => [path, reason]));
  const addFolder = (path) => {
    for (let folder = path; !entries.has(folder); folder = folderOf(folder)) {
      entries.set(folder, "folder");
      addTo(foldersIn, folderOf(folder), folder);
    }
  };
  const addFile = (path) => {
    if (entries.has(path)) return;
    entries.set(path, "file");
    const folder = folderOf(path);
    addTo(filesIn, folder, path);
    addFolder(folder);
  };
  for (const path of listing2.files) addFile(path);
  for (const [path, reason] of skipped) {
    if (reason === "submodule") addFolder(path);
    else addFile(path);
  }
  const followLinks = (path, depth = 0) => {
    for (let folder = path; folder !== "" && depth < 16; folder = folderOf(folder)) {
      const target = listing2.links.get(folder);
      if (target === void 0) continue;
      const real = joinPath(target, path.slice(folder.length + 1));
      if (real === void 0) return void 0;
      return entries.has(real) && !listing2.links.has(real) ? real : followLinks(real, depth + 1);
    }
    return void 0;
  };
  for (const path of listing2.links.keys()) {
    const real = followLinks(path);
    if (real !== void 0 && entries.get(real) === "folder") addFolder(path);
    else addFile(path);
  }
  let byLowerCase;
  const findIgnoringCase = (path) => {
    byLowerCase ??= new Map(Array.from(entries.keys(), (entry2) => [entry2.toLowerCase(), entry2]));
    return byLowerCase.get(path.toLowerCase());
  };
  let byName2;
  const named = (name) => {
    if (byName2 === void 0) {
      byName2 = /* @__PURE__ */ new Map();
      for (const entry2 of entries.keys()) addTo(byName2, nameOf(entry2), entry2);
    }
    return byName2.get(name) ?? [];
  };
  const find = (path) => {
    if (listing2.links.size === 0) return entries.has(path) ? path : void 0;
    return entries.has(path) && !listing2.links.has(path) ? path : followLinks(path);
  };
  return { entries, filesIn, foldersIn, skipped, find, findIgnoringCase, named };
}
var init_tree = __esm({
  "src/model/tree.ts"() {
    "use strict";
    init_repo_path();
    init_multimap();
  }
});

// src/render/kustomize/repository.ts
function repositoryOf(files3, listing2) {
  const tree = buildTree(listing2 ?? { files: [...files3.keys()], skipped: [], links: /* @__PURE__ */ new Map() });
  return {
    files: files3,
    find(path) {
      const real = tree.find(path);
      return real === void 0 ? void 0 : tree.entries.get(real);
    },
    resolve: (path) => tree.find(path) ?? path,
    read(path) {
      const real = tree.find(path) ?? path;
      return files3.get(real) ?? tree.skipped.get(real) ?? "unreadable";
    }
  };
}
function openTarget(repository, folder, target) {
  if (isRemoteFile(target)) return { unknown: `"${target}" is not in this repository` };
  const path = target.startsWith("/") ? void 0 : joinPath(folder, target);
  const kind = path === void 0 || target === "" ? void 0 : repository.find(path);
  if (path !== void 0 && kind === "file" && !target.endsWith("/")) {
    const file = repository.read(path);
    return typeof file === "string" ? { unknown: `"${target}" was not read: ${file}` } : { file };
  }
  if (isRemote(target)) return { unknown: `"${target}" is not in this repository` };
  if (kind === "folder" && path !== void 0) {
    return { folder: repository.resolve(path) };
  }
  if (path === void 0 && !target.startsWith("/")) return { unknown: `"${target}" is outside of the repository` };
  return { missing: true };
}
function isRemoteFile(target) {
  return target.startsWith("https://") || target.startsWith("http://");
}
function isRemote(target) {
  return /^(?:git::)?(?:(?:ssh|https?|file):\/\/|[a-z][a-z0-9-]*@|github\.com[/:][^/]+\/)/i.test(target);
}
var init_repository = __esm({
  "src/render/kustomize/repository.ts"() {
    "use strict";
    init_repo_path();
    init_tree();
  }
});

// src/schema/foreign-expression.ts
import { RE2JS } from "re2js";
function compiledExpression(pattern) {
  let expression = compiled.get(pattern);
  if (expression === void 0) {
    expression = compile(pattern);
    if (compiled.size > mostExpressions) compiled.clear();
    compiled.set(pattern, expression);
  }
  return expression;
}
function compile(pattern) {
  if (pattern.length > longestPattern) return "it is too long";
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be read";
  }
}
var compiled, mostExpressions, longestPattern;
var init_foreign_expression = __esm({
  "src/schema/foreign-expression.ts"() {
    "use strict";
    compiled = /* @__PURE__ */ new Map();
    mostExpressions = 1e3;
    longestPattern = 4e3;
  }
});

// src/render/kustomize/selector.ts
function isProblem(value) {
  return "problem" in value;
}
function selectResources(resources, selector2, isClusterScoped) {
  const match = compileSelector(selector2);
  if (isProblem(match)) return match;
  return resources.filter((resource) => {
    const original = originalIdentity(resource);
    return match.gvk(resource.id) && (match.name(original.name) || match.name(resource.id.name)) && (selector2.namespace === void 0 || selector2.namespace === "" || match.namespace(effectiveNamespace(original, isClusterScoped)) || match.namespace(effectiveNamespace(resource.id, isClusterScoped))) && match.labels(resource);
  });
}
function compileSelector(selector2) {
  const parts = {};
  for (const name2 of ["group", "version", "kind", "name", "namespace"]) {
    const compiled2 = wholeExpression(selector2[name2] ?? "");
    if (typeof compiled2 === "object") return compiled2;
    parts[name2] = compiled2;
  }
  const labels = parseLabelSelector(selector2.labelSelector ?? "");
  if ("problem" in labels) return labels;
  const annotations = parseLabelSelector(selector2.annotationSelector ?? "");
  if ("problem" in annotations) return annotations;
  const { group = always, version: version2 = always, kind = always, name = always, namespace: namespace2 = always } = parts;
  return {
    gvk: (gvk2) => kind(gvk2.kind) && group(gvk2.group) && version2(gvk2.version),
    name,
    namespace: namespace2,
    labels: (resource) => matchesAll(labels, labelsOf(resource)) && matchesAll(annotations, annotationsOf2(resource))
  };
}
function always() {
  return true;
}
function wholeExpression(pattern) {
  if (pattern === "" || pattern === ".*") return always;
  if (/^[\w -]+$/.test(pattern)) return (text) => text === pattern;
  const expression = compiledExpression(`^(?:${pattern})$`);
  return typeof expression === "string" ? { problem: `"${pattern}" is no regular expression: ${expression}` } : (text) => expression.matcher(text).find();
}
function matchesAll(requirements, labels) {
  return requirements.every(({ key, operator, values: values3 }) => {
    const has = Object.hasOwn(labels, key);
    const value = has ? String(labels[key] ?? "") : "";
    switch (operator) {
      case "exists":
        return has;
      case "!":
        return !has;
      case "in":
        return has && values3.includes(value);
      case "notin":
        return !has || !values3.includes(value);
      default:
        return has && /^[-+]?\d+$/.test(value) && (operator === ">" ? Number(value) > Number(values3[0]) : Number(value) < Number(values3[0]));
    }
  });
}
function parseLabelSelector(selector2) {
  const known = parsedSelectors.get(selector2);
  if (known) return known;
  const parsed = readRequirements(tokens(selector2));
  if (parsedSelectors.size > mostParsedSelectors) parsedSelectors.clear();
  const result = typeof parsed === "string" ? { problem: `"${selector2}" is no label selector: ${parsed}` } : parsed;
  parsedSelectors.set(selector2, result);
  return result;
}
function tokens(selector2) {
  return selector2.match(/[^\s=!(),<>]+|==|!=|[=!(),<>]/g) ?? [];
}
function readRequirements(words3) {
  const requirements = [];
  let position = 0;
  while (position < words3.length) {
    const read = readRequirement(words3, position);
    if (typeof read === "string") return read;
    requirements.push(read.requirement);
    position = read.next;
    if (position === words3.length) break;
    if (words3[position] !== ",") return `expected "," before "${words3[position] ?? ""}"`;
    position++;
    if (position === words3.length) return 'expected a label after ","';
  }
  return requirements;
}
function readRequirement(words3, start) {
  const isNegated = words3[start] === "!";
  const position = isNegated ? start + 1 : start;
  const key = words3[position] ?? "";
  if (!labelKey.test(key)) return `"${key}" is no name of a label`;
  const operator = words3[position + 1];
  if (isNegated || operator === void 0 || operator === ",") {
    return { requirement: { key, operator: isNegated ? "!" : "exists", values: [] }, next: position + 1 };
  }
  if (operator === "in" || operator === "notin") {
    const close = words3.indexOf(")", position);
    if (words3[position + 2] !== "(" || close < 0) return `expected "(" and ")" after "${operator}"`;
    return checked({ key, operator, values: listedValues(words3.slice(position + 3, close)) }, close + 1);
  }
  const follows = words3[position + 2];
  const value = follows === void 0 || follows === "," ? "" : follows;
  const next = position + (value === "" ? 2 : 3);
  if (operator === "=" || operator === "==") return checked({ key, operator: "in", values: [value] }, next);
  if (operator === "!=") return checked({ key, operator: "notin", values: [value] }, next);
  if (operator === ">" || operator === "<") {
    return /^[-+]?\d+$/.test(value) ? { requirement: { key, operator, values: [value] }, next } : `"${value}" is no number`;
  }
  return `"${operator}" is no operator`;
}
function listedValues(words3) {
  const values3 = [];
  let expectsValue = true;
  for (const word of words3) {
    if (word !== ",") values3.push(word);
    else if (expectsValue) values3.push("");
    expectsValue = word === ",";
  }
  if (expectsValue) values3.push("");
  return values3;
}
function checked(requirement, next) {
  const wrong = requirement.values.find((value) => value.length > 63 || !labelValue.test(value));
  return wrong === void 0 ? { requirement, next } : `"${wrong}" is no value of a label`;
}
var labelKey, labelValue, parsedSelectors, mostParsedSelectors;
var init_selector = __esm({
  "src/render/kustomize/selector.ts"() {
    "use strict";
    init_foreign_expression();
    init_resource();
    labelKey = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
    labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
    parsedSelectors = /* @__PURE__ */ new Map();
    mostParsedSelectors = 1e3;
  }
});

// src/render/kustomize/apply-patches.ts
function patchTransform(source2) {
  return (resources, context) => {
    const patch3 = loadPatch(source2, context);
    if (patch3 === void 0) return resources;
    if ("operations" in patch3) return applyToSelected(resources, source2, patch3.operations, true, context);
    return mergeObjects(resources, source2, patch3.objects, context);
  };
}
function jsonPatchTransform(source2) {
  return (resources, context) => {
    const { entry: entry2, at: at2 } = source2;
    if (!entry2.target?.name) throw new Refusal2(at2, 'the patch has no name of a target: add "target.name"');
    const patch3 = loadPatch(source2, context);
    if (patch3 === void 0) return resources;
    if (!("operations" in patch3)) throw new Refusal2(at2, "the patch is no list of operations");
    if (patch3.operations.value.length === 0) throw new Refusal2(at2, "the patch is empty");
    return applyToSelected(resources, source2, patch3.operations, false, context);
  };
}
function strategicMergeTransform(entries, source2) {
  return (resources, context) => {
    let patched = resources;
    const patches = entries.flatMap((text, index) => {
      const at2 = { ...source2.at, field: [...source2.at.field, index] };
      return loadMergePatches(text, { ...source2, at: at2 }, context);
    });
    if (patches.length === 0 && context.partial.length === 0) throw new Refusal2(source2.at, "the patches are empty");
    for (const patch3 of patches) {
      const target = uniqueTarget(patched, patch3, context);
      if (target) patched = mergeInto(patched, [target], patch3, {}, context, true);
    }
    return patched;
  };
}
function loadPatch({ entry: entry2, at: at2, folder, file }, context) {
  const text = entry2.patch?.trim() ?? "";
  const path = entry2.path ?? "";
  if (text === "" && path === "") throw new Refusal2(at2, 'the patch is empty: add "patch" or "path"');
  if (text !== "" && path !== "") throw new Refusal2(at2, 'the patch has both "patch" and "path": keep one of them');
  let read;
  let written = text;
  let place = { ...at2, field: [...at2.field, "patch"] };
  if (path !== "") {
    place = { ...at2, field: [...at2.field, "path"] };
    const opened = openFile(path, place, folder, context);
    if (opened === void 0) return void 0;
    read = (reader) => documentsOrUndefined(opened, reader);
    written = opened.text;
  } else {
    read = (reader) => readInline(entry2.patch ?? "", place, file, "patch", reader);
  }
  const documents = read("kustomize");
  const objects2 = documents && objectsOrUndefined(documents);
  if (objects2 !== void 0 && objects2.length > 0) return { objects: objects2 };
  const [first] = read("go") ?? [];
  const operations = isJsonOrYaml(written) && first !== void 0 && Array.isArray(first.value) && first.value.every(isFields) ? first : void 0;
  if (operations !== void 0) return { operations };
  if (objects2 !== void 0) return void 0;
  throw new Refusal2(documents === void 0 ? place : first?.provenance.writers.writer.at ?? place, "the patch is neither an object with a kind and a name nor a list of operations");
}
function isJsonOrYaml(text) {
  if (!text.startsWith("[")) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
function documentsOrUndefined(file, reader) {
  try {
    return readDocuments2(file, "patch", reader);
  } catch (error) {
    if (error instanceof Refusal2) return void 0;
    throw error;
  }
}
function openFile(path, at2, folder, { repository, note: note2, isRestricted }) {
  const target = openTarget(repository, folder, path);
  if ("unknown" in target) {
    note2({ at: at2, reason: target.unknown });
    return void 0;
  }
  if (!("file" in target)) throw new Refusal2(at2, "folder" in target ? `"${path}" is a folder: expected a file` : `the file "${path}" is missing`);
  const { file } = target;
  if (isRestricted && folder !== "" && !file.path.startsWith(`${folder}/`)) {
    throw new Refusal2(at2, `"${path}" is not below the folder of the kustomization: move it there`);
  }
  return file;
}
function openDocuments(path, at2, folder, context) {
  const file = openFile(path, at2, folder, context);
  if (file?.classification.template === void 0) return file;
  context.note({ at: at2, reason: `"${path}" is a template` });
  return void 0;
}
function loadMergePatches(text, source2, context) {
  const { at: at2, folder, file } = source2;
  const inline = readInline(text, at2, file, "patch", "kustomize");
  const objects2 = inline && objectsOrUndefined(inline);
  if (objects2 !== void 0 && objects2.length > 0) return objects2;
  const opened = openDocuments(text, at2, folder, context);
  if (opened === void 0) return [];
  return objectsOrUndefined(readDocuments2(opened, "patch", "kustomize")) ?? refuseObjects(opened.path);
}
function refuseObjects(path) {
  throw new Refusal2({ path }, "the patch is no object with a kind and a name");
}
function mergeObjects(resources, { entry: entry2, at: at2 }, objects2, context) {
  const { target, options = {} } = entry2;
  if (target !== void 0) {
    const [patch3, second] = objects2;
    if (second !== void 0) throw new Refusal2(at2, "several patches share one target: list each on its own");
    if (patch3 === void 0) return resources;
    const selected = select(resources, target, at2, context);
    return mergeInto(resources, selected, patch3, options, context, true);
  }
  let patched = resources;
  for (const patch3 of objects2) {
    const found2 = uniqueTarget(patched, patch3, context);
    if (found2) patched = mergeInto(patched, [found2], patch3, options, context, false);
  }
  return patched;
}
function select(resources, target, at2, { isClusterScoped }) {
  const selected = selectResources(resources, target, isClusterScoped);
  if (isProblem(selected)) throw new Refusal2({ ...at2, field: [...at2.field, "target"] }, selected.problem);
  return selected;
}
function uniqueTarget(resources, patch3, context) {
  const id = identityOf(patch3.value);
  const [found2, second] = findByAnyIdentity(resources, id, context.isClusterScoped);
  const { at: at2 } = patch3.provenance.writers.writer;
  if (second !== void 0) throw new Refusal2(at2, `the patch of "${describeIdentity(id)}" is for several objects`);
  if (found2 !== void 0) return found2;
  if (context.partial.length === 0) throw new Refusal2(at2, `no object is "${describeIdentity(id)}": correct the apiVersion, kind, name or namespace of the patch`);
  context.note({ at: at2, reason: `the object "${describeIdentity(id)}" that is patched is not known here` });
  return void 0;
}
function mergeInto(resources, targets, patch3, { allowNameChange = false, allowKindChange = false }, context, isSelected) {
  const replacements = /* @__PURE__ */ new Map();
  for (const target of targets) {
    const remembered2 = allowNameChange || allowKindChange ? rememberIdentity(target, context.isClusterScoped) : target;
    const adapted = isSelected ? asSelectedPatch(patch3, target, context) : patch3;
    const merged2 = mergePatch(remembered2, adapted, { schema: context.schema, files: context.repository.files });
    const content = merged2 && keepIdentity(merged2, target, allowNameChange, allowKindChange);
    const bookkeeping = losesAnnotations(adapted) ? noBookkeeping : remembered2;
    replacements.set(target, content && makeResource(content, bookkeeping));
  }
  const patched = replaceResources(resources, replacements);
  if (isSelected && (allowNameChange || allowKindChange)) refuseTwins(patched, patch3, context);
  return patched;
}
function refuseTwins(resources, patch3, { isClusterScoped }) {
  const keys = /* @__PURE__ */ new Set();
  for (const { id } of resources) {
    const key = identityKey(id, isClusterScoped);
    if (keys.has(key)) throw new Refusal2(patch3.provenance.writers.writer.at, `the patch makes two objects "${describeIdentity(id)}"`);
    keys.add(key);
  }
}
function asSelectedPatch(patch3, target, { repository }) {
  let adapted = writeSilently(patch3, ["apiVersion"], target.id.gvk.apiVersion);
  for (const [key, map] of [
    ["labels", labelsOf(patch3)],
    ["annotations", annotationsOf2(patch3)]
  ]) {
    const written = child(child(patch3, "metadata") ?? patch3, key);
    if (written === void 0) continue;
    if (Object.keys(map).length === 0) {
      adapted = replaceAt(adapted, ["metadata", key], patch3.provenance.writers.writer, () => void 0);
      continue;
    }
    for (const name of Object.keys(map)) {
      if (typeof map[name] !== "string") adapted = writeSilently(adapted, ["metadata", key, name], textOf(child(written, name), repository.files));
    }
  }
  return adapted;
}
function writeSilently(traced, field, value) {
  return replaceAt(traced, field, traced.provenance.writers.writer, (before) => ({
    value,
    provenance: before?.provenance ?? traced.provenance
  }));
}
function losesAnnotations(patch3) {
  return lookUp(patch3.value, ["metadata", "annotations"]) === null || entryOf(entryOf(patch3.value, "metadata"), "$patch") === "replace";
}
function keepIdentity(merged2, target, allowNameChange, allowKindChange) {
  if (!isFields(merged2.value) || Object.keys(merged2.value).length === 0) return void 0;
  let content = merged2;
  if (!allowKindChange) content = keepField(content, target, ["kind"]);
  if (!allowNameChange) content = keepField(content, target, ["metadata", "name"]);
  return keepField(content, target, ["metadata", "namespace"]);
}
function keepField(content, target, field) {
  const before = lookUp(target.value, field);
  if (lookUp(content.value, field) === before) return content;
  let original = target;
  for (const key of field) original = original && child(original, key);
  return replaceAt(content, field, target.provenance.writers.writer, () => original?.value === null ? void 0 : original);
}
function applyToSelected(resources, { entry: entry2, at: at2 }, operations, remembers, context) {
  if (entry2.target === void 0) throw new Refusal2(at2, 'a JSON patch needs a target: add "target"');
  const replacements = /* @__PURE__ */ new Map();
  for (const target of select(resources, entry2.target, at2, context)) {
    const remembered2 = remembers ? rememberIdentity(target, context.isClusterScoped) : target;
    replacements.set(target, withContent(remembered2, patchWithAnnotations(remembered2, operations)));
  }
  return replaceResources(resources, replacements);
}
function patchWithAnnotations(target, operations) {
  const field = ["metadata", "annotations"];
  const isMade = hasOwnAnnotations(target) && lookUp(target.value, field) === void 0;
  const { writer } = operations.provenance.writers;
  const patched = unshare(applyJsonPatch(isMade ? writeAt(target, field, {}, writer) : target, operations));
  const annotations = lookUp(patched.value, field);
  const metadata2 = child(patched, "metadata");
  if (!isMade || metadata2 === void 0 || !isFields(annotations) || Object.keys(annotations).length > 0) return patched;
  return replaceAt(patched, ["metadata"], writer, (before) => before && { ...without(before, "annotations", writer), provenance: metadata2.provenance });
}
var init_apply_patches = __esm({
  "src/render/kustomize/apply-patches.ts"() {
    "use strict";
    init_fields();
    init_accumulator();
    init_json_patch();
    init_load_objects();
    init_merge_patch();
    init_read_yaml();
    init_refusal();
    init_repository();
    init_resource();
    init_selector();
    init_shared_nodes();
    init_source_text();
    init_traced();
  }
});

// src/render/kustomize/configuration.ts
function mergeConfigurations(base, added) {
  if (base === added) return base;
  const merged2 = {};
  for (const name of lists) {
    const specs = mergeSpecs(base[name], added[name] ?? []);
    if (specs === void 0) return void 0;
    merged2[name] = specs;
  }
  const nameReference = mergeReferences(base.nameReference, added.nameReference ?? []);
  return nameReference && { ...base, ...merged2, nameReference };
}
function mergeSpecs(base, added) {
  if (base === added || added.length === 0) return base;
  const merged2 = [...base];
  for (const spec of added) {
    const known = merged2.find((each2) => each2.path === spec.path && isSelectedGvk({ group: "", version: "", kind: "", ...each2 }, spec));
    if (known === void 0) merged2.push(spec);
    else if ((known.create ?? false) !== (spec.create ?? false)) return void 0;
  }
  return merged2.length === base.length ? base : merged2;
}
function mergeReferences(base, added) {
  if (base === added || added.length === 0) return base;
  const merged2 = [...base];
  for (const spec of added) {
    const index = merged2.findIndex(({ group = "", version: version2 = "", kind = "" }) => group === (spec.group ?? "") && version2 === (spec.version ?? "") && kind === (spec.kind ?? ""));
    const known = merged2[index];
    if (known === void 0) {
      merged2.push(spec);
      continue;
    }
    const fieldSpecs2 = mergeSpecs(known.fieldSpecs ?? [], spec.fieldSpecs ?? []);
    if (fieldSpecs2 === void 0) return void 0;
    if (fieldSpecs2 !== known.fieldSpecs) merged2[index] = { ...known, fieldSpecs: fieldSpecs2 };
  }
  return merged2;
}
var lists;
var init_configuration = __esm({
  "src/render/kustomize/configuration.ts"() {
    "use strict";
    init_resource();
    lists = [
      "namePrefix",
      "nameSuffix",
      "namespace",
      "commonLabels",
      "labels",
      "templateLabels",
      "volumeClaimTemplateLabels",
      "commonAnnotations",
      "varReference",
      "images",
      "replicas"
    ];
  }
});

// src/render/kustomize/crd-configuration.ts
function readCrdConfiguration(value) {
  const configuration = { commonAnnotations: [], commonLabels: [], namePrefix: [], nameReference: [] };
  if (!isFields(value)) return configuration;
  for (const name of Object.keys(value)) {
    const properties2 = propertiesOf(value, name);
    if (!["kind", "apiVersion", "metadata"].every((key) => entryOf(properties2, key) !== void 0)) continue;
    collect(value, name, { kind: name.slice(name.lastIndexOf(".") + 1) }, [], configuration);
  }
  return configuration;
}
function propertiesOf(definitions, name) {
  const definition = entryOf(definitions, name);
  return isFields(definition) ? fieldsAt(fieldsAt(definition, "Schema"), "properties") : {};
}
function collect(definitions, name, gvk2, path, into) {
  if (path.length > 30) return;
  for (const [key, property] of Object.entries(propertiesOf(definitions, name))) {
    if (!isFields(property)) continue;
    const spec = (...more2) => ({ ...gvk2, path: [...path, key, ...more2].join("/") });
    if (typeof property["x-kubernetes-annotation"] === "string") into.commonAnnotations.push(spec());
    if (typeof property["x-kubernetes-label-selector"] === "string") into.commonLabels.push(spec());
    if (typeof property["x-kubernetes-identity"] === "string") into.namePrefix.push(spec());
    const version2 = property["x-kubernetes-object-ref-api-version"];
    const kind = property["x-kubernetes-object-ref-kind"];
    const nameKey2 = property["x-kubernetes-object-ref-name-key"];
    if (typeof version2 === "string" && typeof kind === "string") {
      into.nameReference.push({ version: version2, kind, fieldSpecs: [spec(typeof nameKey2 === "string" ? nameKey2 : "name")] });
    }
    if (typeof property["$ref"] === "string") collect(definitions, property["$ref"], gvk2, [...path, key], into);
  }
}
var init_crd_configuration = __esm({
  "src/render/kustomize/crd-configuration.ts"() {
    "use strict";
    init_fields();
    init_traced();
  }
});

// src/render/kustomize/custom-schema.ts
function readMergeSchema(value) {
  const schemas = isFields(value) ? fieldsAt(value, "definitions") : {};
  const kinds = {};
  const definitions = {};
  for (const [name, schema] of Object.entries(schemas)) {
    if (!isFields(schema)) continue;
    definitions[name] = addInlined(schema, name, definitions);
    for (const gvk2 of listAt(schema, "x-kubernetes-group-version-kind")) {
      if (!isFields(gvk2)) continue;
      const { group, version: version2, kind } = gvk2;
      if (typeof version2 !== "string" || typeof kind !== "string") continue;
      const apiVersion = typeof group === "string" && group !== "" ? `${group}/${version2}` : version2;
      kinds[apiVersion] = { ...kinds[apiVersion], [kind]: name };
    }
  }
  return { kinds, definitions };
}
function addInlined(schema, name, into) {
  const fields = {};
  for (const [key, property] of Object.entries(fieldsAt(schema, "properties"))) {
    if (isFields(property)) fields[key] = fieldOf2(property, `${name}#${key}`, into);
  }
  const additional = entryOf(schema, "additionalProperties");
  if (isFields(additional)) fields["*"] = fieldOf2(additional, `${name}#*`, into);
  return fields;
}
function fieldOf2(property, name, into) {
  if (property["type"] !== "array") {
    const value = definitionOf2(property, name, into);
    return value === void 0 ? {} : { value };
  }
  const strategy = property["x-kubernetes-patch-strategy"];
  if (typeof strategy !== "string" || !strategy.split(",").includes("merge")) return {};
  const listed = listAt(property, "x-kubernetes-list-map-keys").filter((key2) => typeof key2 === "string");
  const key = property["x-kubernetes-patch-merge-key"];
  const keys = listed.length > 0 ? listed : typeof key === "string" ? [key] : [];
  const items = entryOf(property, "items");
  const definition = isFields(items) ? definitionOf2(items, `${name}#[]`, into) : void 0;
  return definition === void 0 ? { keys } : { keys, items: definition };
}
function definitionOf2(schema, name, into) {
  const reference = schema["$ref"];
  if (typeof reference === "string") return reference.replace(/^#\/definitions\//, "");
  if (!isFields(schema["properties"]) && !isFields(schema["additionalProperties"])) return void 0;
  into[name] = addInlined(schema, name, into);
  return name;
}
var init_custom_schema = __esm({
  "src/render/kustomize/custom-schema.ts"() {
    "use strict";
    init_fields();
    init_traced();
  }
});

// src/render/kustomize/base64.ts
function encodeBase64(text) {
  const encoded = Buffer.from(text, "utf8").toString("base64");
  if (encoded.length < lineLength) return encoded;
  let lines = "";
  for (let start = 0; start < encoded.length; start += lineLength) lines += `${encoded.slice(start, start + lineLength)}
`;
  return lines;
}
var lineLength;
var init_base64 = __esm({
  "src/render/kustomize/base64.ts"() {
    "use strict";
    lineLength = 70;
  }
});

// src/render/kustomize/generate.ts
function generatorTransform(source2) {
  return (resources, context) => absorb(resources, generate(source2, context), source2, context);
}
function generate(source2, context) {
  const { kind, entry: entry2, at: at2 } = source2;
  const { name = "", namespace: namespace2 = "", behavior = "" } = entry2;
  if (name === "") throw new Refusal2(at2, `the ${kind} has no name: add "name"`);
  const whole = { by: "generator", at: at2, isWhole: true };
  let object2 = { value: { apiVersion: "v1", kind }, provenance: { writers: { writer: whole } } };
  const write2 = (field, value, place, listedAt) => {
    const writer = { by: "generator", at: place, isWhole: true };
    object2 = writeAt(object2, field, value, whole);
    if (listedAt === void 0) object2 = withWriters(object2, field, { writer });
    else object2 = withWriters(object2, field, { writer, earlier: { writer: { ...writer, at: listedAt } } });
  };
  write2(["metadata", "name"], name, below(at2, "name"));
  if (namespace2 !== "") write2(["metadata", "namespace"], namespace2, below(at2, "namespace"));
  if (kind === "Secret") {
    write2(["type"], entry2.type || "Opaque", entry2.type ? below(at2, "type") : at2);
    object2 = writeAt(object2, ["data"], {}, whole);
  }
  const pairs = readPairs(source2, context);
  for (const { key, value, at: place, listedAt } of pairs.values) {
    write2(["data", key], kind === "Secret" ? encodeBase64(value) : value, place, listedAt);
  }
  const { labels, annotations, immutable, disableNameSuffixHash } = mergedOptions(source2);
  for (const [map, field] of [
    [labels, "labels"],
    [annotations, "annotations"]
  ]) {
    for (const { key, value, at: place } of map) write2(["metadata", field, key], value, place);
  }
  if (immutable) write2(["immutable"], true, immutable);
  const bookkeeping = {
    previous: [],
    prefixes: [],
    suffixes: [],
    variables: [],
    behavior,
    needsHash: !disableNameSuffixHash && !pairs.isPartial
  };
  return makeResource(object2, bookkeeping);
}
function below(at2, ...field) {
  return { ...at2, field: [...at2.field, ...field] };
}
function withWriters(traced, field, writers) {
  const [key, ...rest] = field;
  if (key === void 0) return { value: traced.value, provenance: { writers } };
  const held = child(traced, key);
  if (held === void 0) return traced;
  return { value: traced.value, provenance: withChild(traced.provenance, key, withWriters(held, rest, writers).provenance) };
}
function mergedOptions({ entry: entry2, at: at2, options }) {
  const own = entry2.options ?? {};
  const ownAt = below(at2, "options");
  const immutable = options?.value.immutable ? below(options.at, "immutable") : own.immutable ? below(ownAt, "immutable") : void 0;
  return {
    labels: [...pairsOf(options?.value.labels, options && below(options.at, "labels")), ...pairsOf(own.labels, below(ownAt, "labels"))],
    annotations: [
      ...pairsOf(options?.value.annotations, options && below(options.at, "annotations")),
      ...pairsOf(own.annotations, below(ownAt, "annotations"))
    ],
    ...immutable && { immutable },
    disableNameSuffixHash: options?.value.disableNameSuffixHash === true || own.disableNameSuffixHash === true
  };
}
function pairsOf(map = {}, at2) {
  return at2 === void 0 ? [] : Object.entries(map).map(([key, value]) => ({ key, value, at: below(at2, key) }));
}
function readPairs(source2, context) {
  const { entry: entry2, at: at2, folder, kind } = source2;
  const values3 = [];
  let isPartial = false;
  const open = (path, listedAt) => {
    const file = openFile(path, listedAt, folder, context);
    if (file === void 0) isPartial = true;
    return file;
  };
  const envs = [...(entry2.envs ?? []).map((path, index) => ({ path, listedAt: below(at2, "envs", index) })), ...entry2.env ? [{ path: entry2.env, listedAt: below(at2, "env") }] : []];
  for (const { path, listedAt } of envs) {
    const file = open(path, listedAt);
    if (file) values3.push(...readEnvironment(file, listedAt));
  }
  for (const [index, literal] of (entry2.literals ?? []).entries()) {
    const equals = literal.indexOf("=");
    const place = below(at2, "literals", index);
    if (equals < 1) throw new Refusal2(place, 'the literal is no "key=value"');
    values3.push({ key: literal.slice(0, equals), value: withoutQuotes(literal.slice(equals + 1)), at: place });
  }
  for (const [index, listed] of (entry2.files ?? []).entries()) {
    const listedAt = below(at2, "files", index);
    const { key, path } = splitFileSource(listed, listedAt);
    const file = open(path, listedAt);
    if (file) values3.push({ key, value: file.text, at: { path: file.path }, listedAt });
  }
  const keys = /* @__PURE__ */ new Set();
  for (const { key, at: place, listedAt } of values3) {
    if (keys.has(key)) throw new Refusal2(listedAt ?? place, `the key "${key}" of the ${kind} "${entry2.name ?? ""}" is there twice`);
    keys.add(key);
  }
  return { values: values3, isPartial };
}
function splitFileSource(listed, at2) {
  const equals = listed.indexOf("=");
  if (equals < 0) return { key: nameOf(listed.replace(/\/+$/, "")), path: listed };
  const [key, path] = [listed.slice(0, equals), listed.slice(equals + 1)];
  if (key === "" || path === "" || path.includes("=")) throw new Refusal2(at2, `"${listed}" is no "key=path"`);
  return { key, path };
}
function readEnvironment(file, listedAt) {
  const pairs = [];
  const { text, path } = file;
  let start = 0;
  while (start < text.length) {
    const lineEnd = text.indexOf("\n", start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(start, end).replace(/\r$/, "");
    const trimmed = (start === 0 ? line.replace(/^\ufeff/, "") : line).trimStart();
    if (trimmed !== "" && !trimmed.startsWith("#")) {
      const equals = trimmed.indexOf("=");
      const key = equals < 0 ? trimmed : trimmed.slice(0, equals);
      if (key !== "") pairs.push({ key, value: equals < 0 ? "" : trimmed.slice(equals + 1), at: { path, start, end }, listedAt });
    }
    start = end + 1;
  }
  return pairs;
}
function withoutQuotes(text) {
  return text.length >= 2 && (text.startsWith('"') || text.startsWith("'")) && text.endsWith(text.charAt(0)) ? text.slice(1, -1) : text;
}
function absorb(resources, made2, { at: at2 }, context) {
  const { isClusterScoped, partial, note: note2 } = context;
  const [old, second] = findByAnyIdentity(resources, made2.id, isClusterScoped);
  const { behavior } = made2;
  const joins = behavior === "merge" || behavior === "replace";
  const id = describeIdentity(made2.id);
  if (second !== void 0) throw new Refusal2(at2, `several objects are "${id}": it cannot be told which one is meant`);
  if (old === void 0) {
    if (joins && partial.length === 0) throw new Refusal2(at2, `there is no "${id}" to ${behavior}: use the behavior "create"`);
    if (joins) note2({ at: at2, reason: `the object "${id}" that is to be changed is not known here` });
    const key = identityKey(made2.id, isClusterScoped);
    if (resources.some((other) => identityKey(other.id, isClusterScoped) === key)) throw new Refusal2(at2, `the object "${id}" is there already`);
    return [...resources, made2];
  }
  if (!joins) throw new Refusal2(at2, `the object "${id}" is there already: use the behavior "merge" or "replace", or another name`);
  return replaceResources(resources, /* @__PURE__ */ new Map([[old, join(old, made2, behavior, context)]]));
}
function join(old, made2, behavior, { repository: { files: files3 } }) {
  let content = made2;
  const take = (field, held) => {
    content = held === void 0 ? content : put2(content, field, held);
  };
  const oldMetadata = child(old, "metadata");
  for (const key of ["labels", "annotations"]) {
    const own = child(child(made2, "metadata") ?? made2, key);
    take(["metadata", key], mergeMaps(oldMetadata && child(oldMetadata, key), own, (text) => text, files3));
  }
  for (const key of ["name", "namespace"]) take(["metadata", key], oldMetadata && child(oldMetadata, key));
  if (behavior === "merge") {
    const encoded = made2.id.kind === "Secret" ? mergeMaps(child(old, "data"), child(old, "stringData"), void 0, files3) : child(old, "data");
    take(["data"], mergeMaps(encoded, child(made2, "data"), (text) => text, files3));
    take(["binaryData"], mergeMaps(child(old, "binaryData"), child(made2, "binaryData"), (text) => text, files3));
  }
  if (behavior === "merge") {
    const writers = { writer: made2.provenance.writers.writer, earlier: old.provenance.writers };
    content = { value: content.value, provenance: { ...content.provenance, writers } };
  }
  return makeResource(content, { ...old, needsHash: old.needsHash === true && made2.needsHash === true });
}
function put2(traced, field, held) {
  const [key, ...rest] = field;
  if (key === void 0) return held;
  const next = put2(child(traced, key) ?? { value: {}, provenance: traced.provenance }, rest, held);
  return { value: { ...traced.value, [key]: next.value }, provenance: withChild(traced.provenance, key, next.provenance) };
}
function mergeMaps(first, second, read, files3) {
  const base = second ?? first;
  if (base === void 0) return void 0;
  const value = {};
  const children = /* @__PURE__ */ new Map();
  for (const map of [first, second]) {
    if (map === void 0 || !isFields(map.value)) continue;
    for (const key of Object.keys(map.value)) {
      const held = child(map, key);
      if (held === void 0) continue;
      const text = textOf(held, files3);
      value[key] = map === second && read === void 0 ? encodeBase64(text) : text;
      const before = children.get(key);
      children.set(key, before === void 0 ? held.provenance : { writers: { writer: held.provenance.writers.writer, earlier: before.writers } });
    }
  }
  return { value, provenance: { ...base.provenance, children: Object.fromEntries(children) } };
}
var init_generate = __esm({
  "src/render/kustomize/generate.ts"() {
    "use strict";
    init_fields();
    init_repo_path();
    init_accumulator();
    init_apply_patches();
    init_base64();
    init_refusal();
    init_resource();
    init_source_text();
    init_traced();
  }
});

// src/render/kustomize/set-namespace.ts
function namespaceTransform(options, writer) {
  return (resources, { isClusterScoped }) => {
    const keys = /* @__PURE__ */ new Set();
    return resources.map((resource) => {
      const moved = setNamespace(resource, options, writer, isClusterScoped);
      const key = identityKey(moved.id, isClusterScoped);
      if (keys.has(key)) throw new Refusal2(writer.at, `the namespace gives two objects the same identity: "${describeIdentity(moved.id)}"`);
      keys.add(key);
      return moved;
    });
  };
}
function setNamespace(resource, options, writer, isClusterScoped) {
  const { namespace: namespace2, specs, subjects = "defaultOnly" } = options;
  const remembered2 = rememberIdentity(resource, isClusterScoped);
  let content = remembered2;
  if (!isClusterScoped(resource.id)) content = write(content, [namespaceField(content)], options, writer);
  const isBinding = resource.id.kind === "RoleBinding" || resource.id.kind === "ClusterRoleBinding";
  if (isBinding && subjects !== "none") content = write(content, subjectFields(content, subjects), options, writer);
  const isV1 = resource.id.gvk.apiVersion === "v1";
  for (const spec of specsFor(specs, resource.id)) {
    if (spec.path === "metadata/namespace" || spec.path === "metadata/name" && !isV1 || isBinding && spec.path === "subjects/namespace") continue;
    const found2 = findFields(content.value, spec);
    if ("wrongWay" in found2) throw new Refusal2(writer.at, `the namespace of "${describeIdentity(resource.id)}" cannot be set at "${spec.path}": ${found2.wrongWay}`);
    content = write(content, found2, { namespace: namespace2, specs, ...options.unsetOnly && { unsetOnly: true } }, writer);
  }
  return withContent(remembered2, content);
}
function namespaceField({ value }) {
  return { field: ["metadata", "namespace"], value: entryOf(entryOf(value, "metadata"), "namespace") };
}
function write(content, fields, { namespace: namespace2, unsetOnly }, writer) {
  let written = content;
  for (const { field, value } of fields) {
    if (typeof value === "object" && value !== null) throw new Refusal2(writer.at, `"${field.join(".")}" holds no namespace: it is no scalar`);
    if (unsetOnly && value !== void 0 && value !== null && value !== "") continue;
    written = writeAt(written, field, namespace2, writer);
  }
  return written;
}
function subjectFields({ value }, which) {
  const subjects = entryOf(value, "subjects");
  if (!Array.isArray(subjects)) return [];
  return subjects.flatMap((subject, index) => {
    const isMeant = which === "defaultOnly" ? entryOf(subject, "name") === "default" : entryOf(subject, "kind") === "ServiceAccount";
    return isMeant ? [{ field: ["subjects", index, "namespace"], value: entryOf(subject, "namespace") }] : [];
  });
}
var init_set_namespace = __esm({
  "src/render/kustomize/set-namespace.ts"() {
    "use strict";
    init_accumulator();
    init_field_specs();
    init_refusal();
    init_resource();
    init_traced();
  }
});

// src/render/kustomize/add-values.ts
function valueAddTransform(value, targets, at2) {
  const writer = { by: "value-add", at: at2, isWhole: true };
  return (resources, context) => {
    if (targets.length === 0) throw new Refusal2(at2, "the transformer has no targets");
    let changed = resources;
    for (const { selector: selector2, fieldPath = "", filePathPosition = 0 } of targets) {
      if (fieldPath === "") throw new Refusal2(at2, 'a target has no "fieldPath"');
      const selected = selector2 === void 0 ? changed : selectResources(changed, selector2, context.isClusterScoped);
      if (isProblem(selected)) throw new Refusal2(at2, selected.problem);
      if (fieldPath === "metadata/namespace") {
        const moved = namespaceTransform({ namespace: value, specs: [] }, writer)(selected, context);
        changed = replaceResources(changed, new Map(selected.map((resource, index) => [resource, { ...moved[index] ?? resource, previous: resource.previous }])));
        continue;
      }
      const field = splitPath(fieldPath);
      const replacements = /* @__PURE__ */ new Map();
      for (const resource of selected) {
        const held = lookUp(resource.value, field);
        if (typeof held === "object" && held !== null) throw new Refusal2(at2, `"${fieldPath}" is no scalar`);
        const text = filePathPosition > 0 ? insertPart(String(held ?? ""), filePathPosition - 1, value) : value;
        replacements.set(resource, withContent(resource, writeAt(resource, field, text, writer)));
      }
      changed = replaceResources(changed, replacements);
    }
    return changed;
  };
}
function insertPart(path, position, part) {
  if (path === "") return part;
  const isAbsolute = path.startsWith("/");
  const parts = path.split("/").filter((piece) => piece !== "");
  parts.splice(Math.min(position, parts.length), 0, part);
  return (isAbsolute ? "/" : "") + parts.join("/");
}
var init_add_values = __esm({
  "src/render/kustomize/add-values.ts"() {
    "use strict";
    init_accumulator();
    init_field_specs();
    init_refusal();
    init_resource();
    init_selector();
    init_set_namespace();
    init_traced();
  }
});

// src/render/kustomize/hash-names.ts
import { createHash } from "node:crypto";
function contentHash(resource, files3) {
  const { kind } = resource.id;
  const part = (key) => {
    const held = child(resource, key);
    return held === void 0 ? "" : typeof held.value === "object" && held.value !== null ? held.value : textOf(held, files3);
  };
  const optional = kind === "Secret" ? "stringData" : "binaryData";
  const content = {
    ...optional === "binaryData" && isFields(entryOf(resource.value, optional)) && { binaryData: part(optional) },
    data: part("data"),
    kind,
    // Kustomize looks for the name where it never is.
    name: "",
    ...optional === "stringData" && isFields(entryOf(resource.value, optional)) && { stringData: part(optional) },
    ...kind === "Secret" && { type: part("type") }
  };
  const digest = createHash("sha256").update(goJson(content)).digest("hex").slice(0, 10);
  return digest.replace(/[013ae]/g, (digit) => substitutes[digit] ?? digit);
}
function goJson(value) {
  if (Array.isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (isFields(value)) {
    const keys = Object.keys(value).sort();
    if (keys.some(hasSurrogate)) keys.sort(byCodePoint);
    return `{${keys.map((key) => `${goJson(key)}:${goJson(value[key])}`).join(",")}}`;
  }
  const json = JSON.stringify(value ?? null);
  return /[<>&\u2028\u2029]/.test(json) ? json.replace(/[<>&\u2028\u2029]/g, escapeCharacter) : json;
}
function escapeCharacter(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
function hasSurrogate(key) {
  return /[\ud800-\udfff]/.test(key);
}
function byCodePoint(a, b) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
var hashTransform, substitutes;
var init_hash_names = __esm({
  "src/render/kustomize/hash-names.ts"() {
    "use strict";
    init_fields();
    init_resource();
    init_source_text();
    init_traced();
    hashTransform = (resources, context) => {
      if (!resources.some(({ needsHash }) => needsHash)) return resources;
      return resources.map((resource) => {
        if (!resource.needsHash) return resource;
        const remembered2 = rememberIdentity(resource, context.isClusterScoped);
        const name = child(child(resource, "metadata") ?? resource, "name") ?? resource;
        const { at: at2 } = name.provenance.writers.writer;
        const hashed = `${resource.id.name}-${contentHash(resource, context.repository.files)}`;
        return withContent(remembered2, writeAt(remembered2, ["metadata", "name"], hashed, { by: "name-hash", at: at2, isWhole: true }));
      });
    };
    substitutes = { "0": "g", "1": "h", "3": "k", a: "m", e: "t" };
  }
});

// src/render/kustomize/field-path.ts
function splitFieldPath(path) {
  const pieces = splitPath(path, ".");
  const parts = [];
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index] ?? "";
    if (!piece.startsWith("[") || piece.endsWith("]")) {
      parts.push(piece);
      continue;
    }
    let bracketed = piece;
    while (!bracketed.endsWith("]") && index < pieces.length - 1) bracketed += `.${pieces[++index]}`;
    parts.push(bracketed.includes("=") ? bracketed : bracketed.replace(/^[[\]]+|[[\]]+$/g, ""));
  }
  return parts;
}
var init_field_path = __esm({
  "src/render/kustomize/field-path.ts"() {
    "use strict";
    init_field_specs();
  }
});

// src/render/kustomize/replace-values.ts
function replacementTransform(entry2, at2) {
  return (resources, context) => {
    if (entry2.source === void 0 && entry2.sourceValue === void 0 || entry2.targets === void 0) {
      throw new Refusal2(at2, "the replacement needs a source and targets");
    }
    const source2 = findSource(resources, entry2, at2, context);
    if (source2 === void 0) return resources;
    let replaced = resources;
    for (const [index, target] of entry2.targets.entries()) {
      const place = { ...at2, field: [...at2.field, "targets", index] };
      replaced = replaceIn(replaced, source2, target, place, context);
    }
    return replaced;
  };
}
function findSource(resources, { source: source2, sourceValue }, at2, context) {
  const entry2 = { by: "replacement", at: at2, isWhole: true };
  if (sourceValue !== void 0) {
    if (source2 !== void 0) throw new Refusal2(at2, 'the replacement has both "source" and "sourceValue": keep one of them');
    const writer2 = { by: "replacement", at: { ...at2, field: [...at2.field, "sourceValue"] }, isWhole: true };
    return { text: sourceValue, traced: { value: sourceValue, provenance: { writers: { writer: writer2 } } }, writer: writer2, entry: entry2 };
  }
  const place = { ...at2, field: [...at2.field, "source"] };
  const { name, namespace: namespace2, fieldPath = defaultFieldPath, options } = source2 ?? {};
  const matches = resources.filter(
    (resource) => identities(resource).some(
      (id) => (!name || name === id.name) && (!namespace2 || effectiveNamespace({ ...id, namespace: namespace2 }, never) === effectiveNamespace(id, never)) && isSelectedGvk(id, source2 ?? {})
    )
  );
  const [found2, second] = matches;
  if (second !== void 0) throw new Refusal2(place, `the source is several objects, "${describeIdentity(second.id)}" among them: select one`);
  if (found2 === void 0) {
    if (context.partial.length === 0) throw new Refusal2(place, "no object is the source: correct its kind or name");
    context.note({ at: place, reason: "the source of a replacement is not known here" });
    return void 0;
  }
  const held = lookUpPath(found2, splitFieldPath(fieldPath || defaultFieldPath), place);
  if (held === void 0 || isNothing(held.value)) throw new Refusal2(place, `the source "${describeIdentity(found2.id)}" has no "${fieldPath}"`);
  const text = refine(textOf(held, context.repository.files), held, options, place);
  const { writer } = held.provenance.writers;
  return { text, traced: held, writer: { ...writer, by: "replacement" }, entry: entry2 };
}
function never() {
  return false;
}
function isNothing(value) {
  return value === null || typeof value === "object" && Object.keys(value).length === 0;
}
function refine(text, { value }, options, at2) {
  if (!options?.delimiter) return text;
  if (typeof value === "object") throw new Refusal2(at2, "only a scalar can be split at a delimiter");
  const part = text.split(options.delimiter)[options.index ?? 0];
  if (part === void 0) throw new Refusal2(at2, `the source has no part ${options.index ?? 0} between the delimiters`);
  return part;
}
function lookUpPath(traced, parts, at2) {
  let held = traced;
  for (const part of parts) {
    if (held === void 0) return void 0;
    const list = Array.isArray(held.value) ? held.value : void 0;
    if (/^\d+$/.test(part) || part === "-") {
      if (list === void 0) throw new Refusal2(at2, `"${part}" is looked for in what is no list`);
      held = child(held, part === "-" ? list.length - 1 : Number(part));
    } else if (part.startsWith("[") && part.endsWith("]")) {
      if (list === void 0) throw new Refusal2(at2, `"${part}" is looked for in what is no list`);
      const [key, wanted] = splitCondition(part, at2);
      const index = list.findIndex((item) => key === "" ? String(item) === wanted : isFields(item) && String(entryOf(item, key) ?? "") === wanted);
      held = index < 0 ? void 0 : child(held, index);
    } else {
      if (part === "*") throw new Refusal2(at2, 'a source is one field: "*" leads to several');
      if (held.value !== null && !isFields(held.value)) throw new Refusal2(at2, `"${part}" is looked for in what is no mapping`);
      held = child(held, part);
    }
  }
  return held;
}
function splitCondition(part, at2) {
  const equals = part.indexOf("=");
  if (equals < 0) throw new Refusal2(at2, `"${part}" is no "[key=value]"`);
  return [part.slice(1, equals), part.slice(equals + 1, -1)];
}
function replaceIn(resources, source2, target, at2, context) {
  const { select: select2, reject = [], fieldPaths = [], options = {} } = target;
  if (select2 === void 0) throw new Refusal2(at2, 'the target selects nothing: add "select"');
  const selected = compileSelector(select2);
  if (isProblem(selected)) throw new Refusal2(at2, selected.problem);
  const rejected = reject.map((selector2) => {
    const compiled2 = compileSelector(selector2);
    if (isProblem(compiled2)) throw new Refusal2(at2, compiled2.problem);
    const { labelSelector, annotationSelector, ...id } = selector2;
    return { compiled: compiled2, hasLabels: Boolean(labelSelector || annotationSelector), hasIdentity: Object.values(id).some(Boolean) };
  });
  const paths2 = fieldPaths.length === 0 ? [defaultFieldPath] : fieldPaths;
  const replacements = /* @__PURE__ */ new Map();
  for (const resource of resources) {
    if (!selected.labels(resource) || rejected.some(({ compiled: compiled2, hasLabels }) => hasLabels && compiled2.labels(resource))) continue;
    const ids = identities(resource);
    const matches = ({ compiled: compiled2 }) => ids.some((id) => compiled2.gvk(id) && compiled2.name(id.name) && compiled2.namespace(id.namespace));
    if (rejected.some((each2) => each2.hasIdentity && matches(each2)) || !matches({ compiled: selected })) continue;
    let content = resource;
    for (const [index, path] of paths2.entries()) {
      const place = fieldPaths.length === 0 ? at2 : { ...at2, field: [...at2.field, "fieldPaths", index] };
      content = copyTo(content, source2, path, options, place, context);
    }
    replacements.set(resource, withContent(resource, content));
  }
  return replaceResources(resources, replacements);
}
function copyTo(content, source2, path, options, at2, context) {
  const parts = splitFieldPath(path);
  const { value } = source2.traced;
  const creates = !options.create ? void 0 : Array.isArray(value) ? "list" : isFields(value) ? "map" : "scalar";
  const structured = scalarOnTheWay(content, parts);
  if (structured !== void 0) return copyIntoText(content, source2, structured, parts, creates, options, at2, context);
  const located = locate(content, parts, creates, source2.entry, at2);
  if (located.fields.length === 0) throw new Refusal2(at2, `the target has no "${path}"${options.create ? "" : ': correct the path, or set "create"'}`);
  return located.fields.reduce((written, field) => setField(written, field, source2, options, at2), located.content);
}
function locate(content, parts, creates, writer, at2) {
  const [part, ...rest] = parts;
  if (part === void 0) return { content, fields: [[]] };
  const { value } = content;
  if (/^\d+$/.test(part)) {
    if (!Array.isArray(value) && value !== null) throw new Refusal2(at2, `"${part}" is looked for in what is no list`);
    const items = Array.isArray(value) ? value : [];
    const index = Number(part);
    if (index > items.length || index === items.length && creates === void 0) throw new Refusal2(at2, `the list has no item ${index}`);
    const list = index < items.length ? content : append2(content, emptyFor(rest[0], creates), writer);
    return below2(list, index, rest, creates, writer, at2);
  }
  if (part.startsWith("[") && part.endsWith("]")) return locateItems(content, part, rest, creates, writer, at2);
  if (part === "*") {
    if (!Array.isArray(value)) throw new Refusal2(at2, '"*" stands for the items of what is no list');
    return each(content, value.keys(), rest, creates, writer, at2);
  }
  if (value !== null && !isFields(value)) throw new Refusal2(at2, `"${part}" is looked for in what is no mapping`);
  const held = child(content, part);
  if (held !== void 0) return below2(content, part, rest, creates, writer, at2);
  if (creates === void 0) return { content, fields: [] };
  return below2(writeAt(content, [part], emptyFor(rest[0], creates), writer), part, rest, creates, writer, at2);
}
function emptyFor(next, creates) {
  if (next === void 0) return creates === "list" ? [] : creates === "map" ? {} : made;
  return /^\d+$/.test(next) || next.startsWith("[") && next.endsWith("]") ? [] : {};
}
function append2(content, item, writer) {
  const items = Array.isArray(content.value) ? itemsOf(content) : [];
  return listOf(content.provenance, [...items, { value: item, provenance: { writers: { writer } } }], writer);
}
function below2(content, key, rest, creates, writer, at2) {
  const held = child(content, key);
  if (held === void 0) return { content, fields: [] };
  const located = locate(held, rest, creates, writer, at2);
  const fields = located.fields.map((field) => [key, ...field]);
  return { content: located.content === held ? content : replaceAt(content, [key], writer, () => located.content), fields };
}
function each(content, indexes2, rest, creates, writer, at2) {
  let list = content;
  const fields = [];
  for (const index of indexes2) {
    const located = below2(list, index, rest, creates, writer, at2);
    list = located.content;
    fields.push(...located.fields);
  }
  return { content: list, fields };
}
function locateItems(content, part, rest, creates, writer, at2) {
  const [key, pattern] = splitCondition(part, at2);
  if (!Array.isArray(content.value) && content.value !== null) throw new Refusal2(at2, `"${part}" is looked for in what is no list`);
  const items = Array.isArray(content.value) ? content.value : [];
  const matches = plainOrExpression(pattern, at2);
  const indexes2 = items.flatMap((item2, index) => {
    const held = key === "" ? item2 : isFields(item2) ? entryOf(item2, key) : void 0;
    return held !== void 0 && held !== null && typeof held !== "object" && matches(String(held)) ? [index] : [];
  });
  const located = key === "" ? { content, fields: indexes2.map((index) => [index]) } : each(content, indexes2, rest, creates, writer, at2);
  if (located.fields.length > 0 || creates === void 0) return located;
  const item = key === "" ? pattern : { [key]: pattern };
  const list = append2(content, item, writer);
  return key === "" ? { content: list, fields: [[items.length]] } : each(list, [items.length], rest, creates, writer, at2);
}
function plainOrExpression(pattern, at2) {
  if (/^[\w/: -]*$/.test(pattern)) return (text) => text.includes(pattern);
  const expression = compiledExpression(pattern);
  if (typeof expression === "string") throw new Refusal2(at2, `"${pattern}" is no regular expression: ${expression}`);
  return (text) => expression.matcher(text).find();
}
function setField(content, field, source2, options, at2) {
  const target = tracedAt(content, field);
  const written = replaceAt(content, field, source2.entry, (before) => {
    const held = before?.value;
    const earlier = held === made || before === void 0 ? void 0 : before.provenance.writers;
    const writers = { writer: source2.writer, earlier: { writer: source2.entry, ...earlier && { earlier } } };
    if (held === null || typeof held !== "object") {
      const text = spliced(held, source2.text, options);
      return { value: typed(held, text, at2), provenance: { writers } };
    }
    if (options.delimiter) throw new Refusal2(at2, "only a scalar can be split at a delimiter");
    return { value: source2.traced.value, provenance: { ...source2.traced.provenance, writers } };
  });
  const after = target?.provenance.isShared && tracedAt(written, field);
  return target && after ? replaceShared(written, target.provenance, { value: after.value, provenance: { ...after.provenance, isShared: true } }) : written;
}
function spliced(held, text, { delimiter, index = 0 }) {
  if (!delimiter) return text;
  const parts = (held === made ? "" : String(held ?? "")).split(delimiter);
  if (index < 0) parts.unshift(text);
  else if (index >= parts.length) parts.push(text);
  else parts[index] = text;
  return parts.join(delimiter);
}
function typed(held, text, at2) {
  if (typeof held === "string") return text;
  const resolved = resolveAs(text, "kustomize");
  if (held === made || typeof resolved === typeof held) return resolved;
  throw new Refusal2(at2, `the target is ${held === null ? "null" : `a ${typeof held}`}, and the value is another type`);
}
function scalarOnTheWay(content, parts) {
  let held = content;
  for (let index = 0; index < parts.length - 1; index++) {
    const part = parts[index] ?? "";
    if (held === void 0 || held.value === null) return void 0;
    if (Array.isArray(held.value)) {
      if (/^\d+$/.test(part)) held = child(held, Number(part));
      else if (part.startsWith("[") && part.endsWith("]") && part.includes("=")) {
        const [key, wanted] = [part.slice(1, part.indexOf("=")), part.slice(part.indexOf("=") + 1, -1)];
        const found2 = held.value.findIndex((item) => String(entryOf(item, key ?? "") ?? "") === wanted);
        held = found2 < 0 ? void 0 : child(held, found2);
      } else return void 0;
    } else held = child(held, part);
    if (held !== void 0 && typeof held.value !== "object") return index + 1;
  }
  return void 0;
}
function copyIntoText(content, source2, depth, parts, creates, options, at2, context) {
  const outer = locate(content, parts.slice(0, depth), void 0, source2.entry, at2);
  const [field] = outer.fields;
  if (field === void 0) throw new Refusal2(at2, `the target has no "${parts.join(".")}"`);
  return replaceAt(content, field, source2.entry, (before) => {
    const text = textOf(before, context.repository.files);
    const { documents, problems } = parseYaml("", text);
    const value = documents[0]?.value;
    if (problems.length > 0 || typeof value !== "object" || value === null) throw new Refusal2(at2, `"${parts.slice(0, depth).join(".")}" holds no "${parts.slice(depth).join(".")}"`);
    const inner = { value, provenance: { writers: { writer: source2.entry } } };
    const located = locate(inner, parts.slice(depth), creates, source2.entry, at2);
    if (located.fields.length === 0) throw new Refusal2(at2, `the text at "${parts.slice(0, depth).join(".")}" has no "${parts.slice(depth).join(".")}"`);
    const changed = located.fields.reduce((written, found2) => setField(written, found2, source2, options, at2), located.content);
    const isJson = /^\s*[{[]/.test(text);
    if (!isJson) context.note({ at: at2, reason: "YAML in a text is replaced: how it is written afterwards is not known" });
    const earlier = before?.provenance.writers;
    const provenance = { writers: { writer: source2.writer, earlier: { writer: source2.entry, ...earlier && { earlier } } } };
    return { value: isJson ? writeJson(changed.value, text) : text, provenance };
  });
}
function writeJson(value, before) {
  const isPretty = before.includes("\n") && before.includes("  ");
  const json = JSON.stringify(sortKeys(value), void 0, isPretty ? 2 : void 0);
  return json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
function sortKeys(value) {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.keys(value).sort().map((key) => [key, sortKeys(value[key])])
  );
}
var defaultFieldPath, made;
var init_replace_values = __esm({
  "src/render/kustomize/replace-values.ts"() {
    "use strict";
    init_fields();
    init_parse_yaml();
    init_readings();
    init_foreign_expression();
    init_accumulator();
    init_field_path();
    init_refusal();
    init_resource();
    init_selector();
    init_shared_nodes();
    init_source_text();
    init_traced();
    defaultFieldPath = "metadata.name";
    made = /* @__PURE__ */ Symbol("a scalar that is to be made");
  }
});

// src/render/kustomize/load-replacements.ts
function loadReplacements(entries, at2, folder) {
  return (resources, context) => {
    let replaced = resources;
    for (const [index, entry2] of entries.entries()) {
      const place = { ...at2, field: [...at2.field, index] };
      if (!entry2.path) replaced = replacementTransform(entry2, place)(replaced, context);
      else {
        if (entry2.source !== void 0 || entry2.targets !== void 0) throw new Refusal2(place, "the replacement has both a path and a source or targets: keep one of them");
        for (const { at: listedAt, ...listed } of readReplacements(entry2.path, { ...place, field: [...place.field, "path"] }, folder, context)) {
          replaced = replacementTransform(listed, listedAt)(replaced, context);
        }
      }
    }
    return replaced;
  };
}
function readReplacements(path, at2, folder, context) {
  const file = openDocuments(path, at2, folder, context);
  if (file === void 0) return [];
  const { documents, problems } = parsedFile(file);
  const [document] = documents;
  const [problem] = problems;
  if (problem) throw new Refusal2({ path: file.path, start: problem.start, end: problem.end }, problem.message);
  const value = document && valueOf(document, file, "go");
  if (typeof value !== "object" || value === null) throw new Refusal2(at2, `"${path}" holds no replacements`);
  const items = Array.isArray(value) ? value : [value];
  return items.map((item, index) => {
    const field = Array.isArray(value) ? [index] : [];
    const fitted = fit(item, replacementShape, false, field);
    if ("message" in fitted) throw new Refusal2({ path: file.path, document: 0, field: fitted.field, part: "value" }, fitted.message);
    return { ...fitted.value ?? {}, at: { path: file.path, document: 0, field, part: "value" } };
  });
}
var init_load_replacements = __esm({
  "src/render/kustomize/load-replacements.ts"() {
    "use strict";
    init_apply_patches();
    init_read_yaml();
    init_refusal();
    init_replace_values();
    init_shapes();
  }
});

// src/render/kustomize/rename.ts
function prefixTransform(prefix, specs, writer) {
  return renameTransform(prefix, specs, writer, "prefixes", (name) => prefix + name);
}
function suffixTransform(suffix, specs, writer) {
  return renameTransform(suffix, specs, writer, "suffixes", (name) => name + suffix);
}
function renameTransform(affix2, specs, writer, list, rename) {
  return (resources, { isClusterScoped, repository }) => resources.map((resource) => {
    const original = originalIdentity(resource);
    if (keepsName.some((gvk2) => isSelectedGvk(original, gvk2))) return resource;
    let renamed = resource;
    for (const spec of specs) {
      if (!isSelectedGvk(original, spec)) continue;
      if (spec.path === "metadata/name" && affix2 !== "") {
        renamed = rememberIdentity({ ...renamed, [list]: [...renamed[list], affix2] }, isClusterScoped);
      }
      renamed = withContent(renamed, renameAt(renamed, spec));
    }
    return renamed;
    function renameAt(traced, spec) {
      if (!isSelectedGvk(traced.id, spec)) return traced;
      const found2 = findFields(traced.value, spec);
      if ("wrongWay" in found2) throw new Refusal2(writer.at, `"${describeIdentity(traced.id)}" has no name at "${spec.path}": ${found2.wrongWay}`);
      let content = traced;
      for (const { field, value } of found2) {
        if (typeof value === "object" && value !== null) throw new Refusal2(writer.at, `"${field.join(".")}" of "${describeIdentity(traced.id)}" is no name`);
        const before = typeof value === "string" ? value : textOf(tracedAt(content, field), repository.files);
        content = writeAt(content, field, typeof value === "number" ? resolveAs(rename(before), "kustomize") : rename(before), writer);
      }
      return content;
    }
  });
}
var keepsName;
var init_rename = __esm({
  "src/render/kustomize/rename.ts"() {
    "use strict";
    init_readings();
    init_field_specs();
    init_refusal();
    init_resource();
    init_source_text();
    init_traced();
    keepsName = [{ kind: "CustomResourceDefinition" }, { group: "apiregistration.k8s.io", kind: "APIService" }, { kind: "Namespace" }];
  }
});

// src/render/kustomize/set-images.ts
function imageTransform(image2, specs, at2) {
  const isMatched = imageMatcher(image2.name ?? "");
  const deciding = ["newTag", "digest", "tagSuffix", "newName"].find((key) => image2[key]);
  const writer = { by: "image", at: deciding === void 0 ? at2 : { ...at2, field: [...at2.field, deciding] }, isWhole: true };
  return (resources) => resources.map((resource) => {
    if (resource.id.kind === "CustomResourceDefinition") return resource;
    let content = resource;
    for (const field of containerImages(resource.value)) content = setImage(content, field, lookUpImage(content.value, field), resource);
    for (const spec of specsFor(specs, resource.id)) {
      const found2 = findFields(content.value, spec, true);
      if ("wrongWay" in found2) throw new Refusal2(at2, `the image of "${describeIdentity(resource.id)}" cannot be set at "${spec.path}": ${found2.wrongWay}`);
      for (const { field, value } of found2) content = setImage(content, field, value, resource);
    }
    return withContent(resource, content);
  });
  function setImage(content, field, value, { id }) {
    if (typeof value === "object" && value !== null) throw new Refusal2(at2, `"${field.join(".")}" of "${describeIdentity(id)}" is no image: it is no scalar`);
    if (typeof value !== "string" || !isMatched(value)) return content;
    return writeAt(content, field, changeImage(value, image2), writer);
  }
}
function lookUpImage(value, field) {
  return field.reduce((held, key) => entryOf(held, key), value);
}
function imageMatcher(name) {
  let expression = matchers.get(name);
  if (expression === void 0) {
    expression = compileMatcher(name);
    if (matchers.size > mostMatchers) matchers.clear();
    matchers.set(name, expression);
  }
  return expression;
}
function compileMatcher(name) {
  if (/^[\w./:@-]*$/.test(name)) {
    const expression2 = new RegExp(`^${name}${tagAndDigest}`);
    return (image2) => expression2.test(image2);
  }
  const expression = compiledExpression(`^${name}${tagAndDigest}`);
  return typeof expression === "string" ? () => false : (image2) => expression.matcher(image2).find();
}
function changeImage(image2, { newName, newTag, digest: newDigest, tagSuffix }) {
  let { name, tag, digest } = splitImage(image2);
  if (newName) name = newName;
  if (newTag || newDigest) {
    tag = newTag ?? "";
    digest = newDigest ?? "";
  } else if (tagSuffix) {
    tag += tagSuffix;
    digest = "";
  }
  return name + (tag ? `:${tag}` : "") + (digest ? `@${digest}` : "");
}
function splitImage(image2) {
  const slash2 = Math.max(0, image2.indexOf("/"));
  const at2 = image2.indexOf("@", slash2);
  const colon2 = image2.indexOf(":", slash2);
  if (at2 < 0 && colon2 < 0) return { name: image2, tag: "", digest: "" };
  if (at2 >= 0 && (colon2 < 0 || at2 < colon2)) return { name: image2.slice(0, at2), tag: "", digest: image2.slice(at2 + 1) };
  if (at2 < 0) return { name: image2.slice(0, colon2), tag: image2.slice(colon2 + 1), digest: "" };
  return { name: image2.slice(0, colon2), tag: image2.slice(colon2 + 1, at2), digest: image2.slice(at2 + 1) };
}
function containerImages(object2) {
  const fields = [];
  for (const [key, value] of Object.entries(object2)) {
    if (typeof value !== "object" || value === null) continue;
    for (const { field } of imagesIn(value)) fields.push([key, ...field]);
    if (isContainerList(key, value)) for (const { field } of imagesOf(value)) fields.push([key, ...field]);
  }
  return fields;
}
function imagesIn(value) {
  let images = searched.get(value);
  if (images === void 0) {
    images = findImages(value);
    searched.set(value, images);
  }
  return images;
}
function findImages(value) {
  let found2;
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  for (const key of keys) {
    const held = value[key];
    if (typeof held !== "object" || held === null) continue;
    for (const image2 of findImages(held)) (found2 ??= []).push({ field: [key, ...image2.field], value: image2.value });
    if (isContainerList(key, held)) for (const image2 of imagesOf(held)) (found2 ??= []).push({ field: [key, ...image2.field], value: image2.value });
  }
  return found2 ?? noImages;
}
function isContainerList(key, value) {
  return (key === "containers" || key === "initContainers") && Array.isArray(value);
}
function imagesOf(containers) {
  return containers.flatMap((container, index) => {
    const image2 = isFields(container) ? entryOf(container, "image") : void 0;
    return image2 === void 0 ? [] : [{ field: [index, "image"], value: image2 }];
  });
}
var tagAndDigest, matchers, mostMatchers, searched, noImages;
var init_set_images = __esm({
  "src/render/kustomize/set-images.ts"() {
    "use strict";
    init_fields();
    init_foreign_expression();
    init_field_specs();
    init_refusal();
    init_resource();
    init_traced();
    tagAndDigest = "(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$";
    matchers = /* @__PURE__ */ new Map();
    mostMatchers = 1e4;
    searched = /* @__PURE__ */ new WeakMap();
    noImages = [];
  }
});

// src/render/kustomize/set-replicas.ts
function replicasTransform(name, count, specs, writer) {
  return (resources, { partial, note: note2 }) => {
    let changed = resources;
    let isFound = false;
    for (const spec of specs) {
      const replacements = /* @__PURE__ */ new Map();
      for (const resource of changed) {
        if (!identities(resource).some((id) => id.name === name && isSelectedGvk(id, spec))) continue;
        isFound = true;
        replacements.set(resource, withContent(resource, setCount(resource, spec)));
      }
      changed = replaceResources(changed, replacements);
    }
    if (!isFound && partial.length === 0) throw new Refusal2(writer.at, `no workload is named "${name}": correct the name or remove the entry`);
    if (!isFound) note2({ at: writer.at, reason: `the workload "${name}" is not known here` });
    return changed;
  };
  function setCount(resource, spec) {
    if (!isSelectedGvk(resource.id, spec)) return resource;
    const found2 = findFields(resource.value, spec);
    if ("wrongWay" in found2) throw new Refusal2(writer.at, `the replicas of "${name}" cannot be set at "${spec.path}": ${found2.wrongWay}`);
    return found2.reduce((content, { field }) => writeAt(content, field, count, writer), resource);
  }
}
var init_set_replicas = __esm({
  "src/render/kustomize/set-replicas.ts"() {
    "use strict";
    init_accumulator();
    init_field_specs();
    init_refusal();
    init_resource();
    init_traced();
  }
});

// src/render/kustomize/plugins.ts
function pluginTransform(plugin, folder, listedAt, role) {
  const { group, version: version2, kind } = plugin.id;
  if (group !== "" || version2 !== "builtin") return void 0;
  const shape = pluginShapes.get(kind);
  if (shape === void 0) {
    if (kind === "HelmChartInflationGenerator" || kind === "IAMPolicyGenerator") return void 0;
    throw new Refusal2(listedAt, `"${kind}" is no plugin that Kustomize brings along`);
  }
  if (kind.endsWith("Generator") !== (role === "generator")) throw new Refusal2(listedAt, `"${describeIdentity(plugin.id)}" is no ${role}`);
  const { writer } = plugin.provenance.writers;
  const at2 = isFieldPlace(writer.at) ? writer.at : listedAt;
  const { apiVersion: _apiVersion, kind: _kind, ...value } = plugin.value;
  const fitted = fit(value, shape, false, at2.field);
  if ("message" in fitted) throw new Refusal2({ ...at2, field: fitted.field }, fitted.message);
  const run = role === "generator" ? generator2(kind, fitted.value ?? {}, at2, folder) : transformer(kind, fitted.value ?? {}, at2, folder);
  return { kind, run };
}
function generator2(kind, fields, at2, folder) {
  const { metadata: metadata2 = {}, ...entry2 } = fields;
  const name = entry2.name || metadata2.name;
  const namespace2 = entry2.namespace || metadata2.namespace;
  return generatorTransform({
    kind: kind === "SecretGenerator" ? "Secret" : "ConfigMap",
    entry: { ...entry2, ...name !== void 0 && { name }, ...namespace2 !== void 0 && { namespace: namespace2 } },
    at: at2,
    folder
  });
}
function transformer(kind, fields, at2, folder) {
  const { fieldSpecs: fieldSpecs2 = [] } = fields;
  const below3 = (...field) => ({ ...at2, field: [...at2.field, ...field] });
  const writer = (by, ...field) => ({ by, at: below3(...field), isWhole: true });
  switch (kind) {
    case "AnnotationsTransformer":
      return labelTransform(fields.annotations ?? {}, fieldSpecs2, "annotation", below3("annotations"));
    case "LabelTransformer":
      return labelTransform(fields.labels ?? {}, fieldSpecs2, "label", below3("labels"));
    case "HashTransformer":
      return hashTransform;
    case "ImageTagTransformer":
      return imageTransform(fields.imageTag ?? {}, fieldSpecs2, below3("imageTag"));
    case "NamespaceTransformer":
      return moveTo(fields, writer("namespace", "metadata", "namespace"));
    case "PrefixTransformer":
    case "SuffixTransformer":
    case "PrefixSuffixTransformer":
      return affix(kind, fields, at2, writer);
    case "ReplicaCountTransformer":
      return replicasTransform(fields.replica?.name ?? "", fields.replica?.count ?? 0, fieldSpecs2, writer("replicas", "replica", "count"));
    case "ReplacementTransformer":
      return loadReplacements(fields.replacements ?? [], below3("replacements"), folder);
    case "ValueAddTransformer":
      return addValues(fields, at2, folder);
    default:
      return patch2(kind, fields, at2, folder);
  }
}
function moveTo({ metadata: metadata2, unsetOnly = false, setRoleBindingSubjects, fieldSpecs: fieldSpecs2 = [] }, writer) {
  const subjects = setRoleBindingSubjects || "defaultOnly";
  if (subjects !== "defaultOnly" && subjects !== "allServiceAccounts" && subjects !== "none") {
    throw new Refusal2(writer.at, `"setRoleBindingSubjects" is "${subjects}": expected "defaultOnly", "allServiceAccounts" or "none"`);
  }
  const namespace2 = metadata2?.namespace ?? "";
  return namespace2 === "" ? (resources) => resources : namespaceTransform({ namespace: namespace2, specs: fieldSpecs2, unsetOnly, subjects }, writer);
}
function affix(kind, { prefix = "", suffix = "", fieldSpecs: fieldSpecs2 }, at2, writer) {
  if (fieldSpecs2 === void 0) throw new Refusal2(at2, `the ${kind} has no "fieldSpecs"`);
  const addPrefix = prefixTransform(prefix, fieldSpecs2, writer("name-prefix", "prefix"));
  const addSuffix = suffixTransform(suffix, fieldSpecs2, writer("name-suffix", "suffix"));
  if (kind === "PrefixTransformer") return addPrefix;
  return kind === "SuffixTransformer" ? addSuffix : (resources, context) => addSuffix(addPrefix(resources, context), context);
}
function addValues({ value = "", targets = [], targetFilePath }, at2, folder) {
  const added = value.trim() || nameOf(folder);
  return (resources, context) => {
    const more2 = targetFilePath ? readTargets(targetFilePath, at2, folder, context) : [];
    return valueAddTransform(added, [...targets, ...more2], { ...at2, field: [...at2.field, "value"] })(resources, context);
  };
}
function readTargets(path, at2, folder, context) {
  const place = { ...at2, field: [...at2.field, "targetFilePath"] };
  const file = openDocuments(path, place, folder, context);
  const document = file && parsedFile(file).documents[0];
  const shape = pluginShapes.get("ValueAddTransformer");
  if (file === void 0 || document === void 0 || shape === void 0) return [];
  const fitted = fit(valueOf(document, file, "go"), shape, false);
  if ("message" in fitted) throw new Refusal2({ path: file.path, document: 0, field: fitted.field, part: "value" }, fitted.message);
  return (fitted.value ?? {}).targets ?? [];
}
function patch2(kind, fields, at2, folder) {
  return (resources, context) => {
    const file = context.repository.files.get(at2.path);
    if (file === void 0) return resources;
    const source2 = { at: at2, folder, file };
    const { target, path, options } = fields;
    const shared = { ...target && { target }, ...path && { path }, ...options && { options } };
    switch (kind) {
      case "PatchTransformer":
        return patchTransform({ ...source2, entry: { ...shared, ...fields.patch && { patch: fields.patch } } })(resources, context);
      case "PatchJson6902Transformer":
        return jsonPatchTransform({ ...source2, entry: { ...shared, ...fields.jsonOp && { patch: fields.jsonOp } } })(resources, context);
      default: {
        const entries = [...fields.paths ?? [], ...fields.patches ? [fields.patches] : []];
        if (entries.length === 0) throw new Refusal2(at2, "the transformer has no patches");
        return strategicMergeTransform(entries, { ...source2, at: { ...at2, field: [...at2.field, "paths"] } })(resources, context);
      }
    }
  };
}
var init_plugins = __esm({
  "src/render/kustomize/plugins.ts"() {
    "use strict";
    init_place();
    init_repo_path();
    init_add_labels();
    init_add_values();
    init_apply_patches();
    init_generate();
    init_hash_names();
    init_load_replacements();
    init_read_yaml();
    init_refusal();
    init_rename();
    init_resource();
    init_set_images();
    init_set_namespace();
    init_set_replicas();
    init_shapes();
  }
});

// src/render/kustomize/resolve-variables.ts
function addVariables(accumulator, entries, at2) {
  for (const [index, entry2] of entries.entries()) {
    const variable = { ...entry2, at: { ...at2, field: [...at2.field, index] } };
    const { apiVersion = "", name = "", namespace: namespace2 = "", ...gvk2 } = entry2.objref ?? {};
    const { group = "", version: version2 = "", kind = "" } = apiVersion === "" ? gvk2 : { ...gvk2, ...splitApiVersion(apiVersion) };
    const wanted = { group, version: version2, kind };
    const matches = accumulator.resources.filter(
      (resource) => identities(resource).some(
        (id) => id.name === name && sameGvk(id, wanted) && (namespace2 === "" || effectiveNamespace({ ...id, namespace: namespace2 }, never2) === effectiveNamespace(id, never2))
      )
    );
    const [found2, second] = matches;
    if (second !== void 0) throw new Refusal2(variable.at, `several objects are the one of the variable "${entry2.name ?? ""}"`);
    if (found2 !== void 0) {
      const marked = { ...found2, variables: [...found2.variables, entry2.name ?? ""] };
      accumulator.resources = replaceResources(accumulator.resources, /* @__PURE__ */ new Map([[found2, marked]]));
    }
    mergeVariables(accumulator, [variable]);
  }
}
function never2() {
  return false;
}
function mergeVariables(accumulator, added) {
  for (const variable of added) {
    if (accumulator.variables.some(({ name }) => name === variable.name)) {
      throw new Refusal2(variable.at, `the variable "${variable.name ?? ""}" is there already`);
    }
    accumulator.variables = [...accumulator.variables, variable];
  }
}
function resolveVariables(accumulator, context) {
  const { variables: variables2, configuration } = accumulator;
  if (variables2.length === 0) return;
  const values3 = /* @__PURE__ */ new Map();
  for (const variable of variables2) {
    const value = valueOf3(variable, accumulator.resources, context);
    if (value !== void 0) values3.set(variable.name ?? "", value);
  }
  accumulator.resources = accumulator.resources.map((resource) => {
    let content = resource;
    for (const spec of specsFor(configuration.varReference, resource.id)) {
      const found2 = findFields(content.value, spec, true);
      if ("wrongWay" in found2) throw new Refusal2(resource.provenance.writers.writer.at, `variables are looked for at "${spec.path}": ${found2.wrongWay}`);
      for (const { field, value } of found2) content = resolveIn(content, field, value, values3);
    }
    return withContent(resource, content);
  });
}
function valueOf3({ name = "", fieldref, at: at2 }, resources, { partial, note: note2 }) {
  const resource = resources.find(({ variables: variables2 }) => variables2.includes(name));
  if (resource === void 0) {
    if (partial.length === 0) throw new Refusal2(at2, `no object is the one of the variable "${name}": correct "objref"`);
    note2({ at: at2, reason: `the object of the variable "${name}" is not known here` });
    return void 0;
  }
  let held = resource;
  for (const part of splitFieldPath(fieldref?.fieldPath || "metadata.name")) {
    const [, key = part, index] = /^(.*)\[(\d+)\]$/.exec(part) ?? [];
    if (key !== "") held = held && child(held, Array.isArray(held.value) && /^\d+$/.test(key) ? Number(key) : key);
    if (index !== void 0) held = held && child(held, Number(index));
  }
  if (held === void 0) throw new Refusal2(at2, `the object of the variable "${name}" has no "${fieldref?.fieldPath ?? ""}"`);
  return held;
}
function resolveIn(content, field, value, values3) {
  if (typeof value === "string") return resolveAt(content, field, value, values3);
  if (Array.isArray(value)) {
    return value.reduce((resolved, item, index) => {
      if (typeof item !== "string") throw new Refusal2(content.provenance.writers.writer.at, `an item of "${field.join(".")}" is no text: variables are looked for in texts`);
      return resolveAt(resolved, [...field, index], item, values3);
    }, content);
  }
  if (!isFields(value)) return content;
  return Object.entries(value).reduce(
    (resolved, [key, held]) => typeof held === "string" ? resolveAt(resolved, [...field, key], held, values3) : resolved,
    content
  );
}
function resolveAt(content, field, text, values3) {
  if (!text.includes("$")) return content;
  const used = [];
  const resolved = expand(text, (name) => {
    const value = values3.get(name);
    if (value === void 0 || typeof value.value === "object" && value.value !== null || value.value === null) return void 0;
    used.push(value.provenance.writers.writer);
    return value.value;
  });
  if (resolved === text) return content;
  return replaceAt(content, field, content.provenance.writers.writer, (before) => {
    let writers = before?.provenance.writers;
    for (const writer of used.toReversed()) writers = { writer: { ...writer, by: "variable" }, ...writers && { earlier: writers } };
    return { value: resolved, provenance: { writers: writers ?? content.provenance.writers } };
  });
}
function expand(text, valueFor) {
  let result = "";
  let position = 0;
  while (position < text.length) {
    const dollar = text.indexOf("$", position);
    if (dollar < 0 || dollar === text.length - 1) return result + text.slice(position);
    result += text.slice(position, dollar);
    const next = text.charAt(dollar + 1);
    const close = next === "(" ? text.indexOf(")", dollar) : -1;
    if (close < 0) {
      result += next === "$" ? "$" : `$${next}`;
      position = dollar + 2;
      continue;
    }
    const value = valueFor(text.slice(dollar + 2, close));
    const whole = text.slice(dollar, close + 1);
    if (whole === text && value !== void 0) return value;
    result += value === void 0 ? whole : String(value);
    position = close + 1;
  }
  return result;
}
var init_resolve_variables = __esm({
  "src/render/kustomize/resolve-variables.ts"() {
    "use strict";
    init_fields();
    init_accumulator();
    init_field_path();
    init_field_specs();
    init_refusal();
    init_resource();
    init_traced();
  }
});

// src/render/kustomize/transforms-of.ts
function transformsOf({ fields, file, folder }, configuration) {
  const transforms = [];
  const add3 = (kind, run) => transforms.push({ kind, run });
  const at2 = (...field) => placeIn(file, field);
  const writer = (by, ...field) => ({ by, at: at2(...field), isWhole: true });
  const source2 = { folder, file };
  if (fields.patchesStrategicMerge?.length) {
    add3("PatchStrategicMergeTransformer", strategicMergeTransform(fields.patchesStrategicMerge, { ...source2, at: at2("patchesStrategicMerge") }));
  }
  for (const [index, entry2] of (fields.patches ?? []).entries()) add3("PatchTransformer", patchTransform({ ...source2, entry: entry2, at: at2("patches", index) }));
  if (fields.namespace) {
    add3("NamespaceTransformer", namespaceTransform({ namespace: fields.namespace, specs: configuration.namespace }, writer("namespace", "namespace")));
  }
  if (fields.namePrefix) add3("PrefixTransformer", prefixTransform(fields.namePrefix, configuration.namePrefix, writer("name-prefix", "namePrefix")));
  if (fields.nameSuffix) add3("SuffixTransformer", suffixTransform(fields.nameSuffix, configuration.nameSuffix, writer("name-suffix", "nameSuffix")));
  for (const [index, entry2] of (fields.labels ?? []).entries()) {
    const specs = labelSpecs(entry2, configuration);
    if (specs === void 0) throw new Refusal2(at2("labels", index), 'the fields of the labels contradict each other in "create"');
    add3("LabelTransformer", labelTransform(entry2.pairs ?? {}, specs, "label", at2("labels", index, "pairs")));
  }
  if (fields.labels || fields.commonLabels) {
    add3("LabelTransformer", labelTransform(fields.commonLabels ?? {}, configuration.commonLabels, "label", at2("commonLabels")));
  }
  if (fields.commonAnnotations) {
    add3("AnnotationsTransformer", labelTransform(fields.commonAnnotations, configuration.commonAnnotations, "annotation", at2("commonAnnotations")));
  }
  for (const [index, entry2] of (fields.patchesJson6902 ?? []).entries()) {
    add3("PatchJson6902Transformer", jsonPatchTransform({ ...source2, entry: entry2, at: at2("patchesJson6902", index) }));
  }
  for (const [index, { name = "", count = 0 }] of (fields.replicas ?? []).entries()) {
    add3("ReplicaCountTransformer", replicasTransform(name, count, configuration.replicas, writer("replicas", "replicas", index, "count")));
  }
  for (const list of ["images", "imageTags"]) {
    for (const [index, image2] of (fields[list] ?? []).entries()) add3("ImageTagTransformer", imageTransform(image2, configuration.images, at2(list, index)));
  }
  if (fields.replacements?.length) add3("ReplacementTransformer", loadReplacements(fields.replacements, at2("replacements"), folder));
  return transforms;
}
function labelSpecs(entry2, configuration) {
  const lists2 = [configuration.labels];
  if (entry2.includeSelectors) lists2.push(configuration.commonLabels);
  else {
    if (entry2.includeTemplates) lists2.push(configuration.templateLabels);
    if (entry2.includeVolumeClaimTemplates) lists2.push(configuration.volumeClaimTemplateLabels);
    lists2.push(metadataLabels);
  }
  return remembered(entry2.fields ?? noSpecs, lists2);
}
function remembered(first, lists2) {
  let specs = first;
  for (const list of lists2) {
    if (specs === void 0) return void 0;
    let ofFirst = merged.get(specs);
    if (ofFirst === void 0) {
      ofFirst = /* @__PURE__ */ new WeakMap();
      merged.set(specs, ofFirst);
    }
    let both = ofFirst.get(list);
    if (both === void 0) {
      both = mergeSpecs(specs, list);
      if (both !== void 0) ofFirst.set(list, both);
    }
    specs = both;
  }
  return specs;
}
var metadataLabels, noSpecs, merged;
var init_transforms_of = __esm({
  "src/render/kustomize/transforms-of.ts"() {
    "use strict";
    init_add_labels();
    init_apply_patches();
    init_configuration();
    init_load_replacements();
    init_read_kustomization();
    init_refusal();
    init_rename();
    init_set_images();
    init_set_namespace();
    init_set_replicas();
    metadataLabels = [{ path: "metadata/labels", create: true }];
    noSpecs = [];
    merged = /* @__PURE__ */ new WeakMap();
  }
});

// src/render/kustomize/evaluate.ts
function evaluator({ repository, tables: tables2, isRestricted, tracksSteps }) {
  const known = /* @__PURE__ */ new Map();
  const kustomizations = /* @__PURE__ */ new Map();
  return (folder) => {
    evaluateBelow(folder);
    return evaluate(folder, void 0);
  };
  function evaluateBelow(root) {
    const open = /* @__PURE__ */ new Map();
    const enter2 = (folder) => open.set(folder, includedBy(folder));
    enter2(root);
    for (let last = root; open.size > 0; ) {
      const next = open.get(last)?.next();
      if (next === void 0 || next.done) {
        open.delete(last);
        if (!isComponent(last)) catchRefusal(() => evaluate(last, void 0));
        last = [...open.keys()].at(-1) ?? root;
        continue;
      }
      const { folder, at: at2 } = next.value;
      if (open.has(folder)) remember(last, void 0, new Refusal2(at2, `"${folder || "."}" includes itself: remove it from the list`));
      else if (!evaluations(void 0).has(folder)) {
        enter2(folder);
        last = folder;
      }
    }
  }
  function isComponent(folder) {
    const kustomization2 = kustomizations.get(folder);
    return kustomization2 !== void 0 && "isComponent" in kustomization2 && kustomization2.isComponent;
  }
  function* includedBy(folder) {
    const kustomization2 = catchRefusal(() => kustomizationOf(folder));
    if (kustomization2 === void 0 || "unknown" in kustomization2) return;
    const { fields, file } = kustomization2;
    for (const list of ["resources", "bases", "components"]) {
      for (const [index, target] of (fields[list] ?? []).entries()) {
        const opened = openTarget(repository, folder, target);
        if ("folder" in opened) yield { folder: opened.folder, at: placeIn(file, [list, index]) };
      }
    }
  }
  function kustomizationOf(folder) {
    let kustomization2 = kustomizations.get(folder);
    if (kustomization2 === void 0) {
      kustomization2 = catchRefusal(() => readKustomization(folder, repository), true);
      kustomizations.set(folder, kustomization2);
    }
    if (kustomization2 instanceof Refusal2) throw kustomization2;
    return kustomization2;
  }
  function evaluations(schema) {
    let ofSchema = known.get(schema);
    if (ofSchema === void 0) {
      ofSchema = /* @__PURE__ */ new Map();
      known.set(schema, ofSchema);
    }
    return ofSchema;
  }
  function remember(folder, schema, evaluation) {
    const ofSchema = evaluations(schema);
    if (!ofSchema.has(folder)) ofSchema.set(folder, evaluation);
  }
  function evaluate(folder, schema) {
    const done = evaluations(schema).get(folder);
    const evaluation = done ?? catchRefusal(() => evaluateAnew(folder, schema), true);
    remember(folder, schema, evaluation);
    if (evaluation instanceof Refusal2) throw evaluation;
    return evaluation;
  }
  function evaluateAnew(folder, schema) {
    const kustomization2 = kustomizationOf(folder);
    const build = newBuild(schema);
    if ("unknown" in kustomization2) {
      note(build, { at: { path: kustomization2.path }, reason: kustomization2.unknown });
      return { ...build, configuration: build.configuration ?? tables2.configuration };
    }
    run(kustomization2, build, 0);
    return { ...build, configuration: build.configuration ?? tables2.configuration, kustomization: kustomization2 };
  }
  function newBuild(schema) {
    return { resources: [], configuration: void 0, variables: [], partial: [], schema, folders: /* @__PURE__ */ new Set() };
  }
  function run(kustomization2, build, depth) {
    const { fields, file, folder } = kustomization2;
    build.schema ??= schemaOf(kustomization2, build);
    const at2 = (...field) => placeIn(file, field);
    include(build, fields.resources ?? [], at2("resources"), folder);
    include(build, fields.bases ?? [], at2("bases"), folder);
    configure(kustomization2, build);
    generate2(kustomization2, build);
    for (const [index, target] of (fields.components ?? []).entries()) addComponent(build, target, at2("components", index), folder, depth);
    const accumulator = ready(build);
    for (const { run: transform, kind } of transformsOf(kustomization2, accumulator.configuration)) apply2(build, transform, { path: file.path, kind });
    for (const { run: transform, step } of plugins(kustomization2, build, "transformers")) apply2(build, transform, step);
    for (const [index] of (fields.validators ?? []).entries()) note(build, { at: at2("validators", index), reason: "validators are not run here" });
    addVariables(accumulator, fields.vars ?? [], at2("vars"));
  }
  function ready(build) {
    build.configuration ??= tables2.configuration;
    return build;
  }
  function apply2(build, transform, step) {
    build.resources = transform(build.resources, contextOf(build));
    if (!tracksSteps) return;
    build.resources = build.resources.map((resource) => ({ ...resource, steps: [...resource.steps ?? [], ...step ? [step] : []] }));
  }
  function contextOf(build) {
    return {
      repository,
      isClusterScoped: tables2.isClusterScoped,
      schema: build.schema ?? tables2.mergeSchema,
      isRestricted,
      partial: build.partial,
      note: (reason) => note(build, reason)
    };
  }
  function include(build, targets, at2, folder) {
    for (const [index, target] of targets.entries()) includeTarget(build, target, { ...at2, field: [...at2.field, index] }, folder);
  }
  function includeTarget(build, target, at2, folder) {
    const opened = openTarget(repository, folder, target);
    if ("unknown" in opened) return note(build, { at: at2, reason: opened.unknown });
    if ("missing" in opened) throw new Refusal2(at2, `"${target}" is missing: no file and no folder has this path`);
    if ("file" in opened) {
      if (isRestricted && folder !== "" && !isWithin(opened.file.path, folder)) {
        throw new Refusal2(at2, `"${target}" is not below the folder of the kustomization: move it there`);
      }
      if (opened.file.classification.template !== void 0) return note(build, { at: at2, reason: `"${target}" is a template` });
      const objects2 = loadObjects(opened.file);
      build.resources = appendResources(build.resources, tracksSteps ? objects2.map((object2) => ({ ...object2, steps: [] })) : objects2, tables2.isClusterScoped);
      return;
    }
    const evaluation = evaluateIncluded(build, opened.folder, target, at2, folder);
    const { kustomization: kustomization2 } = evaluation;
    if (kustomization2?.isComponent) throw new Refusal2(at2, `"${target}" is a component: list it under "components"`);
    build.resources = appendResources(build.resources, evaluation.resources, tables2.isClusterScoped, true);
    mergeInto2(build, evaluation);
  }
  function evaluateIncluded(build, included, target, at2, folder) {
    checkSegments(target, at2);
    if (isWithin(folder, included)) throw new Refusal2(at2, `"${target}" contains the kustomization that lists it: move one of them`);
    const evaluation = evaluate(included, build.schema);
    for (const each2 of evaluation.folders) {
      if (isWithin(folder, each2)) throw new Refusal2(at2, `"${target}" includes "${each2 || "."}", which contains the kustomization: move one of them`);
    }
    return evaluation;
  }
  function mergeInto2(build, evaluation) {
    const accumulator = ready(build);
    const configuration = mergeConfigurations(accumulator.configuration, evaluation.configuration);
    if (configuration === void 0) throw new Refusal2(evaluation.partial[0]?.at ?? { path: "" }, "the configurations of two bases contradict each other");
    build.configuration = configuration;
    mergeVariables(accumulator, evaluation.variables);
    if (evaluation.partial.length > 0) build.partial = [...build.partial, ...evaluation.partial];
    build.schema ??= evaluation.schema;
    rememberFolders(build, evaluation);
  }
  function rememberFolders(build, { kustomization: kustomization2, folders: folders2 }) {
    if (kustomization2) build.folders.add(kustomization2.folder);
    for (const folder of folders2) build.folders.add(folder);
  }
  function addComponent(build, target, at2, folder, depth) {
    const opened = openTarget(repository, folder, target);
    if ("unknown" in opened) return note(build, { at: at2, reason: opened.unknown });
    if (!("folder" in opened)) throw new Refusal2(at2, `"${target}" is no folder: a component is a folder with a kustomization`);
    checkSegments(target, at2);
    if (isWithin(folder, opened.folder)) throw new Refusal2(at2, `"${target}" contains the kustomization that lists it: move one of them`);
    if (depth > deepestComponent) throw new Refusal2(at2, "components are nested too deeply, or include themselves");
    const component = kustomizationOf(opened.folder);
    if ("unknown" in component) return note(build, { at: at2, reason: component.unknown });
    if (!component.isComponent) throw new Refusal2(at2, `"${target}" is no component: list it under "resources", or make its kind "Component"`);
    build.folders.add(component.folder);
    run(component, build, depth + 1);
  }
  function configure({ fields, file, folder }, build) {
    let configuration = tables2.configuration;
    for (const list of ["configurations", "crds"]) {
      for (const [index, path] of (fields[list] ?? []).entries()) {
        const at2 = placeIn(file, [list, index]);
        const added = readConfiguration(path, at2, folder, list, build);
        configuration = added && mergeConfigurations(configuration, added);
        if (configuration === void 0) throw new Refusal2(at2, `"${path}" contradicts other configurations in "create"`);
      }
    }
    const merged2 = mergeConfigurations(build.configuration ?? configuration, configuration);
    if (merged2 === void 0) throw new Refusal2({ path: file.path }, "the configurations contradict each other");
    build.configuration = merged2;
  }
  function readConfiguration(path, at2, folder, list, build) {
    const opened = openDocuments(path, at2, folder, contextOf(build));
    if (opened === void 0) return {};
    const { documents, problems } = parsedFile(opened);
    const [problem] = problems;
    if (problem) throw new Refusal2({ path: opened.path, start: problem.start, end: problem.end }, problem.message);
    const value = documents[0] && valueOf(documents[0], opened, "go");
    if (list === "crds") return readCrdConfiguration(value);
    const fitted = fit(value, configurationShape, true);
    if ("message" in fitted) throw new Refusal2({ path: opened.path, document: 0, field: fitted.field, part: "value" }, fitted.message);
    return fitted.value ?? {};
  }
  function generate2(kustomization2, build) {
    const { fields, file, folder } = kustomization2;
    const options = fields.generatorOptions && { value: fields.generatorOptions, at: placeIn(file, ["generatorOptions"]) };
    for (const [list, kind] of [
      ["configMapGenerator", "ConfigMap"],
      ["secretGenerator", "Secret"]
    ]) {
      for (const [index, entry2] of (fields[list] ?? []).entries()) {
        const source2 = { kind, entry: entry2, at: placeIn(file, [list, index]), folder, ...options && { options } };
        apply2(build, generatorTransform(source2));
      }
    }
    for (const list of ["helmCharts", "helmChartInflationGenerator"]) {
      for (const [index] of (fields[list] ?? []).entries()) note(build, { at: placeIn(file, [list, index]), reason: "Helm charts are not rendered here" });
    }
    for (const { run: transform } of plugins(kustomization2, build, "generators")) apply2(build, transform);
  }
  function plugins({ fields, file, folder }, build, list) {
    const transforms = [];
    for (const [index, listed] of (fields[list] ?? []).entries()) {
      const at2 = placeIn(file, [list, index]);
      for (const plugin of pluginObjects(listed, at2, file, folder, build)) {
        const transform = pluginTransform(plugin, folder, at2, list === "generators" ? "generator" : "transformer");
        const { path } = plugin.provenance.writers.writer.at;
        if (transform) transforms.push({ run: transform.run, step: { path, kind: transform.kind, name: plugin.id.name } });
        else note(build, { at: at2, reason: `the ${plugin.id.kind} "${plugin.id.name}" is a program: it is not run here` });
      }
    }
    return transforms;
  }
  function pluginObjects(listed, at2, file, folder, build) {
    const inline = readInline(listed, at2, file, "resource", "kustomize");
    const objects2 = inline && objectsOrUndefined(inline);
    if (objects2 !== void 0 && objects2.length > 0) return objects2.map((object2) => makeResource(object2));
    const separate = newBuild(build.schema);
    includeTarget(separate, listed, at2, folder);
    build.partial = [...build.partial, ...separate.partial];
    return separate.resources;
  }
  function schemaOf({ fields, file, folder }, build) {
    const { path, version: version2 } = fields.openapi ?? {};
    if (version2 && !openApiVersions.has(version2)) throw new Refusal2(placeIn(file, ["openapi", "version"]), `the OpenAPI version "${version2}" is none that Kustomize brings along`);
    if (path === void 0) return void 0;
    const at2 = placeIn(file, ["openapi", "path"]);
    if (version2 !== void 0) throw new Refusal2(at2, '"openapi" has both "path" and "version": keep one of them');
    const opened = openDocuments(path, at2, folder, contextOf(build));
    const document = opened && parsedFile(opened).documents[0];
    return opened && document && readMergeSchema(valueOf(document, opened, "go"));
  }
}
function note(build, reason) {
  build.partial = [...build.partial, reason];
}
function checkSegments(target, at2) {
  if (target.split("/").some((part) => part !== ".." && part.includes(".."))) {
    throw new Refusal2(at2, `"${target}" is an unlikely path: correct the indentation of the list`);
  }
}
function catchRefusal(run, keeps) {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refusal2)) throw error;
    return keeps ? error : void 0;
  }
}
var deepestComponent, openApiVersions;
var init_evaluate = __esm({
  "src/render/kustomize/evaluate.ts"() {
    "use strict";
    init_repo_path();
    init_accumulator();
    init_apply_patches();
    init_configuration();
    init_crd_configuration();
    init_custom_schema();
    init_generate();
    init_load_objects();
    init_plugins();
    init_read_kustomization();
    init_read_yaml();
    init_refusal();
    init_repository();
    init_resolve_variables();
    init_resource();
    init_shapes();
    init_transforms_of();
    deepestComponent = 200;
    openApiVersions = /* @__PURE__ */ new Set(["v1.21.2"]);
  }
});

// src/render/kustomize/name-references.ts
function nameReferenceTransform(references) {
  return (resources, { isClusterScoped }) => {
    const renamed = indexByPreviousName(resources);
    const originals = indexByOriginalNamespace(resources, isClusterScoped);
    return resources.map((referrer) => {
      let content = referrer;
      const group = { referrer, renamed, originals, isClusterScoped };
      for (const { spec, target } of referrerSpecs(references, originalIdentity(referrer))) {
        const found2 = findFields(content.value, spec, true);
        if ("wrongWay" in found2) {
          throw new Refusal2(referrer.provenance.writers.writer.at, `"${describeIdentity(referrer.id)}" refers to nothing at "${spec.path}": ${found2.wrongWay}`);
        }
        for (const { field, value } of found2) content = updateField(content, field, value, { ...group, target, path: spec.path ?? "" });
      }
      return withContent(referrer, content);
    });
  };
}
function referrerSpecs(references, id) {
  let all = flattened.get(references);
  if (all === void 0) {
    all = references.flatMap(({ group = "", version: version2 = "", kind = "", fieldSpecs: fieldSpecs2 = [] }) => fieldSpecs2.map((spec) => ({ ...spec, spec, target: { group, version: version2, kind } })));
    flattened.set(references, all);
  }
  return specsFor(all, id);
}
function indexByPreviousName(resources) {
  const index = /* @__PURE__ */ new Map();
  for (const resource of resources) {
    for (const name of new Set(resource.previous.map((before) => before.name))) {
      const list = index.get(name);
      if (list) list.push(resource);
      else index.set(name, [resource]);
    }
  }
  return index;
}
function indexByOriginalNamespace(resources, isClusterScoped) {
  const index = /* @__PURE__ */ new Map();
  for (const resource of resources) {
    const namespace2 = effectiveNamespace(originalIdentity(resource), isClusterScoped);
    const list = index.get(namespace2);
    if (list) list.push(resource);
    else index.set(namespace2, [resource]);
  }
  index.delete(noNamespace);
  return index;
}
function updateField(content, field, value, reference) {
  if (value === null || value === void 0) return content;
  if (Array.isArray(value)) {
    return value.reduce((updated, item, index) => {
      if (Array.isArray(item)) throw wrongReference(reference, "a list stands in a list");
      return updateField(updated, [...field, index], item, reference);
    }, content);
  }
  if (isFields(value)) return updateMapping(content, field, value, reference);
  const name = String(value);
  const referral = selectReferral(name, void 0, reference);
  if (referral === void 0 || referral.id.name === name) return content;
  return writeAt(content, field, referral.id.name, referenceWriter(referral, "name"));
}
function wrongReference({ referrer, path }, problem) {
  return new Refusal2(referrer.provenance.writers.writer.at, `"${path}" of "${describeIdentity(referrer.id)}" refers to no object: ${problem}`);
}
function updateMapping(content, field, value, reference) {
  const held = entryOf(value, "name");
  if (held === void 0) throw wrongReference(reference, 'it has no "name"');
  const namespace2 = entryOf(value, "namespace");
  const name = String(held ?? "");
  const referral = selectReferral(name, namespace2 === void 0 ? void 0 : String(namespace2 ?? ""), reference, true);
  if (referral === void 0 || referral.id.name === name && referral.id.namespace === "") return content;
  const named = writeAt(content, [...field, "name"], referral.id.name, referenceWriter(referral, "name"));
  if (referral.id.namespace === "") return named;
  return writeAt(named, [...field, "namespace"], referral.id.namespace, referenceWriter(referral, "namespace"));
}
function referenceWriter(referral, key) {
  const { writer } = (child(child(referral, "metadata") ?? referral, key) ?? referral).provenance.writers;
  return { ...writer, by: "name-reference" };
}
function selectReferral(name, namespace2, reference, isMapping = false) {
  const { referrer, renamed, originals, isClusterScoped, target, path } = reference;
  const named = renamed.get(name);
  if (named === void 0) return void 0;
  let candidates = named.filter((candidate) => wasSelected(candidate, target));
  if (candidates.length === 0) return void 0;
  const mayRefer = referableNamespaces(referrer, isClusterScoped);
  candidates = candidates.filter((candidate) => mayRefer(candidate));
  if (namespace2 !== void 0) {
    const isOriginal = originals.get(namespace2)?.some(mayRefer) ?? false;
    candidates = candidates.filter(
      (candidate) => effectiveNamespace(isOriginal ? originalIdentity(candidate) : candidate.id, isClusterScoped) === namespace2
    );
  }
  if (path.endsWith("roleRef/name")) {
    const role = roleOf(referrer);
    if (role) candidates = candidates.filter((candidate) => wasSelected(candidate, role));
  }
  candidates = candidates.filter((candidate) => isWithinReach(referrer, candidate, isClusterScoped));
  if (candidates.length > 1) candidates = candidates.filter((candidate) => hasSameAffixes(referrer, candidate, true));
  if (candidates.length > 1) candidates = candidates.filter((candidate) => hasSameAffixes(referrer, candidate, false));
  const [first] = candidates;
  const isSame = candidates.every(({ id }) => id.name === first?.id.name && (!isMapping || id.namespace === first.id.namespace));
  if (isSame) return first;
  const names2 = candidates.map(({ id }) => describeIdentity(id)).join('", "');
  throw wrongReference(reference, `"${name}" may be any of "${names2}"`);
}
function referableNamespaces(referrer, isClusterScoped) {
  if (isClusterScoped(referrer.id)) return () => true;
  const own = effectiveNamespace(referrer.id, isClusterScoped);
  const bound = referrer.id.kind === "RoleBinding" ? boundNamespaces(referrer) : void 0;
  return (candidate) => {
    const namespace2 = effectiveNamespace(candidate.id, isClusterScoped);
    return namespace2 === noNamespace || namespace2 === own || (bound?.has(candidate.id.namespace) ?? false);
  };
}
function boundNamespaces({ value }) {
  const subjects = entryOf(value, "subjects");
  const namespaces = (Array.isArray(subjects) ? subjects : []).filter((subject) => entryOf(subject, "kind") === "ServiceAccount").map((subject) => entryOf(subject, "namespace"));
  return new Set(namespaces.filter((namespace2) => typeof namespace2 === "string"));
}
function roleOf({ value }) {
  const group = lookUp(value, ["roleRef", "apiGroup"]);
  const kind = lookUp(value, ["roleRef", "kind"]);
  return typeof group === "string" && typeof kind === "string" ? { group, kind } : void 0;
}
function isWithinReach(referrer, candidate, isClusterScoped) {
  if (isClusterScoped(referrer.id) || isClusterScoped(candidate.id) || candidate.id.kind === "ServiceAccount") return true;
  return effectiveNamespace(referrer.id, isClusterScoped) === effectiveNamespace(candidate.id, isClusterScoped);
}
function hasSameAffixes(a, b, mayLack) {
  return ["prefixes", "suffixes"].every((list) => mayLack && (a[list].length === 0 || b[list].length === 0) || haveSameEnd(a[list], b[list]));
}
function haveSameEnd(a, b) {
  const length = Math.min(a.length, b.length);
  for (let index = 1; index <= length; index++) if (a[a.length - index] !== b[b.length - index]) return false;
  return length > 0 || a.length === b.length;
}
var flattened;
var init_name_references = __esm({
  "src/render/kustomize/name-references.ts"() {
    "use strict";
    init_fields();
    init_field_specs();
    init_refusal();
    init_resource();
    init_traced();
    flattened = /* @__PURE__ */ new WeakMap();
  }
});

// src/render/kustomize/sort-objects.ts
function sortObjects(resources, kustomization2, { kindOrder }) {
  const options = kustomization2?.fields.sortOptions;
  const order = options === void 0 ? "legacy" : options.order ?? "";
  if (kustomization2 && order !== "legacy" && order !== "fifo") {
    throw new Refusal2(placeIn(kustomization2.file, ["sortOptions", "order"]), `the order "${order}" is unknown: expected "legacy" or "fifo"`);
  }
  if (order === "fifo") {
    if (kustomization2 && options?.legacySortOptions) {
      throw new Refusal2(placeIn(kustomization2.file, ["sortOptions", "legacySortOptions"]), 'the order "fifo" has no options: remove them');
    }
    return resources;
  }
  const legacy = options?.legacySortOptions;
  const first = legacy ? legacy.orderFirst ?? [] : kindOrder.first;
  const last = legacy ? legacy.orderLast ?? [] : kindOrder.last;
  const ranks = new Map([...first.map((kind, index) => [kind, index - first.length]), ...last.map((kind, index) => [kind, index + 1])]);
  return resources.map((resource) => ({ resource, rank: ranks.get(resource.id.kind) ?? 0, kind: kindKey(resource.id), name: nameKey(resource.id) })).sort((a, b) => a.rank - b.rank || compareKinds(a, b) || compare(a.name, b.name)).map(({ resource }) => resource);
}
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
function compareKinds(a, b) {
  if (sameGvk(a.resource.id, b.resource.id)) return 0;
  const areNamespaces = a.resource.id.kind === "Namespace" && b.resource.id.kind === "Namespace";
  return areNamespaces ? compare(b.kind, a.kind) : compare(a.kind, b.kind);
}
function kindKey({ group, version: version2, kind }) {
  return `${group || "~G"}_${version2 || "~V"}_${kind || "~K"}`;
}
function nameKey(id) {
  const gvk2 = describeIdentity(id).split("/")[0] ?? "";
  return `${gvk2}|${id.namespace || "~X"}|${id.name || "~N"}`;
}
var init_sort_objects = __esm({
  "src/render/kustomize/sort-objects.ts"() {
    "use strict";
    init_read_kustomization();
    init_refusal();
    init_resource();
  }
});

// src/render/kustomize/tables.ts
function readTables(text) {
  const { kustomize, clusterScoped, fieldSpecs: fieldSpecs2, kindOrder, merge: merge2 } = JSON.parse(text);
  const scoped = new Map(Object.entries(clusterScoped).map(([apiVersion, kinds]) => [apiVersion, new Set(kinds)]));
  return {
    version: kustomize,
    configuration: { ...noConfiguration, ...fieldSpecs2 },
    isClusterScoped: ({ gvk: gvk2 }) => scoped.get(gvk2.apiVersion)?.has(gvk2.kind) ?? false,
    kindOrder,
    mergeSchema: merge2
  };
}
var noConfiguration;
var init_tables = __esm({
  "src/render/kustomize/tables.ts"() {
    "use strict";
    noConfiguration = {
      namePrefix: [],
      nameSuffix: [],
      namespace: [],
      commonLabels: [],
      labels: [],
      templateLabels: [],
      volumeClaimTemplateLabels: [],
      commonAnnotations: [],
      nameReference: [],
      varReference: [],
      images: [],
      replicas: []
    };
  }
});

// src/render/kustomize/render-kustomization.ts
var render_kustomization_exports = {};
__export(render_kustomization_exports, {
  kustomizeRenderer: () => kustomizeRenderer
});
function kustomizeRenderer(files3, { tables: text, listing: listing2, isRestricted = false }) {
  const repository = repositoryOf(files3, listing2);
  const tables2 = readTables(text);
  const evaluate = evaluator({ repository, tables: tables2, isRestricted, tracksSteps: false });
  let evaluateTracked;
  const renderings = /* @__PURE__ */ new Map();
  return (folder) => {
    let rendering = renderings.get(folder);
    if (rendering === void 0) {
      rendering = render(folder);
      renderings.set(folder, rendering);
    }
    return rendering;
  };
  function render(folder) {
    try {
      const evaluation = evaluate(folder);
      if (!evaluation.kustomization?.fields.buildMetadata?.length) return finish(evaluation);
      evaluateTracked ??= evaluator({ repository, tables: tables2, isRestricted, tracksSteps: true });
      return finish(evaluateTracked(folder));
    } catch (error) {
      if (!(error instanceof Refusal2)) throw error;
      return { objects: [], errors: [{ at: error.at, message: error.message }], partial: [] };
    }
  }
  function finish(evaluation) {
    const { kustomization: kustomization2, schema } = evaluation;
    const build = { ...evaluation };
    const context = {
      repository,
      isClusterScoped: tables2.isClusterScoped,
      schema: schema ?? tables2.mergeSchema,
      isRestricted,
      partial: evaluation.partial,
      note: (reason) => {
        build.partial = [...build.partial, reason];
      }
    };
    build.resources = hashTransform(build.resources, context);
    build.resources = nameReferenceTransform(build.configuration.nameReference)(build.resources, context);
    resolveVariables(build, context);
    build.resources = build.resources.filter((resource) => !isLocal(resource));
    if (kustomization2?.fields.sortOptions?.order !== "fifo") appendResources([], build.resources, tables2.isClusterScoped);
    build.resources = sortObjects(build.resources, kustomization2, tables2);
    build.resources = build.resources.map((resource) => finishObject(resource, files3));
    if (kustomization2?.fields.buildMetadata?.length) build.resources = addBuildMetadata(build.resources, kustomization2, tables2, context);
    return { objects: build.resources, errors: [], partial: build.partial };
  }
}
function isLocal(resource) {
  const local = annotationsOf2(resource)["config.kubernetes.io/local-config"];
  return local !== void 0 && local !== "false" && local !== false;
}
function finishObject(resource, files3) {
  return withEmptyTexts(withFinishedAnnotations(resource, files3), files3);
}
function withEmptyTexts(resource, files3) {
  const { at: at2 } = resource.provenance.writers.writer;
  const file = files3.get(at2.path);
  const document = isFieldPlace(at2) && file ? parsedFile(file).documents[at2.document] : void 0;
  let { value } = resource;
  for (const field of document ? emptyTexts(document) : []) if (lookUp(value, field) === null) value = setIn(value, field, "");
  return value === resource.value ? resource : { ...resource, value };
}
function withFinishedAnnotations(resource, files3) {
  const metadata2 = child(resource, "metadata");
  const annotations = metadata2 && child(metadata2, "annotations");
  if (annotations === void 0 || metadata2 === void 0) return resource;
  const { writer } = annotations.provenance.writers;
  let finished = annotations;
  const fields = isFields(annotations.value) ? annotations.value : {};
  for (const key of Object.keys(fields)) {
    if (ownAnnotations.has(key)) finished = without(finished, key, writer);
    else if (typeof fields[key] !== "string" || isPointInTime(fields[key])) finished = withText(finished, key, writer, files3);
  }
  if (finished === annotations && Object.keys(fields).length > 0) return resource;
  const isEmpty = !isFields(finished.value) || Object.keys(finished.value).length === 0;
  const content = replaceAt(resource, ["metadata", "annotations"], writer, () => isEmpty ? void 0 : finished);
  return withContent(resource, content);
}
function withText(annotations, key, writer, files3) {
  return replaceAt(annotations, [key], writer, (before) => before && { value: textOf(before, files3, true), provenance: before.provenance });
}
function isPointInTime(value) {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value);
}
var ownAnnotations;
var init_render_kustomization = __esm({
  "src/render/kustomize/render-kustomization.ts"() {
    "use strict";
    init_fields();
    init_place();
    init_accumulator();
    init_build_metadata();
    init_evaluate();
    init_hash_names();
    init_name_references();
    init_read_yaml();
    init_refusal();
    init_repository();
    init_resolve_variables();
    init_resource();
    init_sort_objects();
    init_source_text();
    init_tables();
    init_traced();
    ownAnnotations = /* @__PURE__ */ new Set([
      ...["previousKinds", "previousNames", "prefixes", "suffixes", "previousNamespaces", "allowNameChange", "allowKindChange", "refBy"].map(
        (name) => `internal.config.kubernetes.io/${name}`
      ),
      ...["generatorBehavior", "needsHashSuffix", "path", "index", "seqindent", "id", "annotations-migration-resource-id", "helm-generated"].map(
        (name) => `internal.config.kubernetes.io/${name}`
      ),
      "config.kubernetes.io/path",
      "config.kubernetes.io/index",
      "config.k8s.io/id",
      "config.kubernetes.io/origin",
      "alpha.config.kubernetes.io/transformations"
    ]);
  }
});

// ../../kz/s/perf.mts
import { readFileSync } from "node:fs";

// bench/generator/names.ts
var environments = ["development", "staging", "production"];
var repositoryUrl = "https://git.example.org/acme/platform.git";
var teams = ["billing", "catalog", "checkout", "identity", "insights", "logistics", "messaging", "partners", "payments", "search"];
var things = ["account", "address", "basket", "card", "carrier", "contract", "coupon", "customer", "delivery", "document", "invoice", "ledger"];
var more = [
  "mandate",
  "offer",
  "order",
  "parcel",
  "price",
  "product",
  "profile",
  "receipt",
  "refund",
  "report",
  "session",
  "stock",
  "supplier",
  "tax"
];
var roles = ["api", "backend", "bridge", "consumer", "engine", "exporter", "frontend", "gateway", "indexer", "notifier", "publisher", "worker"];
function applicationName(index) {
  const words3 = [...things, ...more];
  const word = (list, at2) => list[at2 % list.length] ?? "";
  const round = Math.floor(index / (words3.length * roles.length));
  const name = `${word(words3, index)}-${word(roles, Math.floor(index / words3.length))}`;
  return { team: word(teams, index * 7), name: round === 0 ? name : `${name}-${round + 1}` };
}
var comments = [
  "Sized after the load of last quarter; see docs/runbooks before changing it.",
  "Owned by the team named in the labels below.",
  "Keep in step with the dashboard of the same name.",
  "The probe is slow on purpose: the first query warms the cache.",
  "Agreed with the platform team, reviewed every half year."
];
function comment(random) {
  return `# ${random.pick(comments)}
`;
}

// bench/generator/kustomize-application.ts
function kustomizeApplication(app, controller2, random, extras) {
  const folder = `apps/${app.team}/${app.name}`;
  const base = {
    "deployment.yaml": comment(random) + deployment(app, random),
    "service.yaml": service(app),
    ...extras && {
      "service-account.yaml": serviceAccount(app),
      "network-policy.yaml": networkPolicy(app, random),
      "disruption-budget.yaml": disruptionBudget(app),
      "external-secret.yaml": externalSecret(app),
      "service-monitor.yaml": serviceMonitor(app),
      "alerts.yaml": alerts(app, random)
    }
  };
  const files3 = { [`${folder}/base/kustomization.yaml`]: baseKustomization(app, Object.keys(base)) };
  for (const [name, text] of Object.entries(base)) files3[`${folder}/base/${name}`] = text;
  for (const environment of environments) {
    const overlay = `${folder}/overlays/${environment}`;
    files3[`${overlay}/kustomization.yaml`] = overlayKustomization(app, environment, random, extras);
    files3[`${overlay}/deployment-patch.yaml`] = deploymentPatch(app, environment, random);
    if (extras) files3[`${overlay}/autoscaler.yaml`] = autoscaler(app, environment, random);
    files3[unitPath(app, environment, controller2)] = (controller2 === "flux" ? fluxUnit : argocdUnit)(app, environment, overlay);
  }
  return files3;
}
function unitPath(app, environment, controller2) {
  return controller2 === "flux" ? `clusters/${environment}/apps/${app.team}-${app.name}.yaml` : `clusters/${environment}/argocd/${app.team}/${app.name}.yaml`;
}
function baseKustomization({ team, name }, resources) {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
labels:
  - includeSelectors: true
    pairs:
      app.kubernetes.io/name: ${name}
  - pairs:
      app.kubernetes.io/part-of: ${team}
      app.kubernetes.io/managed-by: kustomize
resources:
${resources.map((resource) => `  - ${resource}
`).join("")}`;
}
function overlayKustomization({ team, name }, environment, random, extras) {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${team}-${environment}
resources:
  - ../../base
${extras ? "  - autoscaler.yaml\n" : ""}patches:
  - path: deployment-patch.yaml
images:
  - name: registry.example.org/${team}/${name}
    newTag: ${version(random)}
configMapGenerator:
  - name: ${name}
    literals:
      - ENVIRONMENT=${environment}
      - LOG_LEVEL=${environment === "production" ? "info" : "debug"}
      - PUBLIC_URL=https://${name}.${environment}.example.org
`;
}
function deployment({ team, name }, random) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  annotations:
    reloader.stakater.com/auto: "true"
    example.org/owner: ${team}@example.org
    example.org/runbook: https://handbook.example.org/${team}/${name}
spec:
  replicas: 2
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
    spec:
      serviceAccountName: ${name}
      terminationGracePeriodSeconds: ${30 + random.below(60)}
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        fsGroup: 10001
        seccompProfile:
          type: RuntimeDefault
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: ${name}
      containers:
        - name: ${name}
          image: registry.example.org/${team}/${name}
          args: ["--config", "/etc/${name}/config.yaml", "--listen", ":8080"]
          envFrom:
            - configMapRef:
                name: ${name}
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: DATABASE_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: ${name}-database
                  key: password
                  optional: true
${Array.from({ length: 4 + random.below(12) }, () => environmentVariable(random)).join("")}          ports:
            - name: http
              containerPort: 8080
            - name: metrics
              containerPort: 9090
          livenessProbe:
            httpGet:
              path: /health/live
              port: http
            initialDelaySeconds: ${5 + random.below(20)}
          readinessProbe:
            httpGet:
              path: /health/ready
              port: http
            periodSeconds: 5
          resources:
            requests:
              cpu: ${50 * (1 + random.below(10))}m
              memory: ${128 * (1 + random.below(8))}Mi
            limits:
              memory: 1Gi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
          volumeMounts:
            - name: temporary
              mountPath: /tmp
        # Ships the logs; the platform team keeps its version.
        - name: log-shipper
          image: registry.example.org/platform/log-shipper:1.9.${random.below(30)}@sha256:${random.hex(64)}
          args:
            - --input=/var/log/${name}
            - --output=https://logs.example.org/ingest
          resources:
            requests:
              cpu: 10m
              memory: 32Mi
            limits:
              memory: 64Mi
      volumes:
        - name: temporary
          emptyDir: {}
`;
}
function environmentVariable(random) {
  const name = `${random.pick(["CACHE", "HTTP", "QUEUE", "RETRY", "SESSION", "TOKEN"])}_${random.pick(["LIMIT", "SIZE", "TIMEOUT", "TTL"])}_${random.hex(4)}`;
  return `            - name: ${name.toUpperCase()}
              value: "${random.below(1e4)}"
`;
}
function deploymentPatch({ name }, environment, random) {
  const replicas = { development: 1, staging: 2, production: 3 + random.below(9) }[environment];
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  annotations:
    example.org/tier: ${environment}
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
        - name: ${name}
          env:
            - name: TRACE_SAMPLE_RATE
              value: "0.${random.below(9) + 1}"
          resources:
            requests:
              cpu: ${100 * replicas}m
              memory: ${256 + 64 * random.below(8)}Mi
`;
}
function service({ name }) {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  annotations:
    service.kubernetes.io/topology-mode: Auto
    example.org/protocol: http
spec:
  type: ClusterIP
  internalTrafficPolicy: Cluster
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
      protocol: TCP
    - name: metrics
      port: 9090
      targetPort: metrics
      protocol: TCP
`;
}
function serviceAccount({ team, name }) {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  annotations:
    example.org/workload-identity: ${team}-${name}
    example.org/contact: ${team}@example.org
automountServiceAccountToken: false
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ${name}
rules:
  - apiGroups: [""]
    resources: ["configmaps"]
    verbs: ["get", "list", "watch"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}
subjects:
  - kind: ServiceAccount
    name: ${name}
`;
}
function networkPolicy({ name }, random) {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  policyTypes: ["Ingress", "Egress"]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ingress
      ports:
        - port: http
  egress:
    - to:
        - ipBlock:
            cidr: 10.${random.below(250)}.0.0/16
      ports:
        - port: 5432
    - ports:
        - port: 53
          protocol: UDP
`;
}
function disruptionBudget({ name }) {
  return `# One replica may go while nodes are drained; a second has to wait.
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
  annotations:
    example.org/reviewed-by: platform@example.org
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
`;
}
function externalSecret({ team, name }) {
  return `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: ${name}-database
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  target:
    name: ${name}-database
    creationPolicy: Owner
  data:
    - secretKey: username
      remoteRef:
        key: ${team}/${name}/database
        property: username
    - secretKey: password
      remoteRef:
        key: ${team}/${name}/database
        property: password
`;
}
function serviceMonitor({ name }) {
  return `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  endpoints:
    - port: metrics
      interval: 30s
      scrapeTimeout: 10s
      relabelings:
        - sourceLabels: ["__meta_kubernetes_pod_node_name"]
          targetLabel: node
        - action: labeldrop
          regex: "pod|endpoint"
`;
}
function alerts({ team, name }, random) {
  const alert = (title, expression, wait) => `        - alert: ${title}
          expr: |
            ${expression}
          for: ${wait}
          labels:
            severity: ${random.pick(["warning", "critical"])}
            team: ${team}
          annotations:
            summary: "{{ $labels.pod }} of ${name}: {{ $value | humanize }}"
            runbook_url: https://handbook.example.org/${team}/${name}#${title.toLowerCase()}
`;
  const latencies = Array.from(
    { length: random.below(30) },
    (_, route) => alert(
      `LatencyHigh${route}`,
      `histogram_quantile(0.99, sum by (le) (rate(http_request_seconds_bucket{app="${name}", route="${random.hex(8)}"}[5m]))) > ${1 + random.below(4)}`,
      "15m"
    )
  );
  return `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: ${name}
spec:
  groups:
    - name: ${name}.rules
      rules:
${alert("ErrorRateHigh", `sum(rate(http_requests_total{app="${name}", code=~"5.."}[5m])) > 0.0${1 + random.below(9)}`, "10m")}${alert("PodRestarts", `increase(kube_pod_container_status_restarts_total{container="${name}"}[1h]) > 3`, "5m")}${latencies.join("")}`;
}
function autoscaler({ name }, environment, random) {
  const least = environment === "production" ? 3 : 1;
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
  annotations:
    example.org/tier: ${environment}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: ${least}
  maxReplicas: ${least + 1 + random.below(10)}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: ${60 + random.below(30)}
`;
}
function fluxUnit({ team, name }, environment, path) {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${team}-${name}
  namespace: flux-system
  labels:
    example.org/team: ${team}
    example.org/environment: ${environment}
spec:
  interval: 10m
  retryInterval: 1m
  timeout: 5m
  path: ./${path}
  prune: true
  wait: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: infrastructure
  targetNamespace: ${team}-${environment}
`;
}
function argocdUnit({ team, name }, environment, path) {
  return argocdApplication(
    { team, name },
    environment,
    `  source:
    repoURL: ${repositoryUrl}
    targetRevision: main
    path: ${path}
`
  );
}
function argocdApplication({ team, name }, environment, source2) {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}-${environment}
  namespace: argocd
  labels:
    example.org/team: ${team}
    example.org/environment: ${environment}
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: ${team}
${source2}  destination:
    name: ${environment}
    namespace: ${team}-${environment}
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - CreateNamespace=true
      - ServerSideApply=true
    retry:
      limit: 5
      backoff:
        duration: 10s
        factor: 2
        maxDuration: 3m
`;
}
function version(random) {
  return `v${1 + random.below(6)}.${random.below(40)}.${random.below(20)}`;
}

// bench/generator/helm-application.ts
function helmApplication(app, random) {
  const folder = `charts/${app.name}`;
  const files3 = {
    [`${folder}/Chart.yaml`]: chart(app, random),
    [`${folder}/values.yaml`]: comment(random) + values(app, random),
    [`${folder}/templates/_helpers.tpl`]: helpers(app),
    [`${folder}/templates/deployment.yaml`]: deploymentTemplate(app),
    [`${folder}/templates/service.yaml`]: serviceTemplate(app),
    [`${folder}/templates/ingress.yaml`]: ingressTemplate(app),
    [`${folder}/templates/config.yaml`]: configTemplate(app)
  };
  for (const environment of environments) {
    files3[`${folder}/values-${environment}.yaml`] = environmentValues(app, environment, random);
    files3[`clusters/${environment}/argocd/${app.team}/${app.name}.yaml`] = argocdApplication(app, environment, source(folder, environment));
  }
  return files3;
}
function source(folder, environment) {
  return `  source:
    repoURL: ${repositoryUrl}
    targetRevision: main
    path: ${folder}
    helm:
      valueFiles:
        - values.yaml
        - values-${environment}.yaml
`;
}
function chart({ team, name }, random) {
  return `apiVersion: v2
name: ${name}
description: The ${name.replaceAll("-", " ")} of the ${team} team
type: application
version: 1.${random.below(30)}.${random.below(10)}
appVersion: "2.${random.below(60)}.0"
kubeVersion: ">=1.30.0-0"
home: https://handbook.example.org/${team}/${name}
keywords:
  - ${team}
  - ${name}
annotations:
  artifacthub.io/license: Apache-2.0
  example.org/owner: ${team}@example.org
maintainers:
  - name: ${team}
    email: ${team}@example.org
    url: https://handbook.example.org/${team}
`;
}
function values({ team, name }, random) {
  return `replicaCount: 2

image:
  repository: registry.example.org/${team}/${name}
  # The chart's appVersion where this is empty.
  tag: ""
  pullPolicy: IfNotPresent

labels: &labels
  team: ${team}
  part-of: ${team}

podLabels: *labels

service:
  type: ClusterIP
  port: 80
  targetPort: 8080

ingress:
  enabled: false
  className: nginx
  annotations: {}
  host: ""
  tls: true

# Read by the application at start; a change restarts it.
config:
  log:
    level: info
    format: json
  http:
    timeout: ${5 + random.below(30)}s
    maxBodySize: ${1 + random.below(10)}MB
    corsOrigins: []
  cache:
    enabled: true
    size: ${100 * (1 + random.below(20))}
    ttl: ${random.below(600)}s
  features:
    bulkExport: ${random.below(2) === 0}
    newPricing: ${random.below(2) === 0}

resources:
  requests:
    cpu: ${50 * (1 + random.below(6))}m
    memory: ${128 * (1 + random.below(6))}Mi
  limits:
    memory: 1Gi

autoscaling:
  enabled: true
  minReplicas: 2
  maxReplicas: ${4 + random.below(8)}
  targetCPUUtilizationPercentage: 75

externalSecret:
  enabled: true
  store: vault
  keys: [database-username, database-password, signing-key]

nodeSelector: {}
tolerations: []
affinity: {}
`;
}
function environmentValues({ name }, environment, random) {
  const host = environment === "production" ? `${name}.example.org` : `${name}.${environment}.example.org`;
  return `replicaCount: ${environment === "production" ? 3 + random.below(6) : 1}

image:
  tag: "2.${random.below(60)}.${random.below(9)}"

ingress:
  enabled: true
  host: ${host}
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
    nginx.ingress.kubernetes.io/proxy-body-size: ${1 + random.below(20)}m

config:
  log:
    level: ${environment === "production" ? "info" : "debug"}
  http:
    corsOrigins:
      - https://${host}

resources:
  requests:
    cpu: ${50 * (1 + random.below(6))}m
    memory: ${128 * (1 + random.below(6))}Mi
`;
}
function helpers({ name }) {
  return `{{- define "${name}.fullname" -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "${name}.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}
`;
}
function deploymentTemplate({ name }) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "${name}.fullname" . }}
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ .Release.Name }}
  template:
    metadata:
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}
      labels:
        app.kubernetes.io/instance: {{ .Release.Name }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          ports:
            - name: http
              containerPort: {{ .Values.service.targetPort }}
          {{- range .Values.externalSecret.keys }}
          # {{ . }}
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
      {{- with .Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
`;
}
function serviceTemplate({ name }) {
  return `apiVersion: v1
kind: Service
metadata:
  name: {{ include "${name}.fullname" . }}
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
spec:
  type: {{ .Values.service.type }}
  selector:
    app.kubernetes.io/instance: {{ .Release.Name }}
  ports:
    - name: http
      port: {{ .Values.service.port }}
      targetPort: http
`;
}
function ingressTemplate({ name }) {
  return `{{- if .Values.ingress.enabled }}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "${name}.fullname" . }}
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
  {{- with .Values.ingress.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  ingressClassName: {{ .Values.ingress.className }}
  rules:
    - host: {{ required "a host is needed" .Values.ingress.host }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {{ include "${name}.fullname" . }}
                port:
                  name: http
{{- end }}
`;
}
function configTemplate({ name }) {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "${name}.fullname" . }}
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
  annotations:
    example.org/rendered-by: helm
data:
  config.yaml: |
    {{- .Values.config | toYaml | nindent 4 }}
`;
}

// bench/generator/large-files.ts
function customResourceDefinition(group, random) {
  const kind = group.charAt(0).toUpperCase() + group.slice(1);
  const head = (version2, storage) => `    - name: ${version2}
      served: true
      storage: ${storage}
      subresources:
        status: {}
      additionalPrinterColumns:
        - name: Ready
          type: string
          jsonPath: .status.conditions[?(@.type=="Ready")].status
      schema:
        openAPIV3Schema:
          type: object
          description: ${kind} is the schema of the ${group} API.
          properties:
            apiVersion:
              type: string
            kind:
              type: string
            metadata:
              type: object
            spec:
              type: object
              properties:
`;
  return `# Code generated by controller-gen. DO NOT EDIT.
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${group}s.${group}.example.org
  annotations:
    controller-gen.kubebuilder.io/version: v0.17.2
spec:
  group: ${group}.example.org
  scope: Namespaced
  names:
    kind: ${kind}
    listKind: ${kind}List
    plural: ${group}s
    singular: ${group}
  versions:
${head("v1beta1", false)}${properties(190, random)}${head("v1", true)}${properties(210, random)}`;
}
function properties(count, random) {
  return Array.from({ length: count }, (_, index) => {
    const required = random.below(4) === 0;
    return `                field${index}:
                  description: |-
                    Field${index} says how the controller treats the ${random.pick(["claim", "listener", "route", "selector", "volume"])} of a workload.
                    It is ${required ? "required" : "optional"}; when it is not set, the controller's own default counts.
                  type: object
                  properties:
                    name:
                      description: Name of the referent.
                      type: string
                      maxLength: ${63 + random.below(190)}
                    mode:
                      type: string
                      enum: [Always, IfNotPresent, Never]
                    weight:
                      type: integer
                      format: int32
                      minimum: ${random.below(10)}
                  ${required ? "required: [name]\n                  " : ""}x-kubernetes-map-type: atomic
`;
  }).join("");
}
function dashboard(title, random) {
  const panels = Array.from({ length: 45 }, (_, id) => ({
    id,
    type: random.pick(["timeseries", "stat", "table", "heatmap"]),
    title: `${title} ${id}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own template.
    datasource: { type: "prometheus", uid: "${datasource}" },
    gridPos: { h: 8, w: 12, x: 12 * (id % 2), y: 8 * Math.floor(id / 2) },
    fieldConfig: {
      defaults: { unit: random.pick(["s", "bytes", "short"]), thresholds: { mode: "absolute", steps: [{ color: "green", value: null }] } },
      overrides: []
    },
    options: { legend: { displayMode: "list", placement: "bottom", showLegend: true }, tooltip: { mode: "multi", sort: "desc" } },
    targets: [
      { refId: "A", expr: `sum by (pod) (rate(${title}_events_total{cluster="$cluster", le="${random.below(100)}"}[5m]))`, legendFormat: "{{pod}}" }
    ]
  }));
  return `${JSON.stringify({ title, uid: random.hex(12), schemaVersion: 41, editable: false, panels, templating: { list: [] } }, null, 2)}
`;
}

// bench/generator/platform.ts
function platform(random) {
  const files3 = {
    "README.md": "# Platform\n\nWhat runs in our clusters. `clusters/<environment>` is where delivery begins.\n",
    ".github/CODEOWNERS": "* @acme/platform\n/clusters/production/ @acme/release\n",
    ".github/workflows/check.yaml": workflow
  };
  for (const environment of environments) {
    files3[`clusters/${environment}/flux-system/gotk-sync.yaml`] = sync(environment);
    files3[`clusters/${environment}/infrastructure.yaml`] = infrastructureUnit(environment);
  }
  return { ...files3, ...controller("ingress-nginx", random) };
}
var controllerNames = [
  "cert-manager",
  "external-secrets",
  "external-dns",
  "kyverno",
  "reloader",
  "trivy-operator",
  "velero",
  "metrics-server"
];
function controller(name, random) {
  const folder = `infrastructure/controllers/${name}`;
  return {
    [`${folder}/kustomization.yaml`]: kustomization(["namespace.yaml", "repository.yaml", "release.yaml"]),
    [`${folder}/namespace.yaml`]: namespace(name),
    [`${folder}/repository.yaml`]: chartRepository(name),
    [`${folder}/release.yaml`]: release(name, random)
  };
}
function kustomization(resources) {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${resources.map((resource) => `  - ${resource}
`).join("")}`;
}
function argocdProjects(teams2, environment) {
  return teams2.map((team) => project(team, environment)).join("---\n");
}
function project(team, environment) {
  return `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: ${team}
  namespace: argocd
spec:
  description: What the ${team} team delivers
  sourceRepos:
    - ${repositoryUrl}
  destinations:
    - name: ${environment}
      namespace: ${team}-${environment}
  clusterResourceWhitelist:
    - group: ""
      kind: Namespace
  roles:
    - name: reader
      groups: ["${team}"]
      policies:
        - p, proj:${team}:reader, applications, get, ${team}/*, allow
`;
}
function namespace(name) {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/warn: restricted
    example.org/owner: platform
  annotations:
    example.org/contact: platform@example.org
    example.org/runbook: https://handbook.example.org/platform/${name}
    example.org/data-classification: internal
    example.org/cost-center: platform-engineering
`;
}
function chartRepository(name) {
  return `# Mirrored, so that an outage upstream does not stop a rollout.
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: ${name}
  namespace: ${name}
  labels:
    example.org/owner: platform
  annotations:
    example.org/upstream: https://charts.upstream.example.org/${name}
spec:
  interval: 12h
  timeout: 2m
  url: https://charts.example.org/${name}
`;
}
function release(name, random) {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: ${name}
spec:
  interval: 1h
  chart:
    spec:
      chart: ${name}
      version: ${1 + random.below(5)}.${random.below(20)}.${random.below(9)}
      sourceRef:
        kind: HelmRepository
        name: ${name}
  driftDetection:
    mode: enabled
  install:
    crds: CreateReplace
    remediation:
      retries: 3
  upgrade:
    crds: CreateReplace
    remediation:
      retries: 3
      remediateLastFailure: true
  values:
    replicaCount: 2
    podDisruptionBudget:
      enabled: true
      maxUnavailable: 1
    serviceMonitor:
      enabled: true
      interval: 30s
    resources:
      requests:
        cpu: ${50 * (1 + random.below(4))}m
        memory: ${64 * (1 + random.below(6))}Mi
      limits:
        memory: 512Mi
    securityContext:
      runAsNonRoot: true
      readOnlyRootFilesystem: true
    extraArgs:
      - --v=2
      - --metrics-address=:8080
`;
}
function sync(environment) {
  return `# This manifest was generated by flux. DO NOT EDIT.
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  ref:
    branch: main
  url: ${repositoryUrl}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m0s
  path: ./clusters/${environment}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;
}
function infrastructureUnit(environment) {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infrastructure
  namespace: flux-system
  labels:
    example.org/environment: ${environment}
spec:
  interval: 1h
  retryInterval: 1m
  timeout: 10m
  path: ./infrastructure
  prune: true
  wait: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;
}
var workflow = `name: check
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  lint:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - name: Build every overlay
        run: |
          for overlay in apps/*/*/overlays/*; do
            kustomize build "$overlay" > /dev/null
          done
`;

// bench/generator/random.ts
function createRandom(seed) {
  let state = seed >>> 0;
  const below3 = (limit) => {
    state = state + 1831565813 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) % limit;
  };
  return {
    below: below3,
    pick: (choices) => choices[below3(choices.length)],
    hex: (count) => Array.from({ length: count }, () => below3(16).toString(16)).join("")
  };
}

// bench/generator/terraform.ts
function terraform() {
  const files3 = {};
  for (const module of ["cluster", "database", "network"]) {
    files3[`terraform/modules/${module}/main.tf`] = main(module);
    files3[`terraform/modules/${module}/variables.tf`] = variables(module);
    files3[`terraform/modules/${module}/outputs.tf`] = outputs(module);
  }
  for (const environment of environments) {
    files3[`terraform/live/${environment}/main.tf`] = live(environment);
    files3[`terraform/live/${environment}/backend.tf`] = backend(environment);
  }
  return files3;
}
function main(module) {
  return `# The ${module} of one environment.
resource "example_${module}" "this" {
  name   = "\${var.name}-${module}"
  region = var.region
  size   = var.size

  tags = merge(var.tags, {
    module = "${module}"
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "example_role" "operator" {
  name   = "\${var.name}-${module}-operator"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["${module}:Describe*"], Resource = example_${module}.this.id }]
  })
}
`;
}
function variables(module) {
  const variable = (name, type, description) => `variable "${name}" {
  type        = ${type}
  description = "${description}"
}
`;
  return [
    variable("name", "string", `What the ${module} and its parts are called.`),
    variable("region", "string", "Where it stands."),
    variable("size", "number", "How many nodes it has."),
    variable("tags", "map(string)", "Put on everything.")
  ].join("\n");
}
function outputs(module) {
  return `output "id" {
  description = "Identifies the ${module}."
  value       = example_${module}.this.id
}

output "operator_role" {
  description = "The role that may look at the ${module}."
  value       = example_role.operator.name
}
`;
}
function live(environment) {
  const size = { development: 1, staging: 2, production: 6 }[environment];
  const module = (name) => `module "${name}" {
  source = "../../modules/${name}"

  name   = "shop-${environment}"
  region = "eu-central-1"
  size   = ${size}
  tags   = { environment = "${environment}" }
}
`;
  return ["network", "cluster", "database"].map(module).join("\n");
}
function backend(environment) {
  return `terraform {
  required_version = ">= 1.9"

  backend "s3" {
    bucket       = "acme-terraform-${environment}"
    key          = "${environment}/platform.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }

  required_providers {
    example = {
      source  = "registry.example.org/acme/example"
      version = "~> 2.4"
    }
  }
}
`;
}

// bench/generate-repository.ts
function generateRepository(count, seed = 1) {
  const random = createRandom(seed);
  const files3 = new Map(Object.entries(platform(random)));
  const fits = (unit, reserve) => files3.size + Object.keys(unit).length + reserve <= count;
  const add3 = (unit) => {
    for (const [path, text] of Object.entries(unit)) files3.set(path, text);
  };
  const lists2 = count >= 100 ? 7 : 2;
  if (count >= 100) {
    for (const name of controllerNames.slice(0, Math.ceil(count / 200))) add3(controller(name, random));
    add3(terraform());
    for (let index = 1; index <= count / 250; index++) {
      const group = `kind${index}`;
      add3({ [`infrastructure/crds/${group}.yaml`]: customResourceDefinition(group, random) });
    }
    for (let index = 1; index <= count / 100; index++) {
      const title = `service_${index}`;
      add3({ [`infrastructure/dashboards/${title}.json`]: dashboard(title, random) });
    }
  }
  const teams2 = /* @__PURE__ */ new Set();
  for (let index = 0; ; index++) {
    const name = applicationName(index);
    const controller2 = count >= 100 && index % 2 === 0 ? "argocd" : "flux";
    let unit = count >= 100 && index % 4 === 3 ? helmApplication(name, random) : kustomizeApplication(name, controller2, random, index > 0);
    if (!fits(unit, lists2)) unit = kustomizeApplication(name, controller2, random, false);
    if (!fits(unit, lists2)) break;
    add3(unit);
    teams2.add(name.team);
  }
  add3(listings([...files3.keys()]));
  if (count >= 100)
    for (const environment of environments) add3({ [`clusters/${environment}/argocd/projects.yaml`]: argocdProjects([...teams2].sort(), environment) });
  for (let page = 1; files3.size < count; page++) add3({ [`docs/runbooks/${String(page).padStart(2, "0")}.md`]: runbook(page) });
  return files3;
}
function listings(paths2) {
  const below3 = (folder) => [...new Set(paths2.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length).split("/")[0] ?? ""))].sort();
  const definitions = below3("infrastructure/crds/");
  const dashboards = below3("infrastructure/dashboards/");
  const files3 = {};
  files3["infrastructure/controllers/kustomization.yaml"] = kustomization(below3("infrastructure/controllers/"));
  if (definitions.length > 0) files3["infrastructure/crds/kustomization.yaml"] = kustomization(definitions);
  if (dashboards.length > 0) files3["infrastructure/dashboards/kustomization.yaml"] = dashboardMaps(dashboards);
  files3["infrastructure/kustomization.yaml"] = kustomization(Object.keys(files3).map((path) => path.split("/")[1] ?? ""));
  return files3;
}
function dashboardMaps(dashboards) {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: monitoring
configMapGenerator:
${dashboards.map((file) => `  - name: ${file.replace(".json", "").replace("_", "-")}
    files:
      - ${file}
`).join("")}generatorOptions:
  labels:
    grafana_dashboard: "1"
`;
}
function runbook(page) {
  return `# Runbook ${page}

1. Look at the dashboard of the service.
2. Compare the version in Git with the one that runs.
3. Roll back by reverting the merge.
`;
}

// src/workspace/decode-text.ts
import { isUtf8 } from "node:buffer";
function decodeText(path, bytes) {
  if (isBinaryName(path)) return { skipped: "binary" };
  if (isUtf16(bytes)) return { skipped: "not UTF-8" };
  const text = isUtf8(bytes) ? bytes.toString("utf8") : void 0;
  const zero2 = text === void 0 ? bytes.indexOf(0) : text.indexOf("\0");
  if (zero2 >= 0 && zero2 < charactersToSniff) return { skipped: "binary" };
  return text === void 0 ? { skipped: "not UTF-8" } : { text };
}
var charactersToSniff = 8e3;
function isBinaryName(path) {
  const dot2 = path.lastIndexOf(".");
  return dot2 > 0 && binaryExtensions.has(path.slice(dot2 + 1).toLowerCase());
}
var binaryExtensions = new Set(
  "png jpg jpeg gif ico webp bmp tiff avif heic psd pdf eps ttf otf woff woff2 eot mp3 mp4 m4a wav ogg flac mov avi mkv webm zip gz tgz bz2 xz zst lz4 7z rar tar jar war ear whl gem deb rpm apk dmg iso qcow2 exe dll so dylib class pyc wasm sqlite sqlite3 parquet keystore jks p12 pfx doc docx xls xlsx ppt pptx odt ods".split(" ")
);
function isUtf16(bytes) {
  return bytes[0] === 255 && bytes[1] === 254 || bytes[0] === 254 && bytes[1] === 255;
}

// src/workspace/memory-workspace.ts
function memoryWorkspace(files3) {
  const texts = new Map(Object.entries(files3));
  return {
    list: async () => ({ files: [...texts.keys()].sort(), skipped: [], links: /* @__PURE__ */ new Map(), notes: [] }),
    read(path, maxBytes) {
      const text = texts.get(path);
      if (text === void 0) return { skipped: "unreadable" };
      const bytes = Buffer.from(text);
      return bytes.length > maxBytes ? { skipped: "too large" } : decodeText(path, bytes);
    },
    write(path, text) {
      if (!texts.has(path)) throw new Error(`there is no file "${path}" to write`);
      texts.set(path, text);
    }
  };
}

// src/classify/classify-by-reference.ts
init_fields();
init_repo_path();

// src/classify/collect-uses.ts
init_fields();
init_repo_path();
function collectUses(files3) {
  const byPath = {
    resource: /* @__PURE__ */ new Map(),
    patch: /* @__PURE__ */ new Map(),
    transformer: /* @__PURE__ */ new Map(),
    configuration: /* @__PURE__ */ new Map(),
    values: /* @__PURE__ */ new Map(),
    parameters: /* @__PURE__ */ new Map(),
    data: /* @__PURE__ */ new Map()
  };
  const patterns = /* @__PURE__ */ new Map();
  const kustomized = /* @__PURE__ */ new Set();
  for (const file of files3) {
    const by = file.path;
    const note2 = (use, folder, target) => {
      if (typeof target !== "string" || target === "" || target.length > 1e3 || target.includes("\n")) return;
      const path = joinPath(folder, target);
      if (path === void 0) return;
      if (!path.includes("{{") && !path.includes("*")) byPath[use].set(path, by);
      else addPattern(patterns, { use, pattern: path.replace(/\{\{.*?\}\}/g, "*").replace(/\*+/g, "*"), by });
    };
    collectFrom(file, note2, kustomized);
  }
  return { byPath, patterns, kustomized };
}
function addPattern(patterns, added) {
  if (added.pattern.replaceAll("*", "").length <= 4) return;
  const name = nameOf(added.pattern);
  const last = name.includes("*") ? "*" : name;
  const alike = patterns.get(last);
  if (alike) alike.set(`${added.use} ${added.pattern}`, added);
  else patterns.set(last, /* @__PURE__ */ new Map([[`${added.use} ${added.pattern}`, added]]));
}
function collectFrom(file, note2, kustomized) {
  const folder = folderOf(file.path);
  switch (file.classification.class) {
    case "terraform":
    case "terragrunt":
      fromTerraform(file.text, folder, note2);
      return;
    case "helmfile":
      if (file.classification.template !== void 0) fromHelmfileText(file.text, folder, note2);
  }
  for (const document of file.documents) {
    if (isFields(document.value)) fromDocument(document, document.value, folder, note2, kustomized);
  }
}
function fromDocument(document, value, folder, note2, kustomized) {
  const spec = fieldsAt(value, "spec");
  switch (document.classification.class) {
    case "kustomization":
    case "kustomize-component":
      kustomized.add(folder);
      fromKustomization(value, folder, note2);
      break;
    case "argocd-application":
      fromSources(spec, note2);
      break;
    case "argocd-application-set":
      fromSources(fieldsAt(fieldsAt(spec, "template"), "spec"), note2);
      for (const generator3 of listAt(spec, "generators")) fromGenerator(generator3, note2);
      break;
    case "flux-helm-release": {
      const chart2 = fieldsAt(fieldsAt(spec, "chart"), "spec");
      for (const target of [...listAt(chart2, "valuesFiles"), chart2.valuesFile]) note2("values", "", target);
      break;
    }
    case "helmfile":
      fromHelmfile(value, folder, note2);
      break;
    case "kustomize-transformer":
      for (const target of [value.valuesFile, ...listAt(value, "additionalValuesFiles")]) note2("values", folder, target);
      for (const target of listAt(value, "files")) note2("data", folder, afterKey(target));
      break;
  }
}
function fromKustomization(value, folder, note2) {
  const noteAll = (use, targets) => {
    for (const target of targets) note2(use, folder, target);
  };
  noteAll("resource", listAt(value, "resources"));
  noteAll("resource", listAt(value, "bases"));
  noteAll("patch", listAt(value, "patchesStrategicMerge"));
  noteAll("patch", paths(listAt(value, "patches")));
  noteAll("patch", paths(listAt(value, "patchesJson6902")));
  noteAll("transformer", listAt(value, "transformers"));
  noteAll("transformer", listAt(value, "generators"));
  noteAll("transformer", listAt(value, "validators"));
  noteAll("configuration", listAt(value, "configurations"));
  noteAll("configuration", paths(listAt(value, "replacements")));
  for (const generator3 of [...listAt(value, "configMapGenerator"), ...listAt(value, "secretGenerator")]) {
    if (!isFields(generator3)) continue;
    noteAll("data", listAt(generator3, "files").map(afterKey));
    noteAll("data", listAt(generator3, "envs"));
    note2("data", folder, generator3.env);
  }
  for (const chart2 of [...listAt(value, "helmCharts"), ...listAt(value, "helmChartInflationGenerator")]) {
    if (!isFields(chart2)) continue;
    note2("values", folder, chart2.valuesFile);
    note2("values", folder, chart2.values);
    noteAll("values", listAt(chart2, "additionalValuesFiles"));
  }
}
function paths(entries) {
  return entries.map((entry2) => isFields(entry2) ? entry2.path : void 0);
}
function afterKey(target) {
  return typeof target === "string" ? target.slice(target.indexOf("=") + 1) : target;
}
function fromSources(spec, note2) {
  for (const source2 of [spec.source, ...listAt(spec, "sources")]) {
    if (!isFields(source2)) continue;
    const folder = typeof source2.path === "string" ? source2.path : "";
    for (const target of listAt(fieldsAt(source2, "helm"), "valueFiles")) {
      if (typeof target !== "string") continue;
      if (target.startsWith("$")) note2("values", "", target.slice(target.indexOf("/") + 1));
      else if (target.startsWith("/")) note2("values", "", target.slice(1));
      else note2("values", joinPath("", folder) ?? "", target);
    }
    for (const parameter of listAt(fieldsAt(source2, "helm"), "fileParameters")) {
      if (isFields(parameter)) note2("data", joinPath("", folder) ?? "", parameter.path);
    }
  }
}
function fromGenerator(generator3, note2) {
  if (!isFields(generator3)) return;
  for (const target of listAt(fieldsAt(generator3, "git"), "files")) {
    if (isFields(target)) note2("parameters", "", target.path);
  }
  for (const name of ["matrix", "merge"]) {
    for (const inner of listAt(fieldsAt(generator3, name), "generators")) fromGenerator(inner, note2);
  }
}
function fromHelmfile(value, folder, note2) {
  const holders = [
    value,
    ...listAt(value, "releases"),
    ...Object.values(fieldsAt(value, "environments")),
    ...Object.values(fieldsAt(value, "templates"))
  ];
  for (const holder of holders) {
    if (!isFields(holder)) continue;
    for (const target of [...listAt(holder, "values"), ...listAt(holder, "secrets")]) note2("values", folder, target);
  }
}
function fromHelmfileText(text, folder, note2) {
  for (const [, target] of text.matchAll(/^ *- +["']?([\w./{} $-]{1,300}\.ya?ml)["']?\s*$/gm)) note2("values", folder, target);
}
function fromTerraform(text, folder, note2) {
  if (!text.includes("file(")) return;
  for (const [, target] of text.matchAll(/\b(?:template)?file\(\s*"(?:\$\{path\.\w+\}\/)?([^"${}\n]{1,300})"/g)) note2("data", folder, target);
}

// src/classify/fragment.ts
init_fields();
function fragmentReason(value) {
  if (!isFields(value)) return void 0;
  if (hasDirective(value, 0)) return 'it has a merge directive such as "$patch"';
  const metadata2 = fieldsAt(value, "metadata");
  if (!("name" in metadata2) && !("generateName" in metadata2)) return "it has no name";
  if (Object.keys(value).length === 3 && "metadata" in value && !bareKinds.has(String(value.kind))) return "it has nothing but metadata";
  const lacks = lackingPart(String(value.kind), value, fieldsAt(value, "spec"));
  return lacks === void 0 ? void 0 : `it has no ${lacks}`;
}
var bareKinds = /* @__PURE__ */ new Set(["Namespace", "ServiceAccount", "Secret", "ConfigMap", "Project", "ImageStream", "OperatorGroup"]);
function lackingPart(kind, value, spec) {
  const required = requiredSpec.get(kind);
  if (required) {
    const missing2 = required.find((field) => !(field in spec));
    if (missing2 !== void 0) return `spec.${missing2}`;
  }
  const pod = podSpec(kind, value);
  if (!pod) return void 0;
  const containers = listAt(pod, "containers");
  if (containers.length === 0) return "containers";
  return [...containers, ...listAt(pod, "initContainers")].some((container) => isFields(container) && !("image" in container)) ? "image of a container" : void 0;
}
var requiredSpec = /* @__PURE__ */ new Map([
  ["Deployment", ["selector", "template"]],
  ["StatefulSet", ["selector", "template"]],
  ["DaemonSet", ["selector", "template"]],
  ["ReplicaSet", ["selector"]],
  ["Job", ["template"]],
  ["CronJob", ["schedule", "jobTemplate"]],
  ["HorizontalPodAutoscaler", ["scaleTargetRef", "maxReplicas"]],
  ["PersistentVolumeClaim", ["accessModes", "resources"]],
  ["PersistentVolume", ["capacity"]],
  ["HelmRelease", ["interval"]],
  ["HelmRepository", ["url"]],
  ["GitRepository", ["url", "interval"]],
  ["OCIRepository", ["url", "interval"]],
  ["Application", ["project", "destination"]],
  ["ApplicationSet", ["generators", "template"]],
  ["Certificate", ["secretName", "issuerRef"]],
  ["ServiceMonitor", ["selector", "endpoints"]],
  ["Subscription", ["name", "source"]],
  ["CustomResourceDefinition", ["group", "names"]],
  ["HTTPRoute", ["rules"]]
]);
var withPodTemplate = /* @__PURE__ */ new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "ReplicationController"]);
function podSpec(kind, value) {
  const spec = fieldsAt(value, "spec");
  if (kind === "Pod") return spec;
  if (kind === "CronJob") return fieldsAt(fieldsAt(fieldsAt(fieldsAt(spec, "jobTemplate"), "spec"), "template"), "spec");
  return withPodTemplate.has(kind) ? fieldsAt(fieldsAt(spec, "template"), "spec") : void 0;
}
var deepest = 12;
function hasDirective(value, depth) {
  if (depth > deepest) return false;
  if (Array.isArray(value)) return value.some((item) => hasDirective(item, depth + 1));
  if (!isFields(value)) return false;
  return Object.keys(value).some(
    (key) => key === "$patch" || key.startsWith("$setElementOrder/") || key.startsWith("$deleteFromPrimitiveList/") || hasDirective(value[key], depth + 1)
  );
}

// src/classify/wildcards.ts
function matchesWithWildcards(pattern, subject, wildcard, matches) {
  let [at2, from] = [0, 0];
  let [resumeAt, resumeFrom] = [-1, 0];
  while (from < subject.length) {
    const part = pattern[at2];
    const piece = subject[from];
    if (part === wildcard) {
      resumeAt = ++at2;
      resumeFrom = from;
    } else if (part !== void 0 && piece !== void 0 && matches(part, piece)) {
      at2++;
      from++;
    } else if (resumeAt >= 0) {
      at2 = resumeAt;
      from = ++resumeFrom;
    } else {
      return false;
    }
  }
  while (pattern[at2] === wildcard) at2++;
  return at2 === pattern.length;
}

// src/classify/classify-by-reference.ts
function classifyByReference(files3) {
  const uses = collectUses(files3);
  return files3.map((file) => {
    const isDelivered = uses.byPath.data.has(file.path);
    const classify2 = (before, value) => {
      const [cls, reason] = classOfUse(file.path, before.class, value, uses) ?? [before.class, before.reason];
      if (cls === before.class && !isDelivered) return before;
      return { ...before, class: cls, reason, ...isDelivered && { verbatim: true } };
    };
    let documents = file.documents;
    for (const [index, document] of documents.entries()) {
      const classification2 = classify2(document.classification, document.value);
      if (classification2 !== document.classification) documents = documents.with(index, { ...document, classification: classification2 });
    }
    const own = file.classification;
    const telling = documents.find(({ value }) => value !== null && value !== void 0);
    const classification = own.class === "helm-template" ? own : telling?.classification ?? classify2(own, void 0);
    return documents === file.documents && classification === own ? file : { ...file, classification, documents };
  });
}
var objects = /* @__PURE__ */ new Set([
  "kubernetes-manifest",
  "custom-resource",
  "custom-resource-definition",
  "secret",
  "external-secret",
  "argocd-application",
  "argocd-application-set",
  "argocd-project",
  "flux-kustomization",
  "flux-helm-release",
  "flux-source",
  "flux-automation",
  "flux-notification",
  "flux-operator"
]);
var vague = /* @__PURE__ */ new Set([
  "other",
  "data",
  "text",
  "policy-test",
  "tool-config",
  "json-schema",
  "jenkins-x-config",
  "parameters"
]);
function classOfUse(path, cls, value, uses) {
  const isObject = objects.has(cls);
  const by = (use) => uses.byPath[use].get(path);
  if (isObject && by("resource") === void 0) {
    const patch4 = by("patch");
    if (patch4 !== void 0) return ["strategic-merge-patch", `patches of ${patch4} name it`];
    const transformer2 = by("transformer");
    if (transformer2 !== void 0) return ["kustomize-transformer", `${transformer2} runs it`];
    const data2 = by("data");
    if (data2 !== void 0 && !data2.endsWith(".tf")) return ["data", `${data2} delivers it as it is`];
    const fragment = mayBePatch(path, uses) ? fragmentReason(value) : void 0;
    return fragment === void 0 ? void 0 : ["strategic-merge-patch", `a part of an object: ${fragment}`];
  }
  if (!vague.has(cls)) return void 0;
  const values3 = by("values") ?? byPattern(path, "values", uses);
  if (values3 !== void 0) return ["helm-values", `${values3} takes values from it`];
  const patch3 = by("patch");
  if (patch3 !== void 0 && isFields(value)) return ["strategic-merge-patch", `patches of ${patch3} name it`];
  const configuration = by("configuration");
  if (configuration !== void 0) return ["kustomize-configuration", `${configuration} is configured by it`];
  const data = by("data");
  if (data !== void 0) return ["data", `${data} delivers it as it is`];
  const parameters = by("parameters") ?? byPattern(path, "parameters", uses);
  return parameters === void 0 ? void 0 : ["parameters", `a generator of ${parameters} reads it`];
}
function byPattern(path, use, { patterns }) {
  if (patterns.size === 0) return void 0;
  for (const last of [nameOf(path), "*"]) {
    for (const known of patterns.get(last)?.values() ?? []) {
      if (known.use === use && matchesWithWildcards(known.pattern, path, "*", (part, character) => part === character)) return known.by;
    }
  }
  return void 0;
}
function mayBePatch(path, { kustomized }) {
  const folder = folderOf(path);
  return kustomized.has(folder) || /patch|overlay/.test(nameOf(path)) || /(^|\/)(overlays?|patch(es)?|components?)(\/|$)/.test(folder);
}

// src/classify/classify-document.ts
init_fields();
init_repo_path();

// src/classify/document-shape.ts
init_fields();
function shapeOf(value) {
  if (Array.isArray(value)) return shapeOfList(value);
  return isFields(value) ? shapeOfFields(value) : void 0;
}
function shapeOfList(list) {
  if (list.length === 0) return void 0;
  const items = list.filter(isFields);
  if (items.length < list.length) return void 0;
  if (items.every((item) => typeof item.op === "string" && typeof item.path === "string"))
    return ["json-patch", 'a list of operations with "op" and "path"'];
  if (items.every((item) => "hosts" in item || "import_playbook" in item || "ansible.builtin.import_playbook" in item)) {
    return ["ansible-playbook", 'a list of plays with "hosts"'];
  }
  if (items.every((item) => isFields(item.source) && Array.isArray(item.targets))) return ["kustomize-configuration", "a list of replacements"];
  if (items.every(isTask)) return ["ansible-tasks", "a list of tasks"];
  return void 0;
}
var taskWords = new Set(
  "block include_tasks import_tasks include_role import_role include_vars register notify become delegate_to set_fact when with_items".split(" ")
);
var modules = new Set(
  "apt yum dnf package copy template file command shell service systemd debug fail assert uri get_url git lineinfile user stat k8s helm pip unarchive".split(
    " "
  )
);
function isTask(item) {
  const isNamed = typeof item.name === "string";
  return Object.keys(item).some((key) => taskWords.has(key) || isNamed && modules.has(key) || /^[a-z_]+\.[a-z_]+\.[a-z_0-9]+$/.test(key));
}
function shapeOfFields(value) {
  for (const key of Object.keys(value)) {
    const shape = shapeByKey(key, value);
    if (shape) return shape;
  }
  return shapeByKeys(value);
}
function shapeByKey(key, value) {
  const inner = value[key];
  switch (key) {
    case "AWSTemplateFormatVersion":
      return ["cloudformation", 'has "AWSTemplateFormatVersion"'];
    case "Resources":
      return someField(inner, (resource) => typeof resource.Type === "string" && /^(AWS|Custom|Alexa)::/.test(resource.Type)) ? ["cloudformation", "has resources of CloudFormation"] : void 0;
    case "openapi":
    case "swagger":
    case "asyncapi":
      return typeof inner === "string" || typeof inner === "number" ? ["openapi", `has "${key}"`] : void 0;
    case "creation_rules":
      return Array.isArray(inner) ? ["sops-config", 'has "creation_rules"'] : void 0;
    case "services":
      return isFields(inner) && Object.keys(inner).length > 0 && everyField(inner, (service2) => "image" in service2 || "build" in service2 || "extends" in service2) ? ["compose", "has services with images"] : void 0;
    case "machine":
      return isFields(inner) && (value.version === "v1alpha1" || "cluster" in value || "install" in inner || "network" in inner || "kubelet" in inner) ? ["cluster-config", "a machine configuration of Talos"] : void 0;
    case "cluster":
      return isFields(inner) && ("controllerManager" in inner || "apiServer" in inner || "allowSchedulingOnControlPlanes" in inner || "proxy" in inner) ? ["cluster-config", "a cluster configuration of Talos"] : void 0;
    case "panels":
      return Array.isArray(inner) && ("title" in value || "schemaVersion" in value || "templating" in value) ? ["dashboard", "has the panels of a dashboard"] : void 0;
    case "dashboard":
      return isFields(inner) && Array.isArray(inner.panels) ? ["dashboard", "has the panels of a dashboard"] : void 0;
    case "releases":
      return Array.isArray(inner) && inner.some((release2) => isFields(release2) && "chart" in release2) ? ["helmfile", 'has "releases" with charts'] : void 0;
    case "applySpecVersion":
      return isFields(value.spec) ? ["cluster-config", "a configuration of Config Sync"] : void 0;
    case "helmDefaults":
      return isFields(inner) ? ["helmfile", 'has "helmDefaults"'] : void 0;
    case "helmfiles":
      return Array.isArray(inner) ? ["helmfile", 'has "helmfiles"'] : void 0;
    case "customization":
      return isFields(inner) && ("systemExtensions" in inner || "extraKernelArgs" in inner) ? ["cluster-config", "a schematic of Talos"] : void 0;
    case "collections":
    case "roles":
      return Object.keys(value).length <= 2 && Array.isArray(inner) && inner.some((item) => isFields(item) && ("name" in item || "src" in item || "role" in item)) ? ["ansible-config", `lists the "${key}" that Ansible installs`] : void 0;
    case "nameReference":
    case "varReference":
    case "namePrefix":
    case "nameSuffix":
    case "commonLabels":
    case "commonAnnotations":
    case "images":
    case "replicas":
    case "namespace":
      return isFieldSpecs(inner) ? ["kustomize-configuration", `has field specifications under "${key}"`] : void 0;
    case "receivers":
      return Array.isArray(inner) && isFields(value.route) ? ["data", "a configuration of Alertmanager"] : isFields(value.service) && isFields(inner) ? ["data", "a configuration of the OpenTelemetry collector"] : void 0;
    case "scrape_configs":
      return Array.isArray(inner) ? ["data", "a configuration of Prometheus"] : void 0;
    case "groups":
      return Array.isArray(inner) && inner.some((group) => isFields(group) && Array.isArray(group.rules)) ? ["data", "rules of Prometheus or Loki"] : void 0;
    case "rule_files":
    case "evaluation_interval":
      return Array.isArray(value.tests) ? ["policy-test", "a test of Prometheus rules"] : void 0;
    case "suite":
      return Array.isArray(value.tests) ? ["policy-test", "a test of a Helm chart"] : void 0;
    case "tests":
      return Array.isArray(inner) && inner.some((test) => isFields(test) && Array.isArray(test.asserts)) ? ["policy-test", "a test of a Helm chart"] : void 0;
    case "fileExistenceTests":
    case "commandTests":
      return ["policy-test", "a test of a container image"];
    case "jobs":
      return jobsShape(value, inner);
    case "pipelines":
      return isFields(inner) && ("default" in inner || "branches" in inner || "pull-requests" in inner) ? ["bitbucket-pipelines", "has the pipelines of Bitbucket"] : void 0;
    case "runs":
      return isFields(inner) && "using" in inner ? ["github-action", 'has "runs" with "using"'] : void 0;
    case "all":
      return isFields(inner) && ("hosts" in inner || "children" in inner) ? ["ansible-inventory", 'has "all" with "hosts" or "children"'] : void 0;
    case "sources":
    case "conditions":
    case "targets":
      return isFields(inner) && isFields(value.targets ?? value.sources) && everyField(inner, (item) => "kind" in item) ? ["tool-config", "a pipeline of Updatecli"] : void 0;
    case "repos":
      return Array.isArray(inner) && inner.some((repo2) => isFields(repo2) && Array.isArray(repo2.hooks)) ? ["tool-config", "a configuration of pre-commit"] : void 0;
    case "$schema":
      return typeof inner === "string" && inner.includes("json-schema.org") ? ["json-schema", 'has "$schema" of JSON Schema'] : void 0;
    case "terraform_version":
      return "lineage" in value || "serial" in value ? ["terraform-state", 'has "terraform_version" and "serial"'] : void 0;
    case "presubmits":
    case "postsubmits":
    case "periodics":
      return ["ci-config", "has the jobs of Prow"];
    case "plugins":
      return isFields(inner) && ("config_updater" in value || "approve" in value || "triggers" in value) ? ["ci-config", "a configuration of Prow"] : void 0;
    case "steps":
      return Array.isArray(inner) ? stepsShape(value, inner) : void 0;
    case "schemaVersion":
      return typeof inner === "string" && ("components" in value || "parent" in value) && isFields(value.metadata) ? ["tool-config", "a devfile"] : void 0;
    default:
      return void 0;
  }
}
function isFieldSpecs(value) {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isFields(item) && ("fieldSpecs" in item || "path" in item && !("newTag" in item)));
}
function jobsShape(value, jobs) {
  if (isFields(jobs)) {
    if ("on" in value || "true" in value) return ["github-workflow", 'has "on" and "jobs"'];
    if ("version" in value && "workflows" in value) return ["ci-config", "has the jobs and workflows of CircleCI"];
    return someField(jobs, (job) => "runs-on" in job) ? ["github-workflow", 'has jobs with "runs-on"'] : void 0;
  }
  if (!Array.isArray(jobs)) return void 0;
  if (jobs.some((job) => isFields(job) && ("job" in job || "deployment" in job || "template" in job)))
    return ["azure-pipelines", "has the jobs of Azure Pipelines"];
  return jobs.some((job) => isFields(job) && "plan" in job) ? ["ci-config", "has the jobs of Concourse"] : void 0;
}
function stepsShape(value, steps) {
  const fields = steps.filter(isFields);
  if (fields.some((step) => "task" in step || "checkout" in step || "template" in step || "script" in step && "displayName" in step)) {
    return ["azure-pipelines", "has the steps of Azure Pipelines"];
  }
  return fields.length > 0 && fields.every((step) => typeof step.name === "string" && ("args" in step || "entrypoint" in step)) && !("kind" in value) ? ["ci-config", "has the steps of Cloud Build"] : void 0;
}
function shapeByKeys(value) {
  const has = (key) => key in value;
  if (has("stages") || has("trigger") || has("extends")) {
    if (has("pool") || has("resources") || Array.isArray(value.stages) && value.stages.some((stage) => isFields(stage) && ("stage" in stage || "template" in stage))) {
      return ["azure-pipelines", "has the keys of Azure Pipelines"];
    }
  }
  if (has("stages") || has("include") || has("default") || Object.keys(value).some((key) => key.startsWith("."))) {
    if (someField(value, (job) => Array.isArray(job.script) || typeof job.script === "string")) return ["gitlab-ci", "has the jobs of GitLab"];
  }
  if (has("version") && has("orbs")) return ["ci-config", "has the orbs of CircleCI"];
  if (value.kind === "pipeline" && (has("steps") || has("type"))) return ["ci-config", "has the pipeline of Drone"];
  if (value.apiVersion === 1 && (has("datasources") || has("providers") || has("groups") || has("contactPoints") || has("apps")))
    return ["data", "what Grafana is provisioned with"];
  if (has("target") && has("enforcement") && has("rules")) return ["github-settings", "a ruleset of GitHub"];
  if (has("repository") && (has("branches") || has("labels") || has("teams") || has("collaborators")))
    return ["github-settings", "has the keys of the Settings app"];
  if (has("Version") && has("Statement")) return ["data", "a policy of IAM"];
  if (has("properties") && value.type === "object") return ["json-schema", "has the properties of an object"];
  const words3 = chartWords(value);
  if (words3.length > 0) return ["helm-values", `has the keys of a values file: ${words3.slice(0, 3).join(", ")}`];
  return void 0;
}
var surelyValues = /* @__PURE__ */ new Set([
  "replicaCount",
  "fullnameOverride",
  "nameOverride",
  "imagePullSecrets",
  "podAnnotations",
  "podSecurityContext",
  "extraEnvVars"
]);
var likelyValues = new Set(
  "image ingress resources service serviceAccount nodeSelector tolerations affinity autoscaling persistence securityContext env envFrom extraEnv global livenessProbe readinessProbe controllers defaultPodOptions serviceMonitor rbac podDisruptionBudget initContainers volumes volumeMounts extraVolumes metrics".split(" ")
);
function chartWords(value) {
  for (const fields of [value, ...Object.values(value).filter(isFields)]) {
    const keys = Object.keys(fields);
    const sure = keys.filter((key) => surelyValues.has(key));
    const likely = keys.filter((key) => likelyValues.has(key));
    if (sure.length > 0 || likely.length > 1) return [...sure, ...likely];
  }
  return [];
}
function someField(value, holds) {
  return isFields(value) && Object.values(value).some((field) => isFields(field) && holds(field));
}
function everyField(value, holds) {
  return Object.values(value).every((field) => isFields(field) && holds(field));
}

// src/classify/kubernetes-class.ts
var builtInGroups = /* @__PURE__ */ new Set([
  "",
  "apps",
  "batch",
  "autoscaling",
  "policy",
  "extensions",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "apiregistration.k8s.io",
  "auditregistration.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "internal.apiserver.k8s.io",
  "networking.k8s.io",
  "node.k8s.io",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "settings.k8s.io",
  "storage.k8s.io",
  "storagemigration.k8s.io"
]);
var coreKinds = new Set(
  "Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount".split(" ")
);
var classesOfGroups = /* @__PURE__ */ new Map([
  ["apiextensions.k8s.io", { CustomResourceDefinition: "custom-resource-definition" }],
  ["argoproj.io", { Application: "argocd-application", ApplicationSet: "argocd-application-set", AppProject: "argocd-project" }],
  ["kustomize.toolkit.fluxcd.io", { Kustomization: "flux-kustomization" }],
  ["helm.toolkit.fluxcd.io", { HelmRelease: "flux-helm-release" }],
  ["source.toolkit.fluxcd.io", "flux-source"],
  ["source.extensions.fluxcd.io", "flux-source"],
  ["image.toolkit.fluxcd.io", "flux-automation"],
  ["notification.toolkit.fluxcd.io", "flux-notification"],
  ["fluxcd.controlplane.io", "flux-operator"],
  ["bitnami.com", { SealedSecret: "sealed-secret" }],
  ["external-secrets.io", { ExternalSecret: "external-secret", ClusterExternalSecret: "external-secret", PushSecret: "external-secret" }],
  ["kubernetes-client.io", { ExternalSecret: "external-secret" }],
  ["backstage.io", "backstage"],
  ["scaffolder.backstage.io", "backstage"],
  ["core.jenkins-x.io", { Requirements: "jenkins-x-requirements" }],
  ["gitops.jenkins-x.io", "jenkins-x-config"],
  ["project.jenkins-x.io", "jenkins-x-config"],
  ["secret.jenkins-x.io", "jenkins-x-config"],
  ["updatebot.jenkins-x.io", "jenkins-x-config"],
  ["config.lighthouse.jenkins-x.io", "jenkins-x-trigger"],
  ["cli.kyverno.io", "policy-test"],
  ["chainsaw.kyverno.io", "policy-test"],
  ["kuttl.dev", "policy-test"],
  ["test.gatekeeper.sh", "policy-test"],
  ["admission.k8s.io", "policy-test"],
  ["kubeadm.k8s.io", "cluster-config"],
  ["kubelet.config.k8s.io", "cluster-config"],
  ["kubeproxy.config.k8s.io", "cluster-config"],
  ["kubescheduler.config.k8s.io", "cluster-config"],
  ["apiserver.config.k8s.io", "cluster-config"],
  ["audit.k8s.io", "cluster-config"],
  ["credentialprovider.kubelet.k8s.io", "cluster-config"],
  ["kind.x-k8s.io", "cluster-config"],
  ["k3d.io", "cluster-config"],
  ["eksctl.io", "cluster-config"],
  ["k0s.k0sproject.io", "cluster-config"],
  ["k0sctl.k0sproject.io", "cluster-config"],
  ["minikube.sigs.k8s.io", "cluster-config"],
  ["controller-runtime.sigs.k8s.io", "data"],
  ["fn.kpt.dev", "kustomize-transformer"],
  ["viaduct.ai", "kustomize-transformer"],
  ["goabout.com", "kustomize-transformer"],
  ["kpt.dev", "tool-config"],
  ["skaffold", "tool-config"],
  ["vendir.k14s.io", "tool-config"],
  ["kbld.k14s.io", "tool-config"],
  ["imgpkg.carvel.dev", "tool-config"],
  ["score.dev", "tool-config"],
  ["devspace", "tool-config"],
  ["docs.renovatebot.com", "tool-config"]
]);
var transformerKind = /(?:Transformer|^ConfigMapGenerator|^SecretGenerator|^HelmChartInflationGenerator|^PolicyGenerator)$/;
function kubernetesClass(apiVersion, kind) {
  const slash2 = apiVersion.indexOf("/");
  const group = slash2 < 0 ? "" : apiVersion.slice(0, slash2);
  if (group === "") {
    if (apiVersion === "builtin") return "kustomize-transformer";
    if (apiVersion === "v1alpha1") return "cluster-config";
    if (apiVersion.includes(".") && (builtInGroups.has(apiVersion) || classesOfGroups.has(apiVersion)))
      return kubernetesClass(`${apiVersion}/`, kind);
    if (apiVersion !== "v1") return "tool-config";
    if (kind === "Secret") return "secret";
    if (kind === "Config") return "cluster-config";
    return coreKinds.has(kind) ? "kubernetes-manifest" : "custom-resource";
  }
  if (group === "kustomize.config.k8s.io") return kind === "Component" ? "kustomize-component" : "kustomization";
  const known = classesOfGroups.get(group);
  const cls = typeof known === "object" ? known[kind] : known;
  if (cls !== void 0) return cls;
  if (builtInGroups.has(group)) return "kubernetes-manifest";
  return transformerKind.test(kind) ? "kustomize-transformer" : "custom-resource";
}

// src/classify/classify-document.ts
function classifyDocument(document, file, path) {
  if (file.certainty === "settled") return withFlags(file.class, file.reason, file);
  const { value } = document;
  const [cls, reason] = decide(value, file, path);
  const isGenerated = cls === "custom-resource-definition" && isFields(value) && isWrittenByGenerator(value);
  return withFlags(cls, isGenerated ? `${reason}; generated: its annotations say so` : reason, file, isGenerated || file.generated);
}
function decide(value, file, path) {
  const byFile = [file.class, file.reason];
  if (value === null || value === void 0) return file.class === "other" ? ["text", "holds no data"] : byFile;
  const byKind = isFields(value) ? ofObject(value, path) : void 0;
  if (byKind) return byKind;
  if (file.certainty === "named" && (isFields(value) || !holdsFields(file.class))) return byFile;
  const shape = shapeOf(value);
  if (shape) return shape;
  if (file.class === "other") return settings(value, path) ?? byFile;
  if (isFields(value) || !holdsFields(file.class)) return byFile;
  return Array.isArray(value) ? ["other", "a list of no known kind"] : ["text", "holds a text and no fields"];
}
function ofObject(value, path) {
  const { apiVersion, kind, sops } = value;
  if (isFields(sops) && "lastmodified" in sops && "mac" in sops) return ["sops-encrypted", "has the metadata of SOPS"];
  if (typeof kind !== "string" || kind === "") return void 0;
  if (typeof apiVersion !== "string") {
    if (/^kustomization(\.ya?ml)?$/i.test(nameOf(path))) return [kind === "Component" ? "kustomize-component" : "kustomization", `kind ${kind}`];
    return apiVersion === void 0 && isFields(value.metadata) ? ["kubernetes-manifest", `kind ${kind} without an apiVersion`] : void 0;
  }
  const reason = `kind ${kind} of ${apiVersion}`;
  if (kind.endsWith("List") && Array.isArray(value.items)) return ["kubernetes-list", reason];
  if ("config.kubernetes.io/function" in annotationsOf(value)) return ["kustomize-transformer", `${reason}, run as a function`];
  return [kubernetesClass(apiVersion, kind), reason];
}
function settings(value, path) {
  const fields = isFields(value) ? Object.values(value) : Array.isArray(value) ? value : void 0;
  if (!fields) return typeof value === "string" ? ["text", "holds a text and no fields"] : ["parameters", "holds a single setting"];
  const name = nameOf(path);
  if (/(^|[-_.])secrets?([-_.]|$)/.test(name) && isFields(value)) return ["helm-values", `"${name}" is named like a file of helm-secrets`];
  if (fields.every((field) => typeof field !== "object" || field === null)) return ["parameters", "a flat list of settings"];
  if (/(^|[-_.])(vars|variables|params|parameters|inputs|metadata)([-_.]|$)/.test(name)) return ["parameters", `"${name}" is named like parameters`];
  return /(^|[-_.])(config|configs|configuration|settings|options|rules|datasources)([-_.]|$)/.test(name) ? ["data", `"${name}" is named like the settings of a program`] : void 0;
}
function holdsFields(cls) {
  return cls === "helm-values" || cls === "kustomization" || cls === "compose" || cls === "other";
}
function isWrittenByGenerator(value) {
  return "controller-gen.kubebuilder.io/version" in annotationsOf(value);
}
function annotationsOf(value) {
  return isFields(value.metadata) && isFields(value.metadata.annotations) ? value.metadata.annotations : {};
}
function withFlags(cls, reason, file, generated = file.generated) {
  return {
    class: cls === "other" && generated ? "generated" : cls,
    reason: file.madeBy === void 0 || reason.endsWith(file.madeBy) ? reason : `${reason}; ${file.madeBy}`,
    ...generated && { generated },
    ...file.template !== void 0 && { template: file.template },
    ...file.verbatim && { verbatim: true },
    ...file.gitLineEnds && { gitLineEnds: true }
  };
}

// src/classify/classify-file.ts
function classifyFile(path, text, file, parsed) {
  const { documents = [], problems = [], duplicateKeys = [] } = parsed ?? {};
  const classified = documents.map((document) => {
    const classification = classifyDocument(document, file, path);
    return { ...document, classification: classification.class === "other" ? bySchema(classification, text) : classification };
  });
  const telling = classified.find(({ value }) => value !== null && value !== void 0) ?? classified[0];
  return {
    path,
    text,
    classification: ofWhole(file, telling?.classification, parsed),
    documents: classified,
    problems,
    duplicateKeys
  };
}
function ofWhole(file, first, parsed) {
  if (first && file.class !== "helm-template") return first;
  const { language: _language, certainty: _certainty, madeBy: _madeBy, ...own } = file;
  if (!parsed || own.class !== "other") return own;
  return parsed.problems.length > 0 ? { ...own, reason: "does not parse" } : { ...own, class: "text", reason: "holds no data" };
}
function bySchema(classification, text) {
  const [, schema] = /yaml-language-server: *\$schema=(\S+)/.exec(text.slice(0, 400)) ?? [];
  if (schema === void 0) return classification;
  return { ...classification, class: schema.includes("helmfile") ? "helmfile" : "tool-config", reason: `names its schema: ${schema}` };
}

// src/classify/classify-text.ts
init_repo_path();

// src/classify/generated-header.ts
var says = [
  [/\bdo not (?:manually )?(?:edit|modify|change)\b(?! (?:below|above|the following))/i, "generated: its first lines say not to edit it"],
  [
    /\b(?:code|file|manifest|resources?) (?:is |was |has been )?(?:auto-?)?generated\b(?! (?:secret|name|password|once))/i,
    "generated: its first lines say so"
  ],
  [/\bauto-?(?:matically )?generated\b|@generated\b/i, "generated: its first lines say so"]
];
function generatedHeader(text) {
  let at2 = text.charCodeAt(0) === 65279 ? 1 : 0;
  if (text.startsWith("---", at2)) at2 = text.indexOf("\n", at2) + 1;
  const first = text.charCodeAt(at2);
  if (first !== 35 && (first !== 47 || text.charCodeAt(at2 + 1) !== 47)) return void 0;
  const header = text.slice(at2, endOfComments(text, at2, first));
  if (!/generated|do not|# source: /i.test(header)) return void 0;
  if (/^# Source: .*\/templates\//m.test(header)) return 'generated: the output of "helm template"';
  for (const [pattern, reason] of says) {
    if (pattern.test(header)) return reason;
  }
  return void 0;
}
function endOfComments(text, start, mark) {
  let at2 = start;
  for (let line = 0; line < 20 && at2 < start + 2e3; line++) {
    if (text.charCodeAt(at2) !== mark && text.charCodeAt(at2) !== 10) break;
    const newline = text.indexOf("\n", at2);
    if (newline < 0) return Math.min(text.length, start + 2e3);
    at2 = newline + 1;
  }
  return Math.min(at2, start + 2e3);
}

// src/classify/known-names.ts
var namedFiles = new Map(
  [
    files("helm-chart", "the metadata of a Helm chart", "Chart.yaml Chart.yml", "yaml", true),
    files("helm-lock", "the lock file of a Helm chart", "Chart.lock requirements.lock", "yaml", true),
    files("helm-values-schema", "the schema of the values of a chart", "values.schema.json", "json", true),
    files("kustomization", "a kustomization", "kustomization.yaml kustomization.yml Kustomization", "yaml"),
    files("helmfile", "a helmfile", "helmfile.yaml helmfile.yml"),
    files("lock-file", "a lock file", "helmfile.lock pnpm-lock.yaml vendir.lock.yml vendir.lock.yaml buf.lock", "yaml", true),
    files(
      "lock-file",
      "a lock file",
      "package-lock.json npm-shrinkwrap.json jsonnetfile.lock.json flake.lock composer.lock devbox.lock",
      "json",
      true
    ),
    files("lock-file", "a lock file", "go.sum yarn.lock poetry.lock uv.lock Cargo.lock Gemfile.lock mise.lock Pipfile.lock bun.lock", "none", true),
    files("terraform-lock", "the lock file of the Terraform providers", ".terraform.lock.hcl", "hcl", true),
    files("jenkins-x-requirements", "the requirements of Jenkins X", "jx-requirements.yml jx-requirements.yaml", "yaml", true),
    files("sops-config", "the configuration of SOPS", ".sops.yaml .sops.yml", "yaml", true),
    files("gitlab-ci", "a pipeline of GitLab", ".gitlab-ci.yml .gitlab-ci.yaml", "yaml", true),
    files("bitbucket-pipelines", "the pipelines of Bitbucket", "bitbucket-pipelines.yml bitbucket-pipelines.yaml", "yaml", true),
    files("azure-pipelines", "a pipeline of Azure", "azure-pipelines.yml azure-pipelines.yaml"),
    files("codeowners", "who owns which paths", "CODEOWNERS", "none", true),
    files("owners", "who approves changes", "OWNERS OWNERS_ALIASES", "yaml", true),
    files("backstage", "an entity of a Backstage catalogue", "catalog-info.yaml catalog-info.yml", "yaml", true),
    files("ansible-config", "the configuration of Ansible", "ansible.cfg", "none", true),
    files("ansible-config", "what Ansible installs", "galaxy.yml galaxy.yaml molecule.yml execution-environment.yml"),
    files(
      "script",
      "a script",
      "Makefile Justfile justfile Tiltfile Dockerfile Containerfile Earthfile Vagrantfile Rakefile GNUmakefile",
      "none",
      true
    ),
    files("ci-config", "a pipeline of Jenkins", "Jenkinsfile", "none", true),
    files(
      "ci-config",
      "a CI configuration",
      "cloudbuild.yaml cloudbuild.yml buildspec.yml buildspec.yaml .travis.yml .drone.yml .drone.yaml .woodpecker.yml .woodpecker.yaml appveyor.yml .appveyor.yml .cirrus.yml bitrise.yml codefresh.yml screwdriver.yaml atlantis.yaml .ci-operator.yaml .prow.yaml digger.yml codemagic.yaml"
    ),
    files("policy-test", "a test of a policy", "kyverno-test.yaml chainsaw-test.yaml kuttl-test.yaml"),
    files(
      "cluster-config",
      "how a cluster or machine is made",
      "talconfig.yaml talenv.yaml talenv.yml talsecret.yaml talsecret.sops.yaml k0sctl.yaml"
    ),
    files("cluster-config", "how a cluster or machine is made", "user-data meta-data kubeconfig talosconfig", "none", true),
    files("tool-config", "a configuration of pre-commit", ".pre-commit-config.yaml .pre-commit-config.yml .pre-commit-hooks.yaml"),
    files("tool-config", "the configuration of yamllint", "yamllint.yaml yamllint.yml"),
    files("tool-config", "the configuration of yamllint", ".yamllint", "yaml", true),
    files("tool-config", "the configuration of a documentation site", "mkdocs.yml mkdocs.yaml antora.yml _config.yml crowdin.yml"),
    files("tool-config", "the configuration of Renovate", "renovate.json renovate-config.json"),
    files("tool-config", "the configuration of Task", "Taskfile.yml Taskfile.yaml Taskfile.dist.yml Taskfile.dist.yaml taskfile.yml taskfile.yaml"),
    files(
      "tool-config",
      "the configuration of a development tool",
      "skaffold.yaml skaffold.yml devspace.yaml garden.yml garden.yaml okteto.yml okteto.yaml werf.yaml devfile.yaml score.yaml tilt-settings.yaml tilt-settings.json tilt_config.json lefthook.yml lefthook.yaml goreleaser.yml goreleaser.yaml mergify.yml codecov.yml codecov.yaml devbox.json aqua.yaml aqua.yml cookiecutter.json copier.yml copier.yaml vendir.yml vendir.yaml kbld.yaml kbld.yml Pulumi.yaml serverless.yml serverless.yaml infracost.yml infracost-usage.yml app-config.yaml app-config.production.yaml pnpm-workspace.yaml package.json release-please-config.json dagger.json lerna.json nx.json vercel.json jsonnetfile.json chartfile.yaml cdk.json"
    ),
    files(
      "tool-config",
      "the configuration of a linter or scanner",
      "ct.yaml ct.yml chart-testing.yaml lintconf.yaml kube-linter.yaml trivy.yaml trivy-secret.yaml kubescape.yaml polaris.yaml"
    ),
    files("tool-config", "the bundle of Rancher Fleet", "fleet.yaml fleet.yml"),
    files("tool-config", "the package of kpt", "Kptfile", "yaml", true),
    files("tool-config", "the configuration of gitops-lint", "gitops-lint.yaml gitops-lint.yml .gitops-lint.yaml", "yaml", true),
    files("tool-config", "the configuration of TypeScript", "tsconfig.json jsconfig.json deno.json", "none", true)
  ].flat()
);
function files(cls, is, names2, language, final = false) {
  const file = { class: cls, is, ...language !== void 0 && { language }, ...final && { final } };
  return names2.split(" ").map((name) => [name, file]);
}
var extensions = new Map(
  [
    extension("yaml", "other", "a YAML file of no known kind", "yaml yml"),
    extension("json", "other", "a JSON file of no known kind", "json"),
    extension("hcl", "terraform", "a file of Terraform", "tf tofu"),
    extension("hcl", "terraform-variables", "values of Terraform variables", "tfvars"),
    extension("hcl", "terraform", "a file in the language of Terraform", "hcl"),
    extension("json", "terraform-state", "a state of Terraform", "tfstate"),
    extension("none", "lock-file", "a lock file", "lock sum"),
    extension("none", "documentation", "documentation", "md mdx markdown adoc asciidoc rst"),
    extension("none", "script", "a script", "sh bash zsh fish ps1 bat cmd mk nu just"),
    extension(
      "none",
      "source-code",
      "source code",
      "py go js ts mjs cjs tsx jsx rb rs java kt groovy jsonnet libsonnet cue rego star bzl nix dhall lua php cs c h cpp sql proto graphql css scss html htm vue pkl k kcl bicep promql wasm el pl r swift scala tex d2"
    ),
    extension("none", "tool-config", "a configuration of a tool", "toml cfg editorconfig"),
    extension("none", "tool-config", "JSON with comments", "jsonc json5 code-workspace"),
    extension("none", "data", "settings", "ini conf properties env param params"),
    extension("none", "text", "text", "txt csv log xml pem crt cer pub svg diff patch rules")
  ].flat()
);
function extension(language, cls, is, names2) {
  return names2.split(" ").map((name) => [name, [language, cls, is]]);
}

// src/classify/template-actions.ts
function findTemplateAction(text) {
  const effort = { left: mostCharacters };
  return findOpener(text, "{{", effort) ?? findOpener(text, "{%", effort) ?? findOpener(text, "%{", effort) ?? findPlaceholder(text, effort);
}
var mostCharacters = 2e7;
function findOpener(text, opener, effort) {
  let blockEnd = 0;
  for (let at2 = text.indexOf(opener); at2 >= 0; at2 = text.indexOf(opener, at2 + 2)) {
    if (at2 < blockEnd || !beginsNode(text, at2)) continue;
    blockEnd = endOfBlockScalar(text, at2, effort);
    if (at2 < blockEnd || continuesScalar(text, at2, effort)) continue;
    if (effort.left <= 0) return void 0;
    const action = text.slice(at2, Math.min(endOfLine(text, at2), at2 + 24));
    return { kind: kindOfAction(action), action, line: lineOf(text, at2) };
  }
  return void 0;
}
var goWords = /^\{\{-?\s*(?:\/\*|[.$("`\d]|if\b|else\b|end\b|range\b|with\b|template\b|include\b|define\b|block\b|toYaml\b|tpl\b|fromYaml\b|printf\b|required\b|default\b|quote\b)/;
function kindOfAction(action) {
  if (action.startsWith("%")) return "other";
  return goWords.test(action) ? "go" : "jinja";
}
function findPlaceholder(text, effort) {
  for (let end = text.indexOf(">\n"); end > 0; end = text.indexOf(">\n", end + 2)) {
    if (!isPlaceholderCharacter(text.charCodeAt(end - 1))) continue;
    let at2 = end - 1;
    while (isPlaceholderCharacter(text.charCodeAt(at2 - 1))) at2--;
    if (text.charCodeAt(--at2) !== 60 || columnOf(text, at2) !== spacesBefore(text, at2)) continue;
    if (endOfBlockScalar(text, at2, effort) > at2 || continuesScalar(text, at2, effort)) continue;
    if (effort.left <= 0) return void 0;
    return { kind: "other", action: text.slice(at2, end + 1), line: lineOf(text, at2) };
  }
  return void 0;
}
function isPlaceholderCharacter(code) {
  return code >= 65 && code <= 90 || code >= 48 && code <= 57 || code === 95;
}
var longestStart = 500;
function beginsNode(text, at2) {
  const spaces = spacesBefore(text, at2);
  const before = text.charCodeAt(at2 - spaces - 1);
  if (at2 === spaces || before === 10) return true;
  if (spaces === 0) return false;
  const above = text.slice(Math.max(0, at2 - longestStart), at2);
  const lineBreak = above.lastIndexOf("\n");
  if (lineBreak < 0 && at2 > longestStart) return false;
  const line = above.slice(lineBreak + 1);
  return /^ *(?:- +)*(?:(?:"[^"]*"|'[^']*'|[^\s"'#{[][^"'#]*): +)?(?:[!&]\S+ +)*$/.test(line) && !/^ *#/.test(line);
}
function endOfBlockScalar(text, at2, effort) {
  let column = columnOf(text, at2);
  let indentation = indentationOf(text, at2 - column);
  for (let start = at2 - column; start > 0 && indentation > 0 && effort.left > 0; ) {
    const end = start - 1;
    start = startOfLine(text, end);
    effort.left -= end - start + 1;
    column = indentationOf(text, start);
    if (start + column >= end || column >= indentation) continue;
    if (isBlockHeader(text, start, end)) return endOfDeeperLines(text, end + 1, contentColumn(text, start));
    indentation = column;
  }
  return 0;
}
function isBlockHeader(text, start, end) {
  const line = text.slice(start, end);
  return (line.includes("|") || line.includes(">")) && /(?:[:-]|[!&]\S+) +[|>][-+\d]{0,2}\s*(?:#.*)?$/.test(line) && !/^ *#/.test(line);
}
function contentColumn(text, start) {
  let at2 = start + indentationOf(text, start);
  const first = at2;
  while (text.charCodeAt(at2) === 45 && text.charCodeAt(at2 + 1) === 32) at2 += 1 + indentationOf(text, at2 + 1);
  return (/[|>]/.test(text.charAt(at2)) ? first : at2) - start;
}
function endOfDeeperLines(text, from, column) {
  let start = from;
  while (start < text.length) {
    const end = endOfLine(text, start);
    const indentation = indentationOf(text, start);
    if (start + indentation < end && indentation <= column && text.charCodeAt(start + indentation) !== 13) return start;
    start = end + 1;
  }
  return text.length;
}
function continuesScalar(text, at2, effort) {
  const column = columnOf(text, at2);
  if (column !== spacesBefore(text, at2)) return false;
  if (isInsideQuotes(text, at2, effort)) return true;
  for (let start = at2 - column; start > 0 && effort.left > 0; ) {
    const end = start - 1;
    start = startOfLine(text, end);
    effort.left -= end - start + 1;
    const line = text.slice(start, end).trimEnd();
    const indentation = indentationOf(text, start);
    if (line === "" || indentation >= column || line.charCodeAt(indentation) === 35) continue;
    if (contentColumn(text, start) >= column) return false;
    return !/(?::|-|^---)(?: +[!&]\S+)?(?: +#.*)?$/.test(line) && !/^ *(?:- +)*(?:[^\s"'#][^"'#]*: +)?\{[{%]/.test(line);
  }
  return false;
}
var mostQuotedLines = 20;
function isInsideQuotes(text, at2, effort) {
  let start = startOfLine(text, at2);
  for (let lines = 0; start > 0 && lines < mostQuotedLines && effort.left > 0; lines++) {
    const end = start - 1;
    start = startOfLine(text, end);
    effort.left -= at2 - start;
    const [opening = "", quote] = /^ *(?:- +)*(?:[^\s"'#][^"'#]*: +)?(["'])/.exec(text.slice(start, end)) ?? [];
    if (quote !== void 0)
      return !text.slice(start + opening.length, at2).replace(quote === "'" ? /''/g : /\\./g, "").includes(quote);
  }
  return false;
}
function startOfLine(text, at2) {
  return at2 === 0 ? 0 : text.lastIndexOf("\n", at2 - 1) + 1;
}
function columnOf(text, at2) {
  return at2 - startOfLine(text, at2);
}
function spacesBefore(text, at2) {
  let start = at2;
  while (text.charCodeAt(start - 1) === 32) start--;
  return at2 - start;
}
function indentationOf(text, start) {
  let at2 = start;
  while (text.charCodeAt(at2) === 32) at2++;
  return at2 - start;
}
function endOfLine(text, at2) {
  const lineBreak = text.indexOf("\n", at2);
  return lineBreak < 0 ? text.length : lineBreak;
}
function lineOf(text, at2) {
  let line = 1;
  for (let lineBreak = text.indexOf("\n"); lineBreak >= 0 && lineBreak < at2; lineBreak = text.indexOf("\n", lineBreak + 1)) line++;
  return line;
}

// src/classify/classify-text.ts
var noHint = {};
function classifyText(path, text, hints) {
  const name = nameOf(path);
  const folder = folderOf(path);
  const { usesAnsible, jenkinsX } = hints;
  const hint = hints.folders.get(folder) ?? noHint;
  const subject = { path, name, extension: extensionOf(name), text, hint, usesAnsible, besideJenkinsX: jenkinsX.has(folder) };
  const decision = decide2(subject);
  const attributes = hints.attributes?.of(path);
  const madeBy = whoMade(subject, decision, attributes?.generated, attributes?.vendored);
  if (madeBy === void 0 && !attributes?.lineEnds) return decision;
  return {
    ...decision,
    ...madeBy !== void 0 && { reason: `${decision.reason}; ${madeBy}`, madeBy, generated: true },
    ...attributes?.lineEnds && { gitLineEnds: true }
  };
}
function extensionOf(name) {
  if (name.endsWith(".yaml")) return "yaml";
  const dot2 = name.lastIndexOf(".");
  return dot2 <= 0 ? "" : name.slice(dot2 + 1);
}
function decide2(subject) {
  if (subject.text.startsWith("$ANSIBLE_VAULT;"))
    return { class: "ansible-vault", reason: "begins with $ANSIBLE_VAULT", language: "none", certainty: "settled" };
  const engine = templateEngine(subject);
  if (engine) return templateFile(subject, engine);
  const decision = byName(subject) ?? byPlace(subject) ?? byExtension(subject);
  if (decision.language === "yaml" || decision.language === "json") return asTemplate(subject, decision) ?? decision;
  return subject.hint.place === "chart-templates" ? helmTemplate(subject.hint) : decision;
}
var templateExtensions = /* @__PURE__ */ new Map([
  ["gotmpl", "go"],
  ["tpl", "go"],
  ["tmpl", "go"],
  ["ctmpl", "go"],
  ["j2", "jinja"],
  ["jinja", "jinja"],
  ["jinja2", "jinja"],
  ["njk", "jinja"],
  ["tftpl", "other"],
  ["erb", "other"],
  ["ejs", "other"],
  ["hbs", "other"],
  ["mustache", "other"],
  ["liquid", "other"],
  ["template", "other"]
]);
function templateEngine({ name, extension: extension2 }) {
  if (extension2 !== "yaml" && extension2 !== "yml" && extension2 !== "json") return templateExtensions.get(extension2);
  if (name.indexOf(".") === name.length - extension2.length - 1) return void 0;
  const inner = extensionOf(stemOf(name, extension2));
  return inner === "template" ? void 0 : templateExtensions.get(inner);
}
function stemOf(name, extension2) {
  return name.slice(0, -extension2.length - 1);
}
function templateFile({ name, extension: extension2, hint }, engine) {
  if (hint.place === "chart-templates" || extension2 === "tpl" && hint.chart !== void 0) return helmTemplate(hint);
  const inner = stemOf(name, extension2);
  const cls = keptClass(namedFiles.get(inner)?.class ?? (looksLikeValues(inner) ? "helm-values" : "template"));
  return { class: cls, reason: `"${name}" is a template by its extension`, template: engine, language: "none", certainty: "settled" };
}
function keptClass(cls) {
  return cls === "helmfile" || cls === "helm-chart" || cls === "helm-values" || cls === "kustomization" ? cls : "template";
}
function helmTemplate(hint) {
  return { class: "helm-template", reason: hint.reason ?? `belongs to ${chartName(hint)}`, template: "helm", language: "none", certainty: "settled" };
}
function chartName({ chart: chart2 }) {
  return chart2 === "" ? "the chart at the root" : `the chart ${chart2}`;
}
function byName({ name, extension: extension2, hint }) {
  const known = namedFiles.get(name);
  if (!known) return void 0;
  if (hint.place === "github-workflows" && !known.final) return void 0;
  return {
    class: known.class,
    reason: `"${name}" is ${known.is}`,
    language: known.language ?? extensions.get(extension2)?.[0] ?? "none",
    certainty: known.final ? "settled" : "named"
  };
}
function byPlace(subject) {
  if (subject.extension === "yaml" || subject.extension === "yml") return yamlByFolder(subject) ?? yamlByForm(subject) ?? yamlByUse(subject);
  return subject.extension === "json" ? jsonByPlace(subject) : void 0;
}
function yamlByFolder({ path, name, hint: { place, reason = "" } }) {
  const placed2 = (cls, certainty = "placed") => ({
    class: cls,
    reason,
    language: "yaml",
    certainty
  });
  switch (place) {
    case "github-workflows":
      return placed2("github-workflow", "settled");
    case "github-actions":
      return placed2("github-action");
    case "github-repositories":
      return placed2("github-settings", "settled");
    case "github":
      return placed2(name === "settings.yml" || name === "settings.yaml" ? "github-settings" : "tool-config", "settled");
    case "gitlab":
      return placed2(path.includes("/agents/") ? "tool-config" : "gitlab-ci");
    case "ci":
      return placed2("ci-config", "settled");
    case "azure-pipelines":
      return placed2("azure-pipelines");
    case "jenkins-x":
      return name === "settings.yaml" ? placed2("jenkins-x-settings", "settled") : placed2("jenkins-x-config");
    case "lighthouse":
      return name === "triggers.yaml" ? placed2("jenkins-x-trigger", "settled") : placed2("jenkins-x-config");
    case "ansible-tasks":
      return placed2("ansible-tasks");
    case "ansible-variables":
      return placed2("ansible-variables", "named");
    case "ansible-meta":
      return placed2("ansible-config");
    case "ansible-templates":
      return placed2("data");
    default:
      return void 0;
  }
}
function yamlByForm({ name, extension: extension2, usesAnsible }) {
  const say = (cls, is) => ({
    class: cls,
    reason: `"${name}" is named like ${is}`,
    language: "yaml",
    certainty: "named"
  });
  if (looksLikeValues(name)) return say("helm-values", "a values file");
  switch (name.charCodeAt(0)) {
    case 46:
      return name.endsWith(`.gitlab-ci.${extension2}`) ? say("gitlab-ci", "a pipeline of GitLab") : say("tool-config", "the configuration of a tool");
    case 97:
      return /^azure-pipelines?[.-]/.test(name) ? say("azure-pipelines", "a pipeline of Azure") : void 0;
    case 99:
    // c
    case 100:
      if (/^(docker-)?compose[.-]/.test(name)) return say("compose", "a Compose file");
      return /^cloudbuild[.-]/.test(name) ? say("ci-config", "a pipeline of Cloud Build") : void 0;
    case 104:
    // h
    case 105:
      return usesAnsible && /^(inventory|hosts)\.ya?ml$/.test(name) ? say("ansible-inventory", "an inventory of Ansible") : void 0;
    case 114:
      return usesAnsible && /^requirements\.ya?ml$/.test(name) ? say("ansible-config", "what Ansible installs") : void 0;
    default:
      return name.endsWith(`.gitlab-ci.${extension2}`) ? say("gitlab-ci", "a pipeline of GitLab") : void 0;
  }
}
function yamlByUse({ hint, besideJenkinsX }) {
  const placed2 = (cls, reason = hint.reason ?? "") => ({
    class: cls,
    reason,
    language: "yaml",
    certainty: "placed"
  });
  switch (hint.place) {
    case "version-stream":
      return placed2("jenkins-x-config");
    case "ansible-inventory":
      return placed2("ansible-inventory");
    case "tool-settings":
      return placed2("tool-config");
    case "tests":
    case "chart-tests":
      return placed2("policy-test");
    case "program-data":
      return placed2("data");
    case "talos":
      return placed2("cluster-config");
    case "helmfiles":
      return placed2("helm-values");
    case "documentation":
      return placed2("documentation");
  }
  if (hint.chart !== void 0) return placed2("helm-values", `stands in ${chartName(hint)}`);
  if (besideJenkinsX) return placed2("jenkins-x-config", "stands beside the requirements of Jenkins X");
  return void 0;
}
function jsonByPlace({ name, hint }) {
  const settled2 = (cls, reason) => ({ class: cls, reason, language: "json", certainty: "settled" });
  if (name.endsWith(".tf.json")) return settled2("terraform", "ends with .tf.json");
  if (name.endsWith(".tfvars.json")) return settled2("terraform-variables", "ends with .tfvars.json");
  if (hint.place === "github-repositories") return settled2("github-settings", hint.reason ?? "");
  if (name.startsWith(".") || name.startsWith("renovate") || name.startsWith("tsconfig.") || hint.place === "tool-settings" || hint.place?.startsWith("github")) {
    return {
      class: "tool-config",
      reason: `"${name}" is the configuration of a tool, and may hold comments`,
      language: "none",
      certainty: "settled"
    };
  }
  if (looksLikeValues(name)) return { class: "helm-values", reason: `"${name}" is named like a values file`, language: "json", certainty: "named" };
  return void 0;
}
function looksLikeValues(name) {
  return name.includes("alues") && /(^|[-_.])[Vv]alues([-_.A-Z]|$)/.test(name);
}
function byExtension(subject) {
  const { name, extension: extension2, text, hint } = subject;
  const known = extensions.get(extension2);
  if (!known) return withoutExtension(subject);
  const [language, cls, is] = known;
  if (extension2 === "hcl") return { ...classifyHcl(name, text), language, certainty: "settled" };
  if (extension2 === "ini" && isInventory(subject, /^(hosts|inventory)/)) return inventory(name);
  if (text.startsWith("#cloud-config")) return { class: "cluster-config", reason: "begins with #cloud-config", language, certainty: "settled" };
  if (cls === "text" && hint.chart !== void 0) return { class: "data", reason: `stands in ${chartName(hint)}`, language, certainty: "settled" };
  return { class: cls, reason: `".${extension2}" is ${is}`, language, certainty: language === "yaml" || language === "json" ? "placed" : "settled" };
}
function isInventory({ name, hint, usesAnsible }, names2) {
  return usesAnsible && (hint.place === "ansible-inventory" || names2.test(name));
}
function inventory(name) {
  return { class: "ansible-inventory", reason: `"${name}" in a repository that uses Ansible`, language: "none", certainty: "settled" };
}
function classifyHcl(name, text) {
  if (name.endsWith(".tftest.hcl")) return { class: "terraform", reason: "ends with .tftest.hcl" };
  if (name.startsWith(".") || name === "docker-bake.hcl") return { class: "tool-config", reason: `"${name}" is the configuration of a tool` };
  if (name.startsWith("terragrunt")) return { class: "terragrunt", reason: `"${name}" is a file of Terragrunt` };
  if (name.endsWith(".pkr.hcl") || name.endsWith(".nomad.hcl")) return { class: "source-code", reason: `"${name}" is no file of Terraform` };
  if (text.startsWith('path "') || text.includes('\npath "')) return { class: "data", reason: "holds policies of Vault" };
  return { class: "terragrunt", reason: `"${name}" is included by files of Terragrunt` };
}
function withoutExtension(subject) {
  const { name, text, hint } = subject;
  const say = (cls, reason) => ({ class: cls, reason, language: "none", certainty: "settled" });
  if (text.startsWith("#!")) return say("script", "begins with #!");
  if (isInventory(subject, /^(hosts|inventory)$/)) return inventory(name);
  if (/^(licen[cs]e|copying|notice|authors|changelog|readme|contributing)/i.test(name)) return say("documentation", `"${name}" is documentation`);
  if (name.startsWith(".env")) return say("data", `"${name}" holds variables`);
  if (name.startsWith(".")) return say("tool-config", `"${name}" is the configuration of a tool`);
  if (/^(Dockerfile|Containerfile|Makefile|Jenkinsfile)[.-]/.test(name)) return say("script", `"${name}" is a script`);
  if (hint.chart !== void 0 || hint.place === "program-data") return say("data", hint.reason ?? `stands in ${chartName(hint)}`);
  return say("text", "its extension says nothing");
}
function asTemplate({ text, hint }, decision) {
  if (hint.place === "chart-templates") {
    if (text.includes("{{")) return helmTemplate(hint);
    return { ...decision, class: "helm-template", reason: `${hint.reason}; it has no template action`, certainty: "placed" };
  }
  if ((hint.place === "scaffold" || hint.place === "ansible-templates") && (text.includes("{{") || text.includes("{%"))) {
    return {
      class: "template",
      reason: `${hint.reason}, and the file has template actions`,
      template: "jinja",
      language: "none",
      certainty: "settled"
    };
  }
  if (text.startsWith("#@"))
    return { class: "template", reason: "begins with a line of ytt", template: "other", language: "none", certainty: "settled" };
  const found2 = findTemplateAction(text);
  if (!found2) return void 0;
  const reason = `line ${found2.line} is a template action and no YAML: ${found2.action.trim()}`;
  return { class: keptClass(decision.class), reason, template: found2.kind, language: "none", certainty: "settled" };
}
function whoMade({ name, text, hint }, decision, generated, vendored) {
  if (generated === false) return void 0;
  if (generated) return "generated: .gitattributes says so";
  if (vendored) return "vendored: .gitattributes says so";
  if (hint.foreign !== void 0 && vendored !== false) return hint.foreign;
  if (name === "gotk-components.yaml" || name === "gotk-sync.yaml") return 'generated: "flux bootstrap" writes it';
  if (decision.class === "lock-file" || decision.class === "helm-lock" || decision.class === "terraform-lock") return "generated: a tool writes it";
  return decision.language === "none" && decision.template === void 0 ? void 0 : generatedHeader(text);
}

// src/classify/hints.ts
init_repo_path();

// src/classify/git-attributes.ts
function readGitAttributes(files3) {
  const byDepth = files3.toSorted((a, b) => a.folder.length - b.folder.length);
  const lines = byDepth.flatMap(({ folder, text }) => text.split("\n").flatMap((line) => readLine(folder, line)));
  return {
    of(path) {
      let merged2;
      for (const { matches, attributes } of lines) {
        if (matches(path)) merged2 = { ...merged2, ...attributes };
      }
      return merged2;
    }
  };
}
function readLine(folder, line) {
  const [pattern, ...words3] = line.trim().split(/\s+/);
  if (!pattern || pattern.startsWith("#") || pattern.startsWith("[")) return [];
  const attributes = Object.assign({}, ...words3.map(readAttribute));
  return Object.keys(attributes).length === 0 ? [] : [{ matches: pathMatcher(folder, pattern), attributes }];
}
function readAttribute(word) {
  const isSet = !word.startsWith("-") && !word.startsWith("!") && !word.endsWith("=false");
  switch (word.replace(/^[-!]/, "").replace(/=(true|false)$/, "")) {
    case "linguist-generated":
    case "gitlab-generated":
      return { generated: isSet };
    case "linguist-vendored":
      return { vendored: isSet };
    case "text":
    case "text=auto":
    case "eol=crlf":
    case "eol=lf":
    case "crlf":
      return { lineEnds: isSet };
    case "binary":
      return { lineEnds: false };
    default:
      return {};
  }
}
function pathMatcher(folder, pattern) {
  const prefix = folder === "" ? "" : `${folder}/`;
  const segments = pattern.replace(/^\//, "").split("/");
  const byName2 = segments.length === 1 && !pattern.startsWith("/");
  const [only = ""] = segments;
  return (path) => {
    if (!path.startsWith(prefix)) return false;
    return byName2 ? matchesName(only, path.slice(path.lastIndexOf("/") + 1)) : matchesPath(segments, path.slice(prefix.length).split("/"));
  };
}
function matchesPath(pattern, path) {
  return matchesWithWildcards(pattern, path, "**", matchesName);
}
function matchesName(pattern, name) {
  return pattern === "*" || pattern === name || matchesWithWildcards(pattern, name, "*", (part, character) => part === "?" || part === character);
}

// src/classify/hints.ts
function describeRepository(paths2, read) {
  const markers = findMarkers(paths2);
  const folders2 = /* @__PURE__ */ new Map();
  const none = {};
  const hintOf = (folder) => {
    const known = folders2.get(folder);
    if (known) return known;
    const parent = folder === "" ? none : hintOf(folderOf(folder));
    const hint = describeFolder(folder, parent, markers);
    folders2.set(folder, hint);
    return hint;
  };
  let last;
  for (const path of paths2) {
    const folder = folderOf(path);
    if (folder !== last) hintOf(folder);
    last = folder;
  }
  const texts = markers.attributes.map((path) => ({ folder: folderOf(path), text: read(path) ?? "" })).filter(({ text }) => text !== "");
  return { folders: folders2, usesAnsible: markers.usesAnsible, jenkinsX: markers.jenkinsX, ...texts.length > 0 && { attributes: readGitAttributes(texts) } };
}
function findMarkers(paths2) {
  const markers = {
    charts: /* @__PURE__ */ new Set(),
    roles: /* @__PURE__ */ new Set(),
    playbooks: /* @__PURE__ */ new Set(),
    jenkinsX: /* @__PURE__ */ new Set(),
    backstageTemplates: /* @__PURE__ */ new Set(),
    compose: /* @__PURE__ */ new Set(),
    attributes: [],
    usesAnsible: false
  };
  let last;
  for (const path of paths2) {
    const slash2 = path.lastIndexOf("/");
    const folder = slash2 < 0 ? "" : path.slice(0, slash2);
    if (folder !== last && !markers.usesAnsible) markers.usesAnsible = /(^|\/)(ansible|playbooks|group_vars|host_vars)(\/|$)/.test(folder);
    last = folder;
    const name = path.slice(slash2 + 1);
    if (name.includes("playbook") && /\.ya?ml$/.test(name)) {
      markers.playbooks.add(folder);
      markers.usesAnsible = true;
    }
    switch (name) {
      case "Chart.yaml":
      case "Chart.yml":
      case "Chart.yaml.gotmpl":
      case "Chart.yaml.tmpl":
        markers.charts.add(folder);
        break;
      case "_helpers.tpl":
      case "NOTES.txt":
        if (path.endsWith("templates", slash2)) markers.charts.add(folderOf(folder));
        break;
      case "main.yml":
      case "main.yaml":
        if (/(^|\/)(tasks|handlers|defaults|meta|vars)$/.test(folder)) {
          markers.roles.add(folderOf(folder));
          markers.usesAnsible = true;
        }
        break;
      case "ansible.cfg":
      case ".ansible-lint":
      case "galaxy.yml":
        markers.usesAnsible = true;
        break;
      case "jx-requirements.yml":
        markers.jenkinsX.add(folder);
        break;
      case "template.yaml":
      case "template.yml":
        markers.backstageTemplates.add(folder);
        break;
      case "compose.yaml":
      case "compose.yml":
      case "docker-compose.yaml":
      case "docker-compose.yml":
        markers.compose.add(folder);
        break;
      case ".gitattributes":
        markers.attributes.push(path);
        break;
    }
  }
  return markers;
}
function describeFolder(folder, parent, markers) {
  const above = folderOf(folder);
  const name = folder.slice(above === "" ? 0 : above.length + 1);
  const foreign = parent.foreign ?? whyForeign(folder, name, above, markers);
  const place = placeOf(folder, name, above, parent, markers);
  const chart2 = markers.charts.has(folder) ? folder : parent.chart;
  const startsChart = chart2 === folder && folder !== "";
  if (!place && !startsChart && foreign === parent.foreign && chart2 === parent.chart) return parent;
  return {
    ...chart2 !== void 0 && { chart: chart2 },
    ...place ? { place: place[0], reason: place[1] } : parent.place && !startsChart && { place: parent.place, ...parent.reason !== void 0 && { reason: parent.reason } },
    ...foreign !== void 0 && { foreign }
  };
}
function placeOf(folder, name, above, parent, markers) {
  if (name.includes("{{") || name.includes("{%")) return ["scaffold", `the name of the folder "${name}" is a template`];
  if (folder !== "" && markers.charts.has(above)) {
    const inChart = `below the chart ${above === "" ? "at the root" : above}`;
    if (name === "templates") return ["chart-templates", `stands ${inChart}, in its "templates"`];
    if (name === "tests") return ["chart-tests", `stands ${inChart}, in its "tests"`];
  }
  if (parent.place === "chart-templates" || parent.place === "scaffold") return void 0;
  if (markers.roles.has(above)) {
    const inRole = `stands in the "${name}" of the Ansible role ${above}`;
    if (name === "tasks" || name === "handlers") return ["ansible-tasks", inRole];
    if (name === "vars" || name === "defaults") return ["ansible-variables", inRole];
    if (name === "templates") return ["ansible-templates", inRole];
    if (name === "files") return ["program-data", inRole];
    if (name === "meta" || name === "molecule") return ["ansible-meta", inRole];
  }
  if (name === "templates" && markers.playbooks.has(above)) return ["ansible-templates", 'stands beside a playbook of Ansible, in "templates"'];
  if (markers.backstageTemplates.has(above) && (name === "skeleton" || name === "content" || name === "template" || name.startsWith("skeleton-"))) {
    return ["scaffold", `"${name}" stands beside a software template`];
  }
  const inFolder = `stands in "${folder}"`;
  if (parent.place === "github") {
    if (name === "workflows") return ["github-workflows", inFolder];
    if (name === "actions") return ["github-actions", inFolder];
    if (name === "rulesets" || name === "repos" || name === "suborgs") return ["github-repositories", inFolder];
  }
  const place = (markers.usesAnsible ? ansiblePlaces.get(name) : void 0) ?? places.get(name);
  if (place) return [place, inFolder];
  if (name.startsWith(".")) return ["tool-settings", inFolder];
  if (folder !== "" && markers.compose.has(folder)) return ["program-data", `stands beside or below a Compose file, in "${folder}"`];
  return parent.place === void 0 && dataFolders.has(name) ? ["program-data", inFolder] : void 0;
}
var places = new Map([
  ...placed("github", ".github .gitea .forgejo"),
  ...placed("gitlab", ".gitlab .gitlab-ci"),
  ...placed("ci", ".circleci .buildkite .woodpecker .semaphore .drone .harness"),
  ...placed("azure-pipelines", ".azure-pipelines azure-pipelines .azuredevops .pipelines .ado"),
  ...placed("jenkins-x", ".jx"),
  ...placed("lighthouse", ".lighthouse"),
  ...placed("version-stream", "versionStream"),
  ...placed("helmfiles", "helmfile.d helmfiles"),
  ...placed("ansible-variables", "group_vars host_vars"),
  ...placed("talos", "talos"),
  ...placed("documentation", "docs doc"),
  ...placed("tests", "tests testdata test-data e2e fixtures")
]);
var ansiblePlaces = new Map([
  ...placed("ansible-tasks", "tasks handlers"),
  ...placed("ansible-inventory", "inventory inventories")
]);
var dataFolders = new Set(
  "files dashboards config-files configs config conf conf.d rules scripts resources static assets provisioning".split(" ")
);
function placed(place, names2) {
  return names2.split(" ").map((name) => [name, place]);
}
function whyForeign(folder, name, above, markers) {
  switch (name) {
    case "vendor":
    case "vendored":
    case "_vendor":
    case "third_party":
    case "third-party":
    case "node_modules":
    case "upstream":
    case ".terraform":
    case "ansible_collections":
      return `vendored: stands in "${folder}"`;
    case "config-root":
      return markers.jenkinsX.has(above) ? 'generated: Jenkins X renders "config-root"' : void 0;
    case "versionStream":
      return markers.jenkinsX.has(above) ? `vendored: "${folder}" is a copy of a version stream` : void 0;
  }
  if (markers.charts.has(folder) && folderOf(folder) !== "") {
    const outer = folderOf(above);
    if (above.endsWith("charts") && (above === "charts" ? markers.charts.has("") : markers.charts.has(outer))) {
      return `vendored: a chart inside the chart ${outer === "" ? "at the root" : outer}`;
    }
    const unpacked = nameOf(above);
    if (nameOf(outer) === "charts" && unpacked.startsWith(`${name}-`) && /^v?\d/.test(unpacked.slice(name.length + 1)))
      return `vendored: a chart that Kustomize unpacked into "${above}"`;
  }
  return void 0;
}

// src/parse/parse-json.ts
init_duplicate_keys();

// src/parse/json/read-json.ts
init_document();
init_characters();
init_mapping();
init_scanner();
function readJson(scanner, isLenient2) {
  skipWhite(scanner, isLenient2);
  const value = readValue(scanner, isLenient2);
  skipWhite(scanner, isLenient2);
  return scanner.position < scanner.length ? refuse(scanner, "text follows after the end of the value: expected the end of the file") : value;
}
var slash = 47;
var asterisk2 = 42;
function skipWhite(scanner, isLenient2) {
  const { text } = scanner;
  for (; ; ) {
    let { position } = scanner;
    let code = text.charCodeAt(position);
    while (code === space || code === lineFeed || code === carriageReturn || code === tab) code = text.charCodeAt(++position);
    scanner.position = position;
    if (code !== slash) return code;
    if (!isLenient2) refuse(scanner, "a comment stands in JSON: remove it");
    skipComment(scanner);
  }
}
function skipComment(scanner) {
  const { text, position } = scanner;
  const isBlock = text.charCodeAt(position + 1) === asterisk2;
  if (!isBlock && text.charCodeAt(position + 1) !== slash) refuse(scanner, 'a slash begins no comment: expected "//" or "/*"');
  const end = text.indexOf(isBlock ? "*/" : "\n", position + 2);
  if (end < 0) refuse(scanner, 'a comment is not closed: expected "*/"');
  scanner.position = isBlock ? end + 2 : end;
}
function readValue(scanner, isLenient2) {
  switch (scanner.text.charCodeAt(scanner.position)) {
    case openBrace:
      return readObject(scanner, isLenient2);
    case openBracket:
      return readArray(scanner, isLenient2);
    case doubleQuote:
      return readString(scanner);
    default:
      return readWord(scanner);
  }
}
function readObject(scanner, isLenient2) {
  enter(scanner);
  const mapping = {};
  const node = openNode(scanner, nodeKind.flowMap, scanner.position++);
  let code = skipWhite(scanner, isLenient2);
  while (code !== closeBrace) {
    if (code !== doubleQuote) refuse(scanner, 'no key stands here: expected a key in double quotes or "}"');
    const key = readString(scanner);
    if (skipWhite(scanner, isLenient2) !== colon) refuse(scanner, "a key is not followed by its value: expected a colon");
    scanner.position++;
    skipWhite(scanner, isLenient2);
    setEntry(scanner, mapping, key, readValue(scanner, isLenient2));
    code = skipComma(scanner, isLenient2, closeBrace);
  }
  return endCollection(scanner, node, mapping);
}
function readArray(scanner, isLenient2) {
  enter(scanner);
  const items = [];
  const node = openNode(scanner, nodeKind.flowSequence, scanner.position++);
  let code = skipWhite(scanner, isLenient2);
  while (code !== closeBracket) {
    items.push(readValue(scanner, isLenient2));
    code = skipComma(scanner, isLenient2, closeBracket);
  }
  return endCollection(scanner, node, items);
}
function skipComma(scanner, isLenient2, closing) {
  const code = skipWhite(scanner, isLenient2);
  if (code === closing) return code;
  if (code !== comma) refuse(scanner, `a value is not followed by the next one: expected a comma or "${String.fromCharCode(closing)}"`);
  const position = scanner.position++;
  const next = skipWhite(scanner, isLenient2);
  if (next === closing && !isLenient2) {
    scanner.position = position;
    refuse(scanner, `a comma stands before "${String.fromCharCode(closing)}": remove it`);
  }
  return next;
}
function endCollection(scanner, node, value) {
  scanner.lastEnd = ++scanner.position;
  closeNode(scanner, node);
  leave(scanner);
  return value;
}
function readString(scanner) {
  const { text } = scanner;
  const start = scanner.position;
  let position = start + 1;
  let hasEscapes = false;
  for (let code = text.charCodeAt(position); code !== doubleQuote; code = text.charCodeAt(++position)) {
    if (code < space) {
      scanner.position = position;
      refuse(
        scanner,
        code === lineFeed ? 'a string is not closed on its line: expected "' : 'a control character stands in a string: expected an escape such as "\\t"'
      );
    }
    if (code === backslash) {
      hasEscapes = true;
      if (text.charCodeAt(position + 1) >= space) position++;
    }
  }
  const end = position + 1;
  addLeaf(scanner, nodeKind.doubleQuoted, start, end);
  const value = hasEscapes ? decodeString(text.slice(start, end)) : text.slice(start + 1, position);
  if (value === void 0) refuse(scanner, "a backslash begins no escape that JSON knows: double the backslash");
  scanner.position = end;
  return value;
}
function decodeString(source2) {
  try {
    return JSON.parse(source2);
  } catch {
    return void 0;
  }
}
var number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;
var words = /* @__PURE__ */ new Map([
  ["true", true],
  ["false", false],
  ["null", null]
]);
function readWord(scanner) {
  const { text } = scanner;
  const start = scanner.position;
  let end = start;
  while (!endsWord(text.charCodeAt(end))) end++;
  const word = text.slice(start, end);
  const value = number.test(word) ? Number(word) : words.get(word);
  if (value === void 0) {
    const found2 = start >= scanner.length ? "the file ends here" : "this is no JSON value";
    refuse(scanner, `${found2}: expected a string in double quotes, a number, true, false, null, "{" or "["`);
  }
  addLeaf(scanner, nodeKind.plain, start, end);
  scanner.position = end;
  return value;
}
function endsWord(code) {
  return code <= space || code === comma || code === colon || code === closeBrace || code === closeBracket || code === slash || code === doubleQuote || Number.isNaN(code);
}

// src/parse/parse-json.ts
init_scanner();
function parseJson(path, text) {
  const scanner = createScanner(text);
  const root = scanner.used;
  try {
    const value = readJson(scanner, isLenient(path));
    const document = { path, index: 0, value, tape: { cells: keepCells(scanner), root }, isReadAlike: true };
    return { documents: [document], problems: [], duplicateKeys: scanner.mayHaveDuplicates ? findDuplicateKeys(document, text) : [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const start = Math.min(error.position, text.length);
    const problems = path.endsWith(".json5") ? [] : [{ message: error.message, start, end: Math.min(start + 1, text.length) }];
    return { documents: [], problems, duplicateKeys: [] };
  }
}
var lenientNames = /(?:^|\/)(?:[tj]sconfig[^/]*\.json|devcontainer\.json|\.(?:vscode|devcontainer)\/[^/]*\.json|\.(?:eslintrc|swcrc)(?:\.json)?|[^/]*\.(?:jsonc|json5|code-workspace))$/;
function isLenient(path) {
  return lenientNames.test(path);
}

// src/load-files.ts
init_parse_yaml();
function loadFiles(listing2, workspace, { isExcluded, maxFileSize }) {
  const hints = describeRepository(listing2.files, (path) => workspace.read(path, maxFileSize).text);
  const files3 = [];
  const skipped = [...listing2.skipped];
  for (const path of listing2.files) {
    if (isExcluded(path)) continue;
    const { text, skipped: reason } = workspace.read(path, maxFileSize);
    if (text === void 0) skipped.push({ path, reason });
    else files3.push(readFile(path, text));
  }
  return { files: files3, skipped };
  function readFile(path, text) {
    const kind = classifyText(path, text, hints);
    const parse = kind.language === "json" ? parseJson : kind.language === "yaml" ? parseYaml : void 0;
    return classifyFile(path, text, kind, parse?.(path, text));
  }
}
function classify(files3) {
  return classifyByReference(files3);
}

// src/config/default-config.ts
function defaultConfig(preset = "recommended") {
  const never3 = () => false;
  return {
    preset,
    isExcluded: never3,
    repository: { urls: [] },
    roots: [],
    isRoot: never3,
    environments: [],
    versions: /* @__PURE__ */ new Map(),
    secrets: { placeholders: [] },
    maxFileSize: 5e6,
    rules: /* @__PURE__ */ new Map(),
    overrides: [],
    waivers: [],
    rulesets: [],
    schemaFolders: []
  };
}

// ../../kz/s/perf.mts
init_repo_path();
var t00 = performance.now();
var { kustomizeRenderer: kustomizeRenderer2 } = await Promise.resolve().then(() => (init_render_kustomization(), render_kustomization_exports));
console.log("import", performance.now() - t00);
var repo = generateRepository(4e3);
var ws = memoryWorkspace(Object.fromEntries(repo));
var listing = await ws.list();
var t0 = performance.now();
var c0 = process.cpuUsage();
var loaded2 = loadFiles(listing, ws, defaultConfig());
var files2 = new Map(classify(loaded2.files).map((f) => [f.path, f]));
console.log("load", performance.now() - t0, "cpu", process.cpuUsage(c0).user / 1e3);
var tables = readFileSync("/tmp/wt/renderer/schemas/kustomize.json", "utf8");
var folders = [...files2.keys()].filter((p) => p.endsWith("/kustomization.yaml")).map(folderOf);
for (let i = 0; i < Number(process.argv[2] ?? 1); i++) {
  const t1 = performance.now();
  const c1 = process.cpuUsage();
  const render = kustomizeRenderer2(files2, { tables, listing: { ...listing, skipped: loaded2.skipped } });
  const t2 = performance.now();
  let n = 0, e = 0, p = 0;
  const roots = folders.filter((f) => !f.endsWith("/base"));
  for (const f of roots) {
    const r = render(f);
    n += r.objects.length;
    e += r.errors.length;
    p += r.partial.length;
    if (r.errors.length && e < 3) console.log(f, r.errors[0]);
  }
  console.log("cpu", process.cpuUsage(c1).user / 1e3, "setup", t2 - t1, "render", performance.now() - t2, { roots: roots.length, n, e, p });
}
