import { ByteSource } from "./byte-source.ts";
import { channelOf, colourOf } from "./jpeg-colour.ts";
import { BLOCK, type JpegComponent, type JpegFrame, readFrame } from "./jpeg-frame.ts";
import { JpegHuffman } from "./jpeg-huffman.ts";
import { JpegPlane } from "./jpeg-plane.ts";
import { JpegScan, type ScanPart, type Selection, ZIGZAG } from "./jpeg-scan.ts";
import type { Samples } from "./samples.ts";

const HUFFMAN_TABLES = 0xc4;
const START_OF_FRAME = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const QUANTIZATION_TABLES = 0xdb;
const RESTART_INTERVAL = 0xdd;
const APP0 = 0xe0;
const APP14 = 0xee;
const TABLES = 4;

/**
 * JPEG of 8 bits, sequential or progressive, with Huffman codes (ITU-T T.81), decoded here because
 * browsers apply colour profiles and differ among each other: the samples are the command line's.
 */
export function decodeJpeg(bytes: Uint8Array<ArrayBuffer>): Samples {
  return new JpegDecoder(bytes).decode();
}

class JpegDecoder {
  private readonly source: ByteSource;
  private readonly steps: Int32Array[] = [];
  private readonly dc: JpegHuffman[] = [];
  private readonly ac: JpegHuffman[] = [];
  private frame: JpegFrame | undefined;
  private restartInterval = 0;
  private jfif = false;
  private adobe: number | undefined;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.source = new ByteSource(bytes);
    this.source.little = false;
  }

  decode(): Samples {
    if (this.source.jpegMarker() !== START_OF_IMAGE) {
      throw this.source.error("not a JPEG file");
    }
    for (let marker = this.source.jpegMarker(); marker !== END_OF_IMAGE; ) {
      if (marker < 0xc0 || (marker >= 0xd0 && marker <= START_OF_IMAGE)) {
        throw this.source.error("an unexpected JPEG marker: the file is damaged");
      }
      const length = this.source.u16("the length of a JPEG segment");
      const segment = this.source.slice(length - 2, "a JPEG segment");
      if (marker === START_OF_SCAN) {
        marker = this.readScan(segment);
      } else {
        this.readSegment(marker, segment);
        marker = this.source.jpegMarker();
      }
    }
    return this.picture();
  }

  private readSegment(marker: number, segment: ByteSource): void {
    if (START_OF_FRAME.has(marker)) {
      if (this.frame !== undefined) {
        throw segment.error("a JPEG of several frames is not read; save it as PNG");
      }
      this.frame = readFrame(marker, segment);
    } else if (marker === APP0) {
      this.jfif ||= segment.remaining() >= 14 && startsWith(segment, "JFIF\0");
    } else if (marker === APP14 && segment.remaining() >= 12 && startsWith(segment, "Adobe")) {
      segment.skip(6, "the Adobe segment");
      this.adobe = segment.u8("the Adobe segment");
    } else if (marker === HUFFMAN_TABLES) {
      while (segment.remaining() > 0) {
        const place = segment.u8("a Huffman table");
        const index = tableIndex(segment, place & 15);
        (place >> 4 === 0 ? this.dc : this.ac)[index] = new JpegHuffman(segment);
      }
    } else if (marker === QUANTIZATION_TABLES) {
      this.readQuantizationTables(segment);
    } else if (marker === RESTART_INTERVAL) {
      this.restartInterval = segment.u16("the JPEG restart interval");
    }
  }

  private readQuantizationTables(segment: ByteSource): void {
    while (segment.remaining() > 0) {
      const place = segment.u8("a quantization table");
      const table = new Int32Array(BLOCK);
      for (const at of ZIGZAG) {
        table[at] =
          place >> 4 === 0 ? segment.u8("a quantization table") : segment.u16("a quantization table");
      }
      this.steps[tableIndex(segment, place & 15)] = table;
    }
  }

  private readScan(segment: ByteSource): number {
    const frame = this.knownFrame();
    const count = segment.u8("a JPEG scan");
    const parts = Array.from({ length: count }, () => this.readPart(segment, frame));
    const first = segment.u8("a JPEG scan");
    const last = segment.u8("a JPEG scan");
    const position = segment.u8("a JPEG scan");
    const selection: Selection = frame.progressive
      ? { first, last, refined: position >> 4, shift: position & 15 }
      : { first: 0, last: 63, refined: 0, shift: 0 };
    const band = selection.first > 0;
    if (
      count < 1 ||
      new Set(parts.map(({ component }) => component)).size !== count ||
      selection.first > selection.last ||
      selection.last > 63 ||
      selection.shift > 13 ||
      (band && count !== 1) ||
      (frame.progressive && !band && selection.last > 0)
    ) {
      throw segment.error("a JPEG scan makes no sense: the file is damaged");
    }
    return new JpegScan(this.source, frame, parts, selection).read(this.restartInterval);
  }

  private readPart(segment: ByteSource, frame: JpegFrame): ScanPart {
    const id = segment.u8("a JPEG scan");
    const tables = segment.u8("a JPEG scan");
    const component = frame.components.find((each) => each.id === id);
    if (component === undefined) {
      throw segment.error("a JPEG scan names a component that is missing: the file is damaged");
    }
    component.steps ??= this.steps[tableIndex(segment, component.quantizer)];
    const dc = this.dc[tableIndex(segment, tables >> 4)];
    return { component, dc, ac: this.ac[tableIndex(segment, tables & 15)] };
  }

  private knownFrame(): JpegFrame {
    if (this.frame === undefined) {
      throw this.source.error("the JPEG has no frame: the file is damaged");
    }
    return this.frame;
  }

  private picture(): Samples {
    const frame = this.knownFrame();
    const { width, height } = frame;
    const colour = colourOf(frame, this.jfif, this.adobe);
    const planes = frame.components.map((component) => this.plane(frame, component));
    const rows = planes.map(() => new Uint8Array(width));
    const channels = colour === "gray" ? 1 : 3;
    const values = new Float64Array(height * width * channels);
    let target = 0;
    for (let y = 0; y < height; y++) {
      planes.forEach((plane, i) => plane.readRow(y, rows[i]));
      for (let x = 0; x < width; x++) {
        for (let channel = 0; channel < channels; channel++) {
          values[target++] = channelOf(colour, rows, x, channel);
        }
      }
    }
    return { kind: "image", shape: [height, width, channels], values };
  }

  private plane(frame: JpegFrame, component: JpegComponent): JpegPlane {
    if (component.steps === undefined) {
      throw this.source.error("a JPEG component or its table is missing: the file is damaged");
    }
    return new JpegPlane(frame, component, component.steps);
  }
}

function startsWith(segment: ByteSource, prefix: string): boolean {
  return segment.ascii(prefix.length, "a JPEG segment") === prefix;
}

function tableIndex(segment: ByteSource, index: number): number {
  if (index >= TABLES) {
    throw segment.error(`a JPEG table has the number ${index}: the file is damaged`);
  }
  return index;
}
