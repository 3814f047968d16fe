import { isWellFormed } from './code-points.ts';
import { LIMITS } from './generated/tables.ts';

/**
 * Compiles an I-Regexp (RFC 9485) into a RegExp that matches whole texts.
 * Throws a SyntaxError that says what is not I-Regexp (spec clause VAL-52).
 */
export function compilePattern(pattern: string): RegExp {
  const reader = new PatternReader(pattern);
  const { source } = reader.alternatives();
  reader.end();
  return new RegExp(`^(?:${source})$`, 'u');
}

/** JavaScript source, and how often its most repeated part may have to be written out. */
interface Part {
  source: string;
  repeats: number;
}

const CATEGORY = /^(?:L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|Z[lps]?|S[ckmo]?|C[cfno]?)$/;
const ESCAPABLE = '()*+-.?[\\]^nrt{|}';
const NOT_NORMAL = '()*+.?[\\]{|}';
const TO_ESCAPE = '^$\\.*+?()[]{}|/';

/** A recursive descent over the grammar of RFC 9485, section 4; each method returns JavaScript source. */
class PatternReader {
  private readonly chars: string[];
  private at = 0;
  private depth = 0;

  constructor(pattern: string) {
    this.chars = Array.from(pattern);
    for (const char of this.chars) {
      if (!isWellFormed(char)) throw new SyntaxError('a lone surrogate in a pattern');
    }
  }

  end(): void {
    if (this.at < this.chars.length) throw this.unexpected();
  }

  alternatives(): Part {
    let { source, repeats } = this.branch();
    while (this.take('|')) {
      const branch = this.branch();
      source += `|${branch.source}`;
      repeats = Math.max(repeats, branch.repeats);
    }
    return { source, repeats };
  }

  private branch(): Part {
    let source = '';
    let repeats = 1;
    for (let char = this.peek(); char !== undefined && char !== '|' && char !== ')'; char = this.peek()) {
      const atom = this.atom();
      const quantifier = this.quantifier();
      const product = atom.repeats * quantifier.repeats;
      if (product > LIMITS.patternRepeat)
        throw new SyntaxError(`counts to more than ${LIMITS.patternRepeat}`);
      source += atom.source + quantifier.source;
      repeats = Math.max(repeats, product);
    }
    return { source, repeats };
  }

  private atom(): Part {
    const char = this.next();
    if (char === '(') return this.group();
    if (char === '.') return { source: '[^\\n\\r]', repeats: 1 };
    if (char === '[') return { source: this.charClass(), repeats: 1 };
    if (char === '\\') return { source: this.escape(), repeats: 1 };
    if (NOT_NORMAL.includes(char)) throw this.unexpected(char);
    return { source: literal(char), repeats: 1 };
  }

  private group(): Part {
    if (++this.depth > LIMITS.jsonDepth) throw new SyntaxError('groups nested too deep');
    const { source, repeats } = this.alternatives();
    if (!this.take(')')) throw new SyntaxError('a group has no end');
    this.depth--;
    return { source: `(?:${source})`, repeats };
  }

  private quantifier(): Part {
    const char = this.peek();
    if (char === '*' || char === '+' || char === '?') return { source: this.next(), repeats: 1 };
    if (!this.take('{')) return { source: '', repeats: 1 };
    const least = this.count();
    if (this.take('}')) return { source: `{${least}}`, repeats: least };
    if (!this.take(',')) throw this.unexpected();
    if (this.take('}')) return { source: `{${least},}`, repeats: least };
    const most = this.count();
    if (!this.take('}')) throw this.unexpected();
    if (most < least) throw new SyntaxError(`{${least},${most}} counts down`);
    return { source: `{${least},${most}}`, repeats: most };
  }

  private count(): number {
    let digits = '';
    for (let char = this.peek(); char !== undefined && char >= '0' && char <= '9'; char = this.peek()) {
      digits += this.next();
    }
    if (digits === '') throw this.unexpected();
    return Number(digits);
  }

  private escape(): string {
    const char = this.next();
    if (char === 'p' || char === 'P') return this.category(char);
    if (!ESCAPABLE.includes(char)) throw new SyntaxError(`\\${char} is not I-Regexp (RFC 9485)`);
    return 'nrt'.includes(char) ? `\\${char}` : literal(char);
  }

  private category(letter: string): string {
    if (!this.take('{')) throw this.unexpected();
    let name = '';
    while (this.peek() !== '}') name += this.next();
    this.next();
    if (!CATEGORY.test(name)) throw new SyntaxError(`\\${letter}{${name}} is not a general category`);
    return `\\${letter}{${name}}`;
  }

  private charClass(): string {
    let source = this.take('^') ? '[^' : '[';
    const start = source.length;
    if (this.take('-')) source += '\\-';
    while (!this.take(']')) {
      if (this.peek() === '-' && this.chars[this.at + 1] === ']') {
        this.next();
        source += '\\-';
      } else source += this.classItem();
    }
    if (source.length === start) throw new SyntaxError('a character class is empty');
    return `${source}]`;
  }

  private classItem(): string {
    if (this.peek() === '\\' && /^[pP]$/.test(this.chars[this.at + 1] ?? '')) {
      this.next();
      return this.escape();
    }
    const first = this.classChar();
    if (this.peek() !== '-' || this.chars[this.at + 1] === ']') return first.source;
    this.next();
    const last = this.classChar();
    if (last.code < first.code) throw new SyntaxError('a range counts down');
    return `${first.source}-${last.source}`;
  }

  private classChar(): { source: string; code: number } {
    const char = this.next();
    if (char === '-' || char === '[' || char === ']') throw this.unexpected(char);
    if (char !== '\\') return { source: classLiteral(char), code: codeOf(char) };
    const escaped = this.next();
    if (!ESCAPABLE.includes(escaped)) throw new SyntaxError(`\\${escaped} is not I-Regexp (RFC 9485)`);
    const control = { n: '\n', r: '\r', t: '\t' }[escaped];
    const meant = control ?? escaped;
    return {
      source: control === undefined ? classLiteral(meant) : `\\${escaped}`,
      code: codeOf(meant),
    };
  }

  private peek(): string | undefined {
    return this.chars[this.at];
  }

  private next(): string {
    const char = this.chars[this.at];
    if (char === undefined) throw new SyntaxError('the pattern ends too early');
    this.at++;
    return char;
  }

  private take(char: string): boolean {
    if (this.chars[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private unexpected(char = this.peek()): SyntaxError {
    return new SyntaxError(
      char === undefined ? 'the pattern ends too early' : `${char} at ${this.at} is not I-Regexp (RFC 9485)`,
    );
  }
}

function literal(char: string): string {
  return TO_ESCAPE.includes(char) ? `\\${char}` : char;
}

function codeOf(char: string): number {
  return char.codePointAt(0) as number;
}

function classLiteral(char: string): string {
  return char === '-' ? '\\-' : literal(char);
}
