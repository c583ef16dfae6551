import type { Step } from "../session/protocol.ts";
import type { Meaning } from "../session/ranking.ts";
import type { Trouble } from "../user-error.ts";

/** All English of the page. A translation is a copy of this file. */

type Details = Readonly<Record<string, string>>;

export const texts = {
  title: "maskwire",
  tagline: "The network never sees your image. You never see the network.",
  warning: "Research-grade and not audited: not for patient data.",
  skip: "Skip to the image",

  model: "Model",
  modelNone: "No model is published yet. The owner of a model publishes one with “maskwire publish”.",
  modelLoading: "Looking for models …",
  modelDetails: "What it costs, and how it is built",
  input: "Input",
  classes: (count: number) => (count === 1 ? "1 class" : `${count} classes`),
  published: "Published",
  version: "Version",
  rounds: "Rounds between the parties",
  keys: "Key material for one session",
  messages: "Messages between the parties",
  operators: "Operators in order",
  classNames: "Classes",

  image: "Image",
  choose: "Choose an image",
  drop: "or drop it here",
  endings: ".png .jpg .npy .nii .nii.gz .dcm",
  reading: "Reading …",
  yours: "In this browser",
  yoursNote: (file: string) => file,
  leaving: "What leaves this machine",
  leavingNote: "Leading 8 bits of every masked value",
  leavingEmpty: "Appears when the image is masked.",
  histogramOf: (what: string) => `Histogram of the values: ${what}`,
  histogramImage: "the image",
  histogramMasked: "the masked image, as even as noise",
  plane: { x: "Sagittal (x)", y: "Coronal (y)", z: "Axial (z)" },
  voxel: (value: string) => `Value at the crosshair ${value}`,
  windowCenter: "Window centre",
  windowWidth: "Window width",
  windowNote: "For looking only: the model takes the declared window, else that of the file.",
  pictureOf: (file: string) => `Preview of ${file}`,
  maskedPicture: "The masked image: noise",
  sliceOf: (plane: string) => `${plane} slice`,

  run: "Analyse privately",
  runNote: "One click does all four steps. What leaves this browser is masked and sealed.",
  steps: "Steps",
  stepNames: ["Choose image", "Receive masks", "Encrypt", "Infer"] as const,
  stepNotes: [
    "The image is read and prepared in this browser. Nobody else has it.",
    "The dealer sends random numbers for this one session. It learns which model and when, never the image.",
    "The masks are added to the image, and the sum is sealed for the two parties. What leaves is noise.",
    "Two parties compute on masked numbers. Neither sees the image, anything in between, or the result.",
  ] as const,
  stepStates: { todo: "to do", active: "under way", done: "done", failed: "failed" },
  chosen: (file: string, size: string) => `${file}, ${size}`,
  received: (size: string) => `${size} received`,
  masked: (size: string) => `${size} masked`,
  uploading: (size: string) => `sending ${size}`,
  roundOf: (round: number, rounds: number) => `round ${round} of ${rounds}`,
  roundProgress: "Rounds",
  unmasking: "removing the mask",
  elapsed: (seconds: string) => `${seconds} s`,
  waiting: {
    "stock-empty": "Keys are being prepared; the session starts by itself.",
    connection: "The connection is lost; the session goes on by itself when it is back.",
  } as Partial<Record<Trouble, string>>,
  resumed: "This session was under way when the page was reloaded. It goes on; the image itself is not stored and cannot be shown.",

  result: "Result",
  resultNote: "Only this browser removed the mask from the result.",
  meanings: {
    index: "The network names one class.",
    "log-probability": "Bars: probability. Numbers: its logarithm, as the network gives it.",
    probability: "Bars and numbers: probability, as the network gives it.",
    score: "Numbers: the network's score. Bars: softmax of the scores.",
  } satisfies Record<Meaning, string>,
  allClasses: (count: number) => `All ${count} classes`,
  facts: { time: "Time", sent: "Sent, masked and sealed", received: "Received", rounds: "Rounds", session: "Session" },
  download: "Download as JSON",
  print: "Print",

  history: "This browser's sessions",
  historyNote: "Kept in this browser only: no image, no file name.",
  historyEmpty: "None yet.",
  historyClear: "Clear",
  historyColumns: ["When", "Model", "Result", "Time"] as const,

  footer: "Image, masks and result stay in this browser. Server and parties get sealed, masked numbers.",
  api: "Interface description",
  operations: "Operations",
  ownersConsole: "For owners of models",

  troubleTitle: "That did not work",
  troubles: {
    "bad-file": (d) => `The file cannot be used: ${d["problem"]}. Choose another file, or export it again.`,
    connection: () => "There was no answer for two minutes. Reload the page: a session that is under way goes on by itself.",
    damaged: (d) => `Something that was received is not right (${d["problem"]}). Nothing was revealed. Try again; if it happens again, tell the operator.`,
    ended: () => "The session has expired: it was given up before it was complete. Analyse again; a new session takes new keys.",
    "insecure-context": () => "Browsers allow encryption on secure pages only. Open this page with https, or on the machine itself as 127.0.0.1.",
    misfit: (d) => `The file holds ${d["file"]}; this model takes ${d["model"]}. Choose a file of that shape, or another model.`,
    "no-model": () => "This model is not published any more. Reload the page to see what is.",
    "not-revealed": () => "The owner of this model keeps its results: they are not revealed to users.",
    "other-input": () => "This session already has another image. Keys serve one image only: analyse again for a new session.",
    "out-of-range": (d) => `Value ${d["value"]} is beyond what this model was compiled for (up to ${d["bound"]}). Check that the image is scaled as the model expects.`,
    preprocess: (d) => `The model's preprocessing cannot be followed here: ${d["problem"]}. Use the command line, or tell the model's owner.`,
    refused: (d) => `The gateway refused: ${d["message"] || d["status"]}. Try again, or tell the operator.`,
    "stock-empty": () => "No keys are in stock, and none came in two minutes. Try again later, or ask the operator to raise the stock.",
    "unsupported-file": (d) => `Files of this kind are not read. Choose one of ${d["endings"]}.`,
  } satisfies Record<Trouble, (details: Details) => string>,
};

/** Which of the four steps a worker's step belongs to. */
export const stepIndex: Record<Step, number> = { masks: 1, encrypt: 2, infer: 3, unmask: 3 };
