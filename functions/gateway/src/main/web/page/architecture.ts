import { element, svg } from "shared/dom.ts";
import { texts } from "./texts.ts";

/** What a manifest says of the network as its owner built it. */
export interface Drawn {
  readonly inputs: readonly { readonly shape: readonly number[] }[];
  readonly outputs: readonly { readonly shape: readonly number[] }[];
  readonly architecture?: {
    readonly inputs: readonly string[];
    /** `from` counts the inputs first, then the nodes. */
    readonly nodes: readonly {
      readonly operator: string;
      readonly shape?: string;
      readonly from: readonly number[];
      readonly parameters: readonly (readonly number[])[];
    }[];
  };
}

/** A box of the graph. */
interface Box {
  readonly title: string;
  readonly shape: string;
  readonly weights: string;
  readonly from: readonly number[];
}

/** A box with its place: rows count from the top, lanes from the left. */
interface Placed extends Box {
  readonly row: number;
  readonly lane: number;
}

const WIDTH = 264;
const HEIGHT = 44;
const LANE = WIDTH + 24;
const ROW = HEIGHT + 20;
/** Between connections that pass by boxes, at the right of them. */
const BYPASS = 10;
const CORNER = 6;

/** The network from top to bottom as a picture, with a list of it for those who do not see it. */
export function drawArchitecture(model: string, manifest: Drawn): HTMLElement {
  const boxes = place(boxesOf(manifest));
  const lanes = 1 + Math.max(...boxes.map(({ lane }) => lane));
  const rows = 1 + Math.max(...boxes.map(({ row }) => row));
  const bypasses = boxes.flatMap((box) => box.from.filter((from) => passes(boxes[from], box)));
  const width = lanes * LANE - (LANE - WIDTH) + 2 + BYPASS * bypasses.length;
  const height = rows * ROW - (ROW - HEIGHT) + 2;
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": texts.architectureOf(model) },
    svg("desc", {}, texts.architectureShape(boxes.length)),
    ...connections(boxes),
    ...boxes.map(drawBox),
  );
  const scroll = { class: "architecture", tabindex: 0, role: "region", "aria-label": texts.architecture };
  return element("div", scroll, picture, listOf(boxes));
}

/** Inputs, operators, and a result for each output. */
function boxesOf({ inputs, outputs, architecture }: Drawn): Box[] {
  const { inputs: names, nodes } = architecture!;
  const boxes = names.map((_, i): Box => {
    return { title: texts.input, shape: valueShape(inputs[i].shape), weights: "", from: [] };
  });
  for (const { operator, shape = "", from, parameters } of nodes) {
    const weights = parameters.filter((one) => one.length > 0).map(sides)[0];
    boxes.push({
      title: operator,
      shape: valueShape((shape.match(/\d+/g) ?? []).map(Number)),
      weights: weights === undefined ? "" : texts.weights(weights),
      from: [...new Set(from)],
    });
  }
  const read = new Set(boxes.flatMap(({ from }) => from));
  const last = boxes.map((_, i) => i).filter((i) => !read.has(i));
  const shape = outputs.map((output) => valueShape(output.shape)).join(", ");
  return [...boxes, { title: texts.graphResult, shape, weights: "", from: last }];
}

/** A value's shape without the leading 1 of a batch of one. */
function valueShape(shape: readonly number[]): string {
  return sides(shape.length > 1 && shape[0] === 1 ? shape.slice(1) : shape);
}

function sides(shape: readonly number[]): string {
  return shape.map((side) => side.toLocaleString("en-GB")).join(" × ");
}

/** Each box below all that feed it, beside others of its row. */
function place(boxes: readonly Box[]): Placed[] {
  const placed: Placed[] = [];
  const used: number[] = [];
  for (const box of boxes) {
    const row = 1 + Math.max(-1, ...box.from.map((from) => placed[from].row));
    const lane = used[row] ?? 0;
    used[row] = lane + 1;
    placed.push({ ...box, row, lane });
  }
  return placed;
}

function passes(from: Placed, to: Placed): boolean {
  return to.row - from.row > 1;
}

function connections(boxes: readonly Placed[]): Node[] {
  let passed = 0;
  return boxes.flatMap((to) =>
    to.from.map((i) => {
      const from = boxes[i];
      const d = passes(from, to) ? around(boxes, from, to, ++passed) : down(from, to);
      return svg("path", { class: "connection", d });
    }),
  );
}

/** To the next row. */
function down(from: Placed, to: Placed): string {
  const [x0, y0] = [from.lane * LANE + 1 + WIDTH / 2, from.row * ROW + 1 + HEIGHT];
  const [x1, y1] = [to.lane * LANE + 1 + WIDTH / 2, to.row * ROW + 1];
  const middle = (y0 + y1) / 2;
  return `M${x0} ${y0}C${x0} ${middle} ${x1} ${middle} ${x1} ${y1}`;
}

/** Past the rows between, at the right of all boxes there. */
function around(boxes: readonly Placed[], from: Placed, to: Placed, passed: number): string {
  const beside = boxes.filter(({ row }) => row >= from.row && row <= to.row);
  const right = Math.max(...beside.map(({ lane }) => lane)) * LANE + 1 + WIDTH;
  const x = right + BYPASS * passed;
  const [x0, y0] = [from.lane * LANE + 1 + WIDTH, from.row * ROW + 1 + HEIGHT / 2];
  const [x1, y1] = [to.lane * LANE + 1 + WIDTH, to.row * ROW + 1 + HEIGHT / 2];
  return (
    `M${x0} ${y0}H${x - CORNER}Q${x} ${y0} ${x} ${y0 + CORNER}` +
    `V${y1 - CORNER}Q${x} ${y1} ${x - CORNER} ${y1}H${x1}`
  );
}

function drawBox({ title, shape, weights, row, lane }: Placed): Node {
  const [x, y] = [lane * LANE + 1, row * ROW + 1];
  const kind = weights === "" ? "box" : "box weighted";
  const parts = [
    svg("rect", { x, y, width: WIDTH, height: HEIGHT, rx: 8 }),
    svg("text", { class: "operator", x: x + 12, y: y + (weights === "" ? 27 : 19) }, title),
    svg("text", { class: "shape", x: x + WIDTH - 12, y: y + (weights === "" ? 27 : 19) }, shape),
  ];
  if (weights !== "") {
    parts.push(svg("text", { class: "weights", x: x + 12, y: y + 35 }, weights));
  }
  return svg("g", { class: kind }, ...parts);
}

function listOf(boxes: readonly Box[]): HTMLElement {
  const items = boxes
    .filter(({ from }) => from.length > 0)
    .map(({ title, shape, weights, from }) => {
      const sources = from.map((i) => boxes[i].title).join(", ");
      const named = weights === "" ? title : `${title}, ${weights}`;
      return element("li", {}, texts.layer(named, shape, sources));
    });
  return element("ol", { class: "hidden" }, ...items);
}
