import { UserError } from "../user-error.ts";

/** A value of YAML as preprocess.yaml uses it: text, lists and mappings. */
export type Yaml = string | Yaml[] | Map<string, Yaml>;

interface Line {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

/**
 * The part of YAML that declarations need: mappings in blocks and in braces, lists in blocks and in
 * brackets, plain and quoted words, comments. Anything else is refused, never guessed.
 */
export function parseYaml(text: string): Map<string, Yaml> {
  const parser = new BlockParser(linesOf(text));
  return parser.document();
}

export function yamlError(line: number, problem: string): UserError {
  return new UserError("preprocess", { problem: `line ${line}: ${problem}` });
}

function linesOf(text: string): Line[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .map((raw, i) => ({
      number: i + 1,
      indent: raw.length - raw.trimStart().length,
      text: withoutComment(raw).trim(),
    }))
    .filter((line) => line.text !== "" && !(line.text === "---" && line.indent === 0));
}

function withoutComment(raw: string): string {
  let quote = "";
  for (let i = 0; i < raw.length; i++) {
    if (quote !== "") {
      quote = raw[i] === quote ? "" : quote;
    } else if (raw[i] === "#" && (i === 0 || /\s/.test(raw[i - 1]))) {
      return raw.slice(0, i);
    } else if (/["']/.test(raw[i]) && /(^|[\s:,[{])$/.test(raw.slice(0, i))) {
      quote = raw[i];
    }
  }
  return raw;
}

class BlockParser {
  private next = 0;

  constructor(private readonly lines: readonly Line[]) {}

  document(): Map<string, Yaml> {
    const first = this.lines[0];
    if (first === undefined) {
      throw yamlError(1, "expected 'key: value' lines, such as 'version: 1'");
    }
    const mapping = first.text.startsWith("{")
      ? this.flow(this.lines[this.next++])
      : this.mapping(first.indent);
    if (this.next < this.lines.length || !(mapping instanceof Map)) {
      const line = this.lines[this.next] ?? first;
      throw yamlError(line.number, "expected 'key: value' lines, all at one indentation");
    }
    return mapping;
  }

  private mapping(indent: number): Map<string, Yaml> {
    const mapping = new Map<string, Yaml>();
    for (let line = this.lines[this.next]; line?.indent === indent; line = this.lines[this.next]) {
      const found = /^([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*:(?:\s+(.*))?$/.exec(line.text);
      if (found === null) {
        throw yamlError(line.number, `'${line.text.slice(0, 40)}' is not 'key: value'`);
      }
      const key = unquote(found[1], line.number);
      if (mapping.has(key)) {
        throw yamlError(line.number, `key '${key}' is there twice`);
      }
      this.next++;
      mapping.set(key, found[2] === undefined ? this.nested(line) : this.inline(found[2], line));
    }
    return mapping;
  }

  private nested(parent: Line): Yaml {
    const line = this.lines[this.next];
    if (line !== undefined && line.text.startsWith("- ") && line.indent >= parent.indent) {
      return this.list(line.indent);
    }
    if (line !== undefined && line.indent > parent.indent) {
      return this.mapping(line.indent);
    }
    throw yamlError(parent.number, "a key without a value");
  }

  private list(indent: number): Yaml[] {
    const list: Yaml[] = [];
    for (
      let line = this.lines[this.next];
      line?.indent === indent && line.text.startsWith("- ");
      line = this.lines[this.next]
    ) {
      this.next++;
      list.push(this.inline(line.text.slice(2).trim(), line));
    }
    return list;
  }

  private inline(text: string, line: Line): Yaml {
    return /^[[{]/.test(text) ? this.flow({ ...line, text }) : scalar(text, line.number);
  }

  /** A value in brackets or braces, which may go on over the next lines. */
  private flow(line: Line): Yaml {
    let text = line.text;
    while (!balanced(text) && this.next < this.lines.length) {
      text += ` ${this.lines[this.next++].text}`;
    }
    const parser = new FlowParser(text, line.number);
    return parser.whole();
  }
}

function balanced(text: string): boolean {
  const plain = text.replace(/"[^"]*"|'[^']*'/g, "");
  return (plain.match(/[[{]/g) ?? []).length === (plain.match(/[\]}]/g) ?? []).length;
}

class FlowParser {
  private readonly tokens: string[];
  private next = 0;

  constructor(
    text: string,
    private readonly line: number,
  ) {
    this.tokens = text.match(/"[^"]*"|'[^']*'|[[\]{},]|:(?=\s|$)|(?:[^\s[\]{},:"']|:(?!\s|$))+/g) ?? [];
  }

  whole(): Yaml {
    const value = this.value();
    if (this.next !== this.tokens.length) {
      throw yamlError(this.line, `'${this.tokens[this.next]}' after the end of a value`);
    }
    return value;
  }

  private value(): Yaml {
    const token = this.tokens[this.next++];
    if (token === "[") {
      const list: Yaml[] = [];
      this.items("]", () => list.push(this.value()));
      return list;
    }
    if (token === "{") {
      const mapping = new Map<string, Yaml>();
      this.items("}", () => this.entry(mapping));
      return mapping;
    }
    if (token === undefined || /^[\]},:]$/.test(token)) {
      throw yamlError(this.line, "a value is missing");
    }
    return scalar(token, this.line);
  }

  private entry(mapping: Map<string, Yaml>): void {
    const key = unquote(this.tokens[this.next++] ?? "", this.line);
    if (this.tokens[this.next++] !== ":" || mapping.has(key)) {
      throw yamlError(this.line, `'${key}' is not 'key: value', or is there twice`);
    }
    mapping.set(key, this.value());
  }

  private items(end: string, item: () => void): void {
    while (this.tokens[this.next] !== end) {
      item();
      if (this.tokens[this.next] !== end && this.tokens[this.next++] !== ",") {
        throw yamlError(this.line, `'${end}' is missing`);
      }
    }
    this.next++;
  }
}

function scalar(text: string, line: number): string {
  if (/^[&*!|>%@`]/.test(text)) {
    throw yamlError(line, "anchors, tags and blocks of text are not read; write it out");
  }
  return unquote(text, line);
}

function unquote(text: string, line: number): string {
  const quoted = /^"([^"\\]*)"$|^'([^']*)'$/.exec(text);
  if (quoted === null && /^["']/.test(text)) {
    throw yamlError(line, "escapes in quoted words are not read");
  }
  return quoted === null ? text : (quoted[1] ?? quoted[2] ?? "");
}
