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
