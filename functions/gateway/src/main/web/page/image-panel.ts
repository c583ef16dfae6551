import { applyWindow, type VoiWindow } from "../input/dicom-window.ts";
import type { GrayImage } from "../input/dicom.ts";
import type { MaskedView, View } from "../session/protocol.ts";
import { byId, element, slider } from "shared/dom.ts";
import { histogram } from "./histogram.ts";
import { paint, pictureCanvas, pictureOf } from "./picture.ts";
import { number } from "shared/quantities.ts";
import { texts } from "./texts.ts";
import { VolumeView } from "./volume.ts";

/** The image beside what leaves the machine. */
export class ImagePanel {
  private readonly yours = byId("yours", HTMLElement);
  private readonly leaving = byId("leaving", HTMLElement);
  private masked: VolumeView | undefined;
  private viewer: VolumeView | undefined;

  clear(): void {
    byId("views", HTMLElement).hidden = true;
    this.masked = undefined;
  }

  showImage(file: string, view: View): void {
    const views = byId("views", HTMLElement);
    views.hidden = false;
    views.dataset["kind"] = view.kind;
    byId("yours-note", HTMLElement).textContent = texts.yoursNote(file);
    this.viewer = undefined;
    this.yours.replaceChildren(
      ...view.doubts.map(({ doubt, details }) =>
        element("p", { class: "message wait", "data-doubt": doubt }, texts.doubts[doubt](details)),
      ),
      ...this.drawing(file, view),
      histogram(view.gray, texts.histogramImage),
    );
    this.masked = undefined;
    const note = element("p", { class: "empty" }, texts.leavingEmpty);
    this.leaving.replaceChildren(note);
  }

  showMasked({ shape, gray }: MaskedView): void {
    byId("views", HTMLElement).hidden = false;
    const channels = shape[0] === 3 || shape[2] === 3;
    const isVolume = shape.length === 3 && !channels;
    if (isVolume) {
      this.masked = new VolumeView(shape, gray);
      this.follow();
    }
    const drawing = this.masked?.root ?? pictureCanvas(pictureOf(shape, gray), texts.maskedPicture);
    this.leaving.replaceChildren(drawing, histogram(gray, texts.histogramMasked));
  }

  private drawing(file: string, view: View): Node[] {
    if (view.kind === "volume") {
      return this.volume(view);
    }
    if (view.dicom !== undefined) {
      return windowed(file, view.dicom);
    }
    const { shape, gray } = view;
    const sides = view.kind === "image" && shape[2] === 1 ? shape.slice(0, 2) : shape;
    return [pictureCanvas(pictureOf(sides, gray), texts.pictureOf(file))];
  }

  private volume({ shape, gray, range: [low, high] }: View): Node[] {
    const value = element("p", { class: "voxel" });
    const viewer = new VolumeView(shape, gray, (cursor) => {
      value.textContent = describe(cursor);
      this.follow();
    });
    const describe = (cursor: readonly [number, number, number]): string =>
      `${texts.voxel(`(${cursor.join(", ")})`)}: ${number(low + (viewer.at(cursor) / 255) * (high - low))}`;
    value.textContent = describe(viewer.position());
    this.viewer = viewer;
    return [viewer.root, value];
  }

  /** Shows the masked volume at the image's crosshair, where both have the same axes. */
  private follow(): void {
    const { masked, viewer } = this;
    if (masked !== undefined && viewer?.shape.every((side, i) => side === masked.shape[i])) {
      masked.moveTo(viewer.position());
    }
  }
}

/** A gray DICOM image with sliders for its window. */
function windowed(file: string, image: GrayImage): Node[] {
  const { slope, intercept } = image.rescale;
  const ends = image.range.map((end) => end * slope + intercept);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  let window: VoiWindow =
    typeof image.window === "object"
      ? image.window
      : { center: (low + high) / 2, width: Math.max(high - low, 1), voi: "LINEAR" };
  const size = { width: image.columns, height: image.rows, channels: 1 };
  const samples = () => {
    const values = image.values.slice();
    applyWindow(values, { ...image, window });
    return Uint8ClampedArray.from(values);
  };
  const canvas = pictureCanvas({ ...size, samples: samples() }, texts.pictureOf(file));
  const redraw = (): void => paint(canvas, { ...size, samples: samples() });
  const centers = slider(texts.windowCenter, [low, high, 1], window.center, (center) => {
    window = { ...window, center };
    redraw();
  });
  const widths = slider(texts.windowWidth, [1, Math.max(2, high - low), 1], window.width, (width) => {
    window = { ...window, width };
    redraw();
  });
  const note = element("p", { class: "note" }, texts.windowNote);
  return [canvas, centers.root, widths.root, note];
}
