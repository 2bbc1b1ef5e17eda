/**
 * From the end of the keyword to the value: the rest of the key, then `:`, `=` and the like, or the entry after the one
 * that has the key for its value, as in `name: KEY` and `value: …`, in the syntax of YAML, JSON, HCL, shell and dotenv.
 */
export const assignment =
  /(?<rest>[\w.-]{0,40})\\?["']?(?:[ \t]{0,20}(?::=|=>|[:=])[ \t]{0,20}|[,;]?\s{1,60}\\?["']?value\\?["']?[ \t]{0,20}[:=][ \t]{0,20})(?:[|>][+-]?\s{1,60})?\\?["']?/y;
