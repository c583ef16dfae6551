package io.maskwire.input;

import java.util.Optional;

/**
 * What is known of a transfer syntax (PS3.6 table A-1).
 *
 * @param name as the standard calls it
 * @param encoding of the elements up to the pixel data
 * @param remedy why the pixels are refused and what reads them; empty where they are read here. The
 *     tools named were tried on files of these syntaxes (DCMTK 3.6.7, GDCM 3.0.21), but for
 *     dcm2dcm, of which dcm4che's notes say it
 */
record DicomTransferSyntax(String name, Encoding encoding, Optional<String> remedy) {
  /** How the elements of a file are written. */
  enum Encoding {
    BIG_ENDIAN,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    UNKNOWN
  }

  private static final String PREFIX = "1.2.840.10008.1.2";
  private static final String EXPORT = "; export it uncompressed (Explicit VR Little Endian)";

  /** By number; one that is not known here is refused by what is said of it. */
  static DicomTransferSyntax of(String uid) {
    if (!uid.startsWith(PREFIX)) {
      return unknown();
    }
    return switch (uid.substring(PREFIX.length())) {
      case "" -> read("Implicit VR Little Endian", Encoding.IMPLICIT);
      case ".1" -> read("Explicit VR Little Endian", Encoding.EXPLICIT);
      case ".1.99" -> read("Deflated Explicit VR Little Endian", Encoding.DEFLATED);
      case ".2" -> read("Explicit VR Big Endian", Encoding.BIG_ENDIAN);
      case ".4.50" -> compressed("JPEG Baseline", "dcmdjpeg");
      case ".4.51" -> compressed("JPEG Extended", "dcmdjpeg");
      case ".4.53" -> compressed("JPEG Spectral Selection", "dcmdjpeg");
      case ".4.55" -> compressed("JPEG Full Progression", "dcmdjpeg");
      case ".4.57", ".4.70" -> compressed("JPEG Lossless", "dcmdjpeg");
      case ".4.80" -> compressed("JPEG-LS Lossless", "dcmdjpls");
      case ".4.81" -> compressed("JPEG-LS Near-lossless", "dcmdjpls");
      case ".4.90" -> compressed("JPEG 2000 Lossless", "gdcmconv --raw");
      case ".4.91" -> compressed("JPEG 2000", "gdcmconv --raw");
      case ".4.94", ".4.95", ".4.204", ".4.205" ->
          refused("JPIP", " leaves the pixels on a server" + EXPORT);
      case ".4.100", ".4.101", ".4.100.1", ".4.101.1" -> video("MPEG-2");
      case ".4.102", ".4.103", ".4.104", ".4.105", ".4.106" -> video("MPEG-4 AVC");
      case ".4.102.1", ".4.103.1", ".4.104.1", ".4.105.1", ".4.106.1" -> video("MPEG-4 AVC");
      case ".4.107", ".4.108" -> video("HEVC");
      case ".4.110", ".4.111", ".4.112" -> refused("JPEG XL", " is compressed" + EXPORT);
      case ".4.201", ".4.202", ".4.203" -> compressed("High-Throughput JPEG 2000", "dcm2dcm");
      case ".5" -> compressed("RLE Lossless", "dcmdrle");
      default -> unknown();
    };
  }

  private static DicomTransferSyntax read(String name, Encoding encoding) {
    return new DicomTransferSyntax(name, encoding, Optional.empty());
  }

  /** Elements before compressed pixels are always explicit (PS3.5 section A.4). */
  private static DicomTransferSyntax refused(String name, String remedy) {
    return new DicomTransferSyntax(name, Encoding.EXPLICIT, Optional.of(remedy));
  }

  private static DicomTransferSyntax unknown() {
    return new DicomTransferSyntax(
        "of unknown name", Encoding.UNKNOWN, Optional.of(" is not read" + EXPORT));
  }

  private static DicomTransferSyntax video(String name) {
    return refused(name, " is a video; export one picture of it as PNG");
  }

  private static DicomTransferSyntax compressed(String name, String tool) {
    String project =
        switch (tool) {
          case "dcm2dcm" -> "dcm4che";
          case "gdcmconv --raw" -> "GDCM";
          default -> "DCMTK";
        };
    return refused(
        name, " is compressed; decompress it first: " + tool + " IN.dcm OUT.dcm (" + project + ")");
  }

  /** Why pixels of this syntax, called {@code uid} in the file, are not read, and what does. */
  String refusal(String uid) {
    return "transfer syntax " + describe(uid) + remedy.orElse(" is read");
  }

  /** Name and number, without what a damaged file may have in the number. */
  String describe(String uid) {
    String number = uid.replaceAll("[^0-9.]", "?");
    return name + " (" + number.substring(0, Math.min(number.length(), 64)) + ")";
  }
}
