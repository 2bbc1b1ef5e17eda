/** How the credentials of one provider look. */
export interface TokenPattern {
  readonly id: string;
  /** With its article, as in `a GitHub token`. */
  readonly name: string;
  /** Texts of which one stands in every such token or right before it, in ASCII. */
  readonly keywords: readonly string[];
  /** How many characters of the token stand before the keyword; two numbers where it may be more or fewer. */
  readonly before?: number | readonly [least: number, most: number];
  /**
   * The form says nothing alone: the keyword, in lower case or upper, is a word of the name of a key that is assigned
   * the token, such as `DD_API_KEY`, and the expression is the form of the whole value.
   */
  readonly isAssigned?: true;
  /**
   * The whole token, from where it begins, and linear in time: every repetition has an end. The group `value`, where
   * there is one, is the secret part; what comes before it only tells what it is.
   */
  readonly expression: RegExp;
  /** Judges what the expression matched; a text that looks made up was left out before. */
  readonly validate?: (value: string, surroundings: TokenSurroundings) => Verdict;
  /** One of them, with its random parts as `<alphabet:length>`; what is assigned has its key and `=` before it. */
  readonly example: string;
  /** Where the form is described, and when that was last looked at. */
  readonly source: string;
  readonly date: string;
}

/** Whether a text is a token that works. */
export type Verdict = 'certain' | 'no' | Doubt;

export interface Doubt {
  /** Why it may not work or may do no harm, as a clause. */
  readonly doubt: string;
  /** It certainly does no harm any more. */
  readonly isHarmless?: true;
}

/** What a validator may look at beside the token. */
export interface TokenSurroundings {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `YYYY-MM-DD` */
  readonly today: string;
}
