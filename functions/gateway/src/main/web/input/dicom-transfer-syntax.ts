const PREFIX = "1.2.840.10008.1.2";

/** How the elements of a file are written. */
export type Encoding = "big-endian" | "deflated" | "explicit" | "implicit" | "unknown";

/** What is known of a transfer syntax; `remedy` says why its pixels are refused and what reads them. */
export interface TransferSyntax {
  readonly name: string;
  readonly encoding: Encoding;
  readonly remedy?: string;
}

const EXPORT = "export it uncompressed (Explicit VR Little Endian)";
const UNKNOWN: TransferSyntax = {
  name: "of unknown name",
  encoding: "unknown",
  remedy: `is not read; ${EXPORT}`,
};

/** The rest of the number behind the prefix, the name (PS3.6 table A-1) and the tool for it. */
const COMPRESSED: readonly (readonly [string, string, string])[] = [
  [".4.50", "JPEG Baseline", "dcmdjpeg"],
  [".4.51", "JPEG Extended", "dcmdjpeg"],
  [".4.53", "JPEG Spectral Selection", "dcmdjpeg"],
  [".4.55", "JPEG Full Progression", "dcmdjpeg"],
  [".4.57", "JPEG Lossless", "dcmdjpeg"],
  [".4.70", "JPEG Lossless", "dcmdjpeg"],
  [".4.80", "JPEG-LS Lossless", "dcmdjpls"],
  [".4.81", "JPEG-LS Near-lossless", "dcmdjpls"],
  [".4.90", "JPEG 2000 Lossless", "gdcmconv --raw"],
  [".4.91", "JPEG 2000", "gdcmconv --raw"],
  [".4.201", "High-Throughput JPEG 2000", "dcm2dcm"],
  [".4.202", "High-Throughput JPEG 2000", "dcm2dcm"],
  [".4.203", "High-Throughput JPEG 2000", "dcm2dcm"],
  [".5", "RLE Lossless", "dcmdrle"],
];
const PROJECTS: Readonly<Record<string, string>> = { dcm2dcm: "dcm4che", "gdcmconv --raw": "GDCM" };

const SYNTAXES = new Map<string, TransferSyntax>([
  ["", { name: "Implicit VR Little Endian", encoding: "implicit" }],
  [".1", { name: "Explicit VR Little Endian", encoding: "explicit" }],
  [".1.99", { name: "Deflated Explicit VR Little Endian", encoding: "deflated" }],
  [".2", { name: "Explicit VR Big Endian", encoding: "big-endian" }],
  ...COMPRESSED.map(
    ([uid, name, tool]) =>
      [
        uid,
        refused(
          name,
          `is compressed; decompress it first: ${tool} IN.dcm OUT.dcm (${PROJECTS[tool] ?? "DCMTK"})`,
        ),
      ] as const,
  ),
  ...[".4.94", ".4.95", ".4.204", ".4.205"].map(
    (uid) => [uid, refused("JPIP", `leaves the pixels on a server; ${EXPORT}`)] as const,
  ),
  ...[".4.110", ".4.111", ".4.112"].map(
    (uid) => [uid, refused("JPEG XL", `is compressed; ${EXPORT}`)] as const,
  ),
]);

/** By number; one that is not known here is refused by what is said of it. */
export function transferSyntax(uid: string): TransferSyntax {
  if (!uid.startsWith(PREFIX)) {
    return UNKNOWN;
  }
  const rest = uid.slice(PREFIX.length);
  const video = /^\.4\.(10[0-8])(\.1)?$/.exec(rest);
  if (video !== null) {
    const kind = Number(video[1]);
    const name = kind < 102 ? "MPEG-2" : kind < 107 ? "MPEG-4 AVC" : "HEVC";
    return refused(name, "is a video; export one picture of it as PNG");
  }
  return SYNTAXES.get(rest) ?? UNKNOWN;
}

/** Elements before compressed pixels are always explicit (PS3.5 section A.4). */
function refused(name: string, remedy: string): TransferSyntax {
  return { name, encoding: "explicit", remedy };
}

/** Name and number, without what a damaged file may have in the number. */
export function describeSyntax({ name }: TransferSyntax, uid: string): string {
  return `${name} (${uid.replace(/[^0-9.]/g, "?").slice(0, 64)})`;
}
