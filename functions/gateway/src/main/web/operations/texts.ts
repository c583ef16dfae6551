/** All English of the operator's page. A translation is a copy of this file. */

export type State = "up" | "degraded" | "down";

export const texts = {
  title: "maskwire operations",
  tagline: "Is everything running, and are keys in stock?",
  skip: "Skip to the functions",
  loading: "Loading …",

  functions: "Functions",
  functionsNote: "Asked by the gateway, every five seconds while this page is seen.",
  functionsNone: "The gateway knows no function: set maskwire.gateway.functions.NAME to addresses.",
  functionColumns: ["Function", "State", "Answered in", "Failed checks", "Refused since its start"] as const,
  states: { up: "up", degraded: "degraded", down: "down" } satisfies Record<State, string>,
  millis: (count: number) => `${count} ms`,
  noAnswer: "no answer",
  none: "–",
  refusals: (counts: readonly [string, number][]) =>
    counts.map(([reason, count]) => `${count} × ${reason}`).join(", "),
  summary: (up: number, all: number) => (up === all ? `All ${all} functions are up` : `${up} of ${all} functions are up`),

  stock: "Stock",
  stockNote: "Sessions that users can open at once. The dealer refills it.",
  stockNone: "No model is published.",
  stockColumns: ["Model", "Version", "Ready", "Configured"] as const,

  troubleTitle: "That did not work",
  connection: "The gateway does not answer. The page goes on asking.",

  footer: "Names, numbers and times alone: no image, no result, no key.",
  page: "To the inference page",
  api: "Interface description",
};
