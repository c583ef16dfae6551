type Child = Node | string;
type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element with attributes (true: present, false: absent) and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children);
  return made;
}

/** An element of a drawing. */
export function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: Child[]
): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** The element of the page with this id. */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) {
    throw new Error(`the page has no ${type.name} ${id}`);
  }
  return found;
}

/** Terms and their descriptions. */
export function facts(rows: readonly (readonly [string, string])[]): HTMLDListElement {
  return element(
    "dl",
    { class: "facts" },
    ...rows.map(([term, value]) =>
      element("div", {}, element("dt", {}, term), element("dd", {}, value)),
    ),
  );
}

/** A table that scrolls sideways where it must. */
export function table(
  label: string,
  columns: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  const head = columns.map((column) => element("th", { scope: "col" }, column));
  const body = rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell))));
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": label },
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...body),
    ),
  );
}

/** Something to read: `bad` if it did not work, `wait` if it passes by itself. */
export function message(kind: "bad" | "wait", title: string, ...text: string[]): HTMLElement {
  const paragraphs = text.map((line) => element("p", {}, line));
  return element("div", { class: `message ${kind}` }, element("strong", {}, title), ...paragraphs);
}

/** Draws again only what differs, so that nobody loses his place. */
export function whenChanged<T>(draw: (value: T) => void): (value: T) => void {
  let last: string | undefined;
  return (value) => {
    const next = JSON.stringify(value);
    if (next !== last) {
      last = next;
      draw(value);
    }
  };
}

let nextId = 0;

/** A range with its label; `changed` hears its value. */
export function slider(
  label: string,
  [low, high, step]: readonly [number, number, number],
  value: number,
  changed: (value: number) => void,
): { root: HTMLElement; set: (value: number) => void } {
  const id = `slider-${nextId++}`;
  const input = element("input", { type: "range", id, min: low, max: high, step, value });
  const output = element("output", { for: id }, String(value));
  const set = (next: number): void => {
    input.value = String(next);
    output.textContent = input.value;
  };
  input.addEventListener("input", () => {
    output.textContent = input.value;
    changed(Number(input.value));
  });
  const root = element("div", { class: "slider" }, element("label", { for: id }, label), input, output);
  return { root, set };
}
